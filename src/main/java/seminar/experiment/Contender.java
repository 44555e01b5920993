package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.search.Method;

/**
 * A line of a comparison that is to be trained.
 *
 * @param name what it is called in tables
 * @param setup how it is made; the seed is given later
 * @param pretrained whether a search unit is pretrained for it first
 * @param missing why it cannot be trained on this corpus; empty if it can
 */
public record Contender(String name, Setup setup, boolean pretrained, Optional<String> missing) {
  /** SEMINAR, to which all others are compared. */
  public static final String SEMINAR = "SEMINAR";

  private static final int RECENCY_BUCKETS = 8;

  /** S of the short term of SIM, TWIN, ETA and SDIM, where L is no less (LongCTR). */
  private static final int SHORT_TERM = 50;

  /** One that can be trained. */
  public Contender(String name, Setup setup, boolean pretrained) {
    this(name, setup, pretrained, Optional.empty());
  }

  /**
   * The lines of paper Table 2 and those that it lacks, the same head over another choice of
   * events: the same inputs, attention, negatives and epochs of training for all. SEMINAR is the
   * only one that has pretraining, which learns to rank as well, so TWIN runs twice more: with as
   * many epochs as SEMINAR has in both of its stages, and with twice the epochs.
   *
   * @param base what all share; SEMINAR's own
   */
  public static List<Contender> table2(Setup base, Corpus corpus) {
    List<Contender> all = new ArrayList<>();
    all.add(new Contender(SEMINAR, base, true));
    all.add(new Contender("SEMINAR, no pretraining", base, false));
    Setup twin = with(base, Method.Kind.TWIN);
    all.add(new Contender("TWIN", twin, false));
    all.add(new Contender("TWIN, as many steps", epochs(twin, bothStages(base)), false));
    all.add(
        new Contender("TWIN, twice the steps", epochs(twin, 2 * base.training().epochs()), false));
    all.add(peer("SIM, hard search", with(base, Method.Kind.SIM_HARD), corpus));
    all.add(peer("SIM, soft search", with(base, Method.Kind.SIM_SOFT), corpus));
    all.add(peer("ETA", with(base, Method.Kind.ETA), corpus));
    all.add(peer("QIN", with(base, new Method.Qin().withLatestQuery(true)), corpus));
    all.add(peer("SDIM", with(base, Method.Kind.SDIM), corpus));
    all.add(peer("USER", with(base, Method.Kind.USER), corpus));
    all.add(peer("SESRec", with(base, Method.Kind.SESREC), corpus));
    all.add(peer("the latest events", with(base, Method.Kind.LATEST), corpus));
    all.add(new Contender("SEMINAR with recency", timed(base), true));
    all.add(new Contender("TWIN with recency", timed(twin), false));
    all.addAll(codes(twin, corpus));
    return all;
  }

  /**
   * TWIN whose items are told by codes of their texts, in place of texts and ids: as product codes
   * (VQ-Rec) and as residual ones (semantic ids).
   */
  private static List<Contender> codes(Setup twin, Corpus corpus) {
    Optional<String> missing = withoutTexts(corpus);
    Setup product = coded(twin, ItemCodes.of(ItemCodes.Kind.PRODUCT, ItemCodes.InsteadOf.BOTH));
    Setup residual = coded(twin, ItemCodes.of(ItemCodes.Kind.RESIDUAL, ItemCodes.InsteadOf.BOTH));
    return List.of(
        new Contender("TWIN, codes of the text (VQ-Rec)", product, false, missing),
        new Contender("TWIN, semantic ids", residual, false, missing));
  }

  /** The same with these codes of items. */
  static Setup coded(Setup base, ItemCodes codes) {
    ModelOptions model = base.model();
    return base.withModel(model.withChannels(model.channels().withCodes(codes)));
  }

  /** Why items of a corpus have no codes of their texts; empty if some have. */
  static Optional<String> withoutTexts(Corpus corpus) {
    Catalog catalog = corpus.catalog();
    boolean none =
        IntStream.rangeClosed(1, catalog.size())
            .allMatch(item -> catalog.textRow(item) == Catalog.ABSENT);
    return none ? Optional.of("no item has a text, so there is nothing to code") : Optional.empty();
  }

