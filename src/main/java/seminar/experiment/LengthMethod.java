package seminar.experiment;

import seminar.data.Corpus;
import seminar.model.ModelOptions;
import seminar.search.Method;

/** What is compared over lengths of histories: methods, and SEMINAR without its pretraining. */
public enum LengthMethod {
  /** SEMINAR. */
  SEMINAR(Contender.SEMINAR, Method.Kind.SEMINAR, true),
  /** SEMINAR that is trained from nothing. */
  NO_PRETRAINING("SEMINAR, no pretraining", Method.Kind.SEMINAR, false),
  /** {@link Method.Twin}. */
  TWIN("TWIN", Method.Kind.TWIN, false),
  /** {@link Method.SimHard}. */
  SIM_HARD("SIM, hard search", Method.Kind.SIM_HARD, false),
  /** {@link Method.SimSoft}. */
  SIM_SOFT("SIM, soft search", Method.Kind.SIM_SOFT, false),
  /** {@link Method.Eta}. */
  ETA("ETA", Method.Kind.ETA, false),
  /** {@link Method.Sdim}. */
  SDIM("SDIM", Method.Kind.SDIM, false),
  /** {@link Method.Qin}. */
  QIN("QIN", Method.Kind.QIN, false),
  /** {@link Method.Latest}. */
  LATEST("the latest events", Method.Kind.LATEST, false),
  /** {@link Method.Stca}. */
  STCA("STCA", Method.Kind.STCA, false);

  private final String title;
  private final Method.Kind kind;
  private final boolean pretrained;

  LengthMethod(String title, Method.Kind kind, boolean pretrained) {
    this.title = title;
    this.kind = kind;
    this.pretrained = pretrained;
  }

  /** As it stands in tables and legends. */
  public String title() {
    return title;
  }

  /**
   * It at one length. The short-term branch is no longer than the history.
   *
   * @param base what all share
   * @param topK K; more than L means all events
   * @param length L
   */
  Contender contender(Setup base, int topK, int length, Corpus corpus) {
    ModelOptions model =
        base.model()
            .withShortTerm(Math.min(base.model().shortTerm(), length))
            .withLengths(Math.min(topK, length), length);
    Setup sized = base.withModel(model);
    return new Contender(
        "%s, K = %d, L = %d".formatted(title, Math.min(topK, length), length),
        kind == Method.Kind.SEMINAR ? sized : Contender.with(sized, kind),
        pretrained,
        Contender.lacking(kind, corpus));
  }
}
