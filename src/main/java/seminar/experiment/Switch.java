package seminar.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import seminar.loss.AlignmentOptions;
import seminar.loss.AlignmentTarget;
import seminar.loss.LossTerms;
import seminar.loss.NextPairBalance;
import seminar.loss.RelevanceForm;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.measure.TieRule;
import seminar.model.AttentionOptions;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
import seminar.search.PsuOptions;
import seminar.search.Restored;
import seminar.train.CandidateOptions;
import seminar.train.TrainOptions;
import tech.tablesaw.api.Table;

/**
 * One place where the authors' code does something else than the paper says. Each can be thrown
 * alone, to see what it does to a result; {@link Fidelity} throws none or all.
 */
public enum Switch {
  /** Attention projections are random and never trained. */
  RANDOM_PROJECTIONS(
      "M1",
      "W_Q, W_K, W_V are learned",
      "they are random and never trained",
      s ->
          model(
              s,
              m ->
                  m.withAttention(
                      m.attention().withProjections(AttentionOptions.Projections.RELEASED)))),
  /** Text and image features are noise. */
  NOISE_FEATURES(
      "M3",
      "text and image channels start from CLIP features",
      "the features are overwritten with noise, for items that had none too",
      s -> channels(s, c -> c.withFeatures(ChannelOptions.FeatureSource.RELEASED))),
  /** Attributes are not read. */
  NO_ATTRIBUTES(
      "M5",
      "one channel embeds the attributes",
      "it is the embedding of the item's number",
      s -> channels(s, c -> c.withItemChannel(ChannelOptions.ItemChannel.RELEASED))),
  /** The maps G_j are random at first and used inside L_next. */
  RANDOM_MAPS(
      "M9",
      "G_j belongs to the GSU; it starts as the identity here",
      "G_j is random at first, and two of the four pass through L_next",
      s ->
          model(s, m -> m.withRestoring(ModelOptions.Restoring.RELEASED))
              .withPsu(s.psu().withRestoringInside(PsuOptions.RestoringInside.RELEASED))),
  /** All parameters are restored. */
  RESTORE_ALL(
      "M10",
      "the pretrained embeddings are restored",
      "everything is, the click head included",
      s -> s.withRestored(Restored.ALL)),
  /** Padding competes with events. */
  PADDING(
      "M11",
      "the K best events",
      "pads compete for the K places and share the softmax",
      s ->
          model(
              s,
              m -> m.withAttention(m.attention().withPadding(AttentionOptions.Padding.RELEASED)))),
  /** The empty query is a random vector. */
  EMPTY_QUERY(
      "M12",
      "the empty query is ∅",
      "it is a constant random vector, and pads count in the mean of keywords",
      s -> channels(s, c -> c.withKeywords(ChannelOptions.Keywords.RELEASED))),
  /** The end of a sequence is a real keyword and a negative. */
  END_OF_SEQUENCE(
      "M13",
      "<EOS> is a token of its own",
      "its keyword is that of some query, and it is drawn as a negative",
      s ->
          candidates(
              channels(s, c -> c.withEnd(ChannelOptions.EndOfSequence.RELEASED)),
              c -> c.withPool(CandidateOptions.Pool.RELEASED))),
  /** The relevance loss pushes a query away from its item. */
  INVERTED_RELEVANCE(
      "L1",
      "L_query-item is binary cross entropy",
      "it is e^{z⁺} / Σ e^{z⁻}, minimised",
      s ->
          s.withPsu(
              s.psu()
                  .withRelevance(RelevanceForm.INVERTED)
                  .withLogit(new CosineLogit(20, 0))
                  .withLearnedLogit(false))),
  /** The alignment loss has a nearly uniform target. */
  UNIFORM_ALIGNMENT(
      "L2",
      "L_align is CLIP's loss",
      "its target is nearly uniform at τ = 0.05",
      s -> alignment(s, AlignmentTarget.NEAR_UNIFORM, s.psu().chunks())),
  /** Chunks mix users and padding. */
  MIXED_CHUNKS(
      "L3",
      "a user's sequence is cut in chunks",
      "the whole batch with its pads is cut in 1000",
      s -> alignment(s, s.psu().alignment().target(), PsuOptions.Chunks.RELEASED)),
  /** Every pair counts alike in L_next. */
  PAIR_BALANCE(
      "L_next",
      "the negatives of a target count as much as its positive",
      "every pair counts alike",
      s -> s.withPsu(s.psu().withBalance(NextPairBalance.PAIR))),
  /** The alignment weighs a tenth. */
  ALIGNMENT_WEIGHT(
      "L5",
      "the three losses are summed",
      "the alignment weighs 0.1 in the command for Amazon",
      s -> s.withPsu(s.psu().withWeights(new LossTerms.Weights(1, 0.1, 1)))),
  /** Relevance negatives are shared places. */
  SHARED_PLACES(
      "L6",
      "irrelevant pairs are drawn for each query",
      "five places of the padded history, the same for the whole batch",
      s ->
          s.withPsu(
              s.psu().withNegatives(PsuOptions.RelevanceNegatives.RELEASED).withNegativeCount(5))),
  /** Negatives carry another query than positives. */
  TELLTALE_QUERIES(
      "L8, P13",
      "candidates have no query, as in the test",
      "the positive has its own query, a negative that of another event; the test has none",
      s -> candidates(s, c -> c.withQueries(CandidateOptions.Queries.RELEASED))),
  /** One training target for each history. */
  LAST_TARGET(
      "P1",
      "all N − 1 events are training targets",
      "one event is, and the one before it in pretraining",
      s -> s.withProtocol(s.protocol().withTargets(Protocol.Targets.RELEASED))),
  /** The last epoch is kept. */
  LAST_EPOCH(
      "P2",
      "the best epoch on validation is kept",
      "the last one is",
      s ->
          s.withTraining(s.training().withKeep(TrainOptions.Keep.LAST))
              .withPretraining(s.pretraining().withKeep(TrainOptions.Keep.LAST))),
  /** Validation shares the negatives of the test. */
  SHARED_NEGATIVES(
      "P3",
      "validation is apart from the test",
      "it has the same negatives",
      s -> s.withProtocol(s.protocol().withValidation(Protocol.ValidationNegatives.RELEASED))),
  /** Ties favour the positive. */
  FAVOURABLE_TIES(
      "P15",
      "not stated; the expected place among equal scores here",
      "the positive stands before all of its score",
      s -> s.withProtocol(s.protocol().withForm(s.protocol().form().withTies(TieRule.FAVOURABLE)))),
  /** Parameters start small. */
  SMALL_START(
      "start",
      "not stated",
      "normal numbers of scale 0.02",
      s -> model(s, m -> m.withStart(ModelOptions.Start.SMALL)));

