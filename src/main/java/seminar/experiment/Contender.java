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

  /** One that can be trained. */
  public Contender(String name, Setup setup, boolean pretrained) {
    this(name, setup, pretrained, Optional.empty());
  }

  /**
   * The lines of paper Table 2 and those that it lacks: the same inputs, attention, head, negatives
   * and epochs for all. SEMINAR is the only one that has pretraining, so TWIN runs a second time
   * with twice the epochs: more supervised steps than SEMINAR had in both of its stages.
   *
   * @param base what all share; SEMINAR's own
   */
  public static List<Contender> table2(Setup base, Corpus corpus) {
    List<Contender> all = new ArrayList<>();
    all.add(new Contender(SEMINAR, base, true));
    all.add(new Contender("SEMINAR, no pretraining", base, false));
    Setup twin = with(base, Method.Kind.TWIN);
    all.add(new Contender("TWIN", twin, false));
    int twice = 2 * base.training().epochs();
    all.add(
        new Contender(
            "TWIN, twice the steps", twin.withTraining(base.training().withEpochs(twice)), false));
    all.add(
        new Contender(
            "SIM, hard search",
            with(base, Method.Kind.SIM_HARD),
            false,
            lacking(Method.Kind.SIM_HARD, corpus)));
    all.add(new Contender("SIM, soft search", with(base, Method.Kind.SIM_SOFT), false));
    all.add(new Contender("ETA", with(base, Method.Kind.ETA), false));
    all.add(
        new Contender("QIN", with(base, Method.Kind.QIN), false, lacking(Method.Kind.QIN, corpus)));
    all.add(new Contender("SDIM", with(base, Method.Kind.SDIM), false));
    all.add(peer("USER", Method.Kind.USER, base, corpus));
    all.add(peer("SESRec", Method.Kind.SESREC, base, corpus));
    all.add(new Contender("the latest events", with(base, Method.Kind.LATEST), false));
    ModelOptions timed = base.model().withRecency(RECENCY_BUCKETS);
    all.add(new Contender("SEMINAR with recency", base.withModel(timed), true));
    all.add(
        new Contender(
            "TWIN with recency", twin.withModel(twin.model().withRecency(RECENCY_BUCKETS)), false));
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

  private static Contender peer(String name, Method.Kind kind, Setup base, Corpus corpus) {
    return new Contender(name, with(base, kind), false, lacking(kind, corpus));
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
    ModelOptions model = base.model();
    return base.withMethod(Method.of(kind))
        .withModel(model.withRestoring(ModelOptions.Restoring.NONE));
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