  /**
   * Each model in the form of its own paper: SIM, TWIN, ETA and SDIM with their short term, SIM and
   * TWIN with how long ago an event was, QIN with its latest query and its fields; SEMINAR as its
   * paper has it, and with what the others have. All without pretraining take as many epochs as
   * SEMINAR has in both of its stages.
   *
   * @param base what all share; SEMINAR's own
   */
  public static List<Contender> ownForms(Setup base, Corpus corpus) {
    Setup more = epochs(base, bothStages(base));
    Setup twin = shortTerm(with(more, Method.Kind.TWIN));
    Method.Qin qin = new Method.Qin().withLatestQuery(true).withFusedFields(true);
    return List.of(
        new Contender(SEMINAR, base, true),
        new Contender("SEMINAR with short term", shortTerm(base), true),
        new Contender("SEMINAR with short term and recency", timed(shortTerm(base)), true),
        new Contender("TWIN with short term", twin, false),
        new Contender("TWIN with short term and recency", timed(twin), false),
        peer(
            "SIM, hard search, with short term and recency",
            timed(shortTerm(with(more, Method.Kind.SIM_HARD))),
            corpus),
        peer(
            "SIM, soft search, with short term and recency",
            timed(shortTerm(with(more, Method.Kind.SIM_SOFT))),
            corpus),
        peer("ETA with short term", shortTerm(with(more, Method.Kind.ETA)), corpus),
        peer("QIN with fused fields", with(more, qin), corpus),
        peer("SDIM with short term", shortTerm(with(more, Method.Kind.SDIM)), corpus));
  }

  private static Contender peer(String name, Setup setup, Corpus corpus) {
    return new Contender(name, setup, false, lacking(setup.method().kind(), corpus));
  }

  /** Epochs of pretraining and of training together. */
  static int bothStages(Setup base) {
    return base.pretraining().epochs() + base.training().epochs();
  }

  static Setup epochs(Setup setup, int epochs) {
    return setup.withTraining(setup.training().withEpochs(epochs));
  }

  private static Setup timed(Setup setup) {
    return setup.withModel(setup.model().withRecency(RECENCY_BUCKETS));
  }

  private static Setup shortTerm(Setup setup) {
    int events = Math.min(SHORT_TERM, setup.model().sequenceLength());
    return setup.withModel(setup.model().withShortTerm(events));
  }

  /** Why a method cannot be trained on a corpus; empty if it can. */
  static Optional<String> lacking(Method.Kind kind, Corpus corpus) {
    if (kind == Method.Kind.SIM_HARD && corpus.catalog().attributeVocabulary() == 0) {
      return Optional.of("the catalogue has no attributes, so nothing has a category");
    }
    if (kind == Method.Kind.QIN && corpus.statistics().queryShare() == 0) {
      return Optional.of("nobody searched, so there is no query to search by");
    }
    boolean twofold = kind == Method.Kind.USER || kind == Method.Kind.SESREC;
    if (twofold && corpus.statistics().queryShare() == 0) {
      return Optional.of("nobody searched, so histories have no searches");
    }
    return Optional.empty();
  }

  /** A setup with another method, which has no maps of SEMINAR's. */
  static Setup with(Setup base, Method.Kind kind) {
    return with(base, Method.of(kind));
  }

  private static Setup with(Setup base, Method method) {
    return base.withMethod(method)
        .withModel(base.model().withRestoring(ModelOptions.Restoring.NONE));
  }

  /** The same under another protocol. */
  Contender under(Protocol protocol) {
    return new Contender(name, setup.withProtocol(protocol), pretrained, missing);
  }

  /** Epochs of its training; one of pretraining costs about twice as much. */
  public double work() {
    int pretraining = pretrained ? setup.pretraining().epochs() : 0;
    return missing.isPresent() ? 0 : setup.training().epochs() + 2.0 * pretraining;
  }

  /** The setup with this seed for everything that is drawn in training. */
  public Setup seeded(long seed) {
    return setup
        .withTraining(setup.training().withSeed(seed))
        .withPretraining(setup.pretraining().withSeed(seed));
  }
}