  private final String discrepancy;
  private final String paper;
  private final String released;
  private final UnaryOperator<Setup> change;

  Switch(String discrepancy, String paper, String released, UnaryOperator<Setup> change) {
    this.discrepancy = discrepancy;
    this.paper = paper;
    this.released = released;
    this.change = change;
  }

  private static Setup model(Setup setup, UnaryOperator<ModelOptions> change) {
    return setup.withModel(change.apply(setup.model()));
  }

  private static Setup channels(Setup setup, UnaryOperator<ChannelOptions> change) {
    return model(setup, m -> m.withChannels(change.apply(m.channels())));
  }

  private static Setup candidates(Setup setup, UnaryOperator<CandidateOptions> change) {
    TrainOptions pretraining = setup.pretraining();
    TrainOptions training = setup.training();
    return setup
        .withPretraining(pretraining.withCandidates(change.apply(pretraining.candidates())))
        .withTraining(training.withCandidates(change.apply(training.candidates())));
  }

  private static Setup alignment(Setup setup, AlignmentTarget target, PsuOptions.Chunks chunks) {
    AlignmentOptions now = setup.psu().alignment();
    double temperature =
        target == AlignmentTarget.NEAR_UNIFORM
            ? AlignmentOptions.released().temperature()
            : now.temperature();
    AlignmentOptions changed = now.withTemperature(temperature).withTarget(target);
    return setup.withPsu(setup.psu().withAlignment(changed).withChunks(chunks));
  }

  /** The short names of the discrepancies in docs/DEPARTURES.md. */
  public String discrepancy() {
    return discrepancy;
  }

  /** What the paper says. */
  public String paper() {
    return paper;
  }

  /** What the authors' code does. */
  public String released() {
    return released;
  }

  /** The setup with this switch thrown. */
  public Setup thrown(Setup setup) {
    return change.apply(setup);
  }

  /** Its name in words. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What the paper says and what the released code does, a row for each switch. */
  public static Table table() {
    List<Switch> all = List.of(values());
    return Table.create(
        "Where the released code differs",
        ResultTable.column("switch", all, Switch::words),
        ResultTable.column("no.", all, each -> each.discrepancy),
        ResultTable.column("paper", all, each -> each.paper),
        ResultTable.column("released code", all, each -> each.released));
  }
}
