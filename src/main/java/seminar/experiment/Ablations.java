package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.loss.LossTerms.Weights;
import seminar.model.ItemCodes;
import seminar.model.ItemCodes.InsteadOf;
import seminar.model.ItemCodes.Kind;

/**
 * SEMINAR with one thing changed at a time: the pretraining losses (paper Table 3), the epochs of
 * pretraining (Figure 3), the weight of the query (Figure 4), and each place where the released
 * code does something else than the paper.
 */
public final class Ablations {
  /** SEMINAR without pretraining. */
  public static final String NONE = "none";

  /** SEMINAR with all three losses. */
  public static final String ALL = "all three";

  /** SEMINAR as the paper has it, beside what the switches change. */
  public static final String PAPER = "the paper";

  private Ablations() {}

  /**
   * Pretraining with no loss, each alone, all but one, and all (paper Table 3).
   *
   * @param base what all share; its losses are those of the last line
   */
  public static List<Contender> losses(Setup base) {
    Weights all = base.psu().weights();
    List<Contender> lines = new ArrayList<>();
    lines.add(new Contender(NONE, base, false));
    lines.add(weighted(base, "alignment alone", new Weights(0, all.alignment(), 0)));
    lines.add(weighted(base, "next pair alone", new Weights(all.nextPair(), 0, 0)));
    lines.add(weighted(base, "relevance alone", new Weights(0, 0, all.relevance())));
    lines.add(weighted(base, "without alignment", new Weights(all.nextPair(), 0, all.relevance())));
    lines.add(
        weighted(base, "without next pair", new Weights(0, all.alignment(), all.relevance())));
    lines.add(weighted(base, "without relevance", new Weights(all.nextPair(), all.alignment(), 0)));
    lines.add(weighted(base, ALL, all));
    return lines;
  }

  /**
   * What pretraining is held against beside {@link #NONE}: no pretraining, with as many epochs as
   * both stages have and with twice those of training; and, where the latest events alone are
   * targets, with as many epochs of which the first learn from all events, as pretraining does.
   */
  public static List<Contender> controls(Setup base) {
    int both = Contender.bothStages(base);
    int twice = 2 * base.training().epochs();
    List<Contender> lines = new ArrayList<>();
    lines.add(new Contender(NONE + ", as many steps", Contender.epochs(base, both), false));
    lines.add(new Contender(NONE + ", twice the steps", Contender.epochs(base, twice), false));
    if (base.protocol().targets() != Protocol.Targets.SLIDING) {
      lines.add(olderFirst(base));
    }
    return lines;
  }

  /** Equal labels and equal steps: the control that pretraining must pass. */
  public static Contender olderFirst(Setup base) {
    Setup both = Contender.epochs(base, Contender.bothStages(base));
    int first = base.pretraining().epochs();
    return new Contender(
        NONE + ", older events first",
        both.withTraining(both.training().withOlderEpochs(first)),
        false);
  }

  private static Contender weighted(Setup base, String name, Weights weights) {
    return new Contender(name, base.withPsu(base.psu().withWeights(weights)), true);
  }

  /**
   * What texts give as codes, and as codes and vectors, against what pretraining gives and beside
   * it. The line that has texts as vectors and no pretraining is {@link #NONE}, and that which has
   * pretraining the last of {@link #losses}. Codes that stand in place of texts and ids take these
   * away; what that does alone is seen where all items share one code.
   *
   * @param base what all share
   */
  public static List<Contender> codes(Setup base, Corpus corpus) {
    Optional<String> missing = Contender.withoutTexts(corpus);
    Setup product = Contender.coded(base, ItemCodes.of(Kind.PRODUCT, InsteadOf.BOTH));
    Setup residual = Contender.coded(base, ItemCodes.of(Kind.RESIDUAL, InsteadOf.BOTH));
    Setup beside = Contender.coded(base, ItemCodes.of(Kind.PRODUCT, InsteadOf.NOTHING));
    Setup neither =
        Contender.coded(
            base, ItemCodes.of(Kind.PRODUCT, InsteadOf.BOTH).withColumns(1).withCentroids(1));
    return List.of(
        new Contender("neither text nor id", neither, false, missing),
        new Contender("codes for text and id (VQ-Rec)", product, false, missing),
        new Contender("semantic ids for text and id", residual, false, missing),
        new Contender("codes beside text and id", beside, false, missing),
        new Contender(ALL + ", codes for text and id", product, true, missing),
        new Contender(ALL + ", codes beside", beside, true, missing));
  }

  /** A line for each number of epochs of pretraining, named by it (paper Figure 3). */
  public static List<Contender> pretrainingEpochs(Setup base, List<Integer> epochs) {
    return epochs.stream()
        .map(
            count ->
                new Contender(
                    Integer.toString(count),
                    count == 0 ? base : base.withPretraining(base.pretraining().withEpochs(count)),
                    count > 0))
        .toList();
  }

  /** A line for each λ, named by it (paper Figure 4). */
  public static List<Contender> queryWeights(Setup base, List<Double> weights) {
    return weights.stream()
        .map(
            weight ->
                new Contender(
                    String.format(Locale.ROOT, "%.2f", weight),
                    base.withModel(
                        base.model().withChannels(base.model().channels().withQueryWeight(weight))),
                    true))
        .toList();
  }

  /** The paper, the paper with each of some switches thrown alone, and with all there are. */
  public static List<Contender> switches(Setup base, List<Switch> some) {
    List<Contender> lines = new ArrayList<>();
    lines.add(new Contender(PAPER, base, true));
    for (Switch each : some) {
      String name = "%s (%s)".formatted(each.words(), each.discrepancy());
      lines.add(new Contender(name, each.thrown(base), true));
    }
    lines.add(new Contender("all: the released code", Fidelity.AS_RELEASED.of(base), true));
    return lines;
  }
}
