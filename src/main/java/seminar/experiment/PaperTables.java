package seminar.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Paper Tables 2 and 3: our runs with the paper's numbers beside them.
 *
 * <p>Those of Amazon are of one seed and one epoch on another corpus, with another encoder: an
 * order of models, not a level to be reached. Those of KuaiSAR contradict the definitions of their
 * own measures (docs/DEPARTURES.md), so Table 2 lacks them; in Table 3, where its log has one item
 * channel and the alignment has nothing to align, they stand as differences, not as levels.
 */
public final class PaperTables {
  /** Table 2: NDCG@10 on Amazon Movies and TV, 99 negatives; AUC on the Alipay log. */
  private static final Map<String, Published> MODELS =
      Map.of(
          "SIM, soft search", new Published(0.3959, 0.7382),
          "QIN", new Published(0.4038, 0.7239),
          "ETA", new Published(0.4008, 0.7262),
          "TWIN", new Published(0.4017, 0.7376),
          "SEMINAR", new Published(0.4041, 0.7503));

  /** Table 3: NDCG@10 on KuaiSAR. */
  private static final Map<String, Double> LOSSES =
      Map.of(
          Ablations.NONE,
          0.2738,
          "alignment alone",
          0.2832,
          "next pair alone",
          0.2813,
          "relevance alone",
          0.2754,
          "all three",
          0.2969);

  private record Published(double amazonNdcg10, double alipayAuc) {}

  private PaperTables() {}

  /**
   * Table 2: all models beside plain rankers, SEMINAR the one they are compared to.
   *
   * @throws IllegalArgumentException if SEMINAR is not among the lines, or runs rank other users
   */
  public static ModelTable models(String corpus, List<Comparison.Line> lines, List<Long> seeds) {
    return models("Models", corpus, lines, seeds);
  }

  /**
   * The same under another title.
   *
   * @param title what is compared
   * @throws IllegalArgumentException as {@link #models(String, List, List)}
   */
  public static ModelTable models(
      String title, String corpus, List<Comparison.Line> lines, List<Long> seeds) {
    return ModelTable.of(
        new ModelTable.Heading(title, corpus, Contender.SEMINAR, "paper, Amazon"),
        lines,
        seeds,
        name -> number(amazonNdcg10(name)));
  }

  /**
   * Table 3: what each pretraining loss adds, to no pretraining at all, from the runs of {@link
   * Ablations#losses}.
   *
   * @param title what was trained, such as which targets
   * @throws IllegalArgumentException if the line without pretraining is missing
   */
  public static ModelTable losses(
      String title, String corpus, List<Comparison.Line> lines, List<Long> seeds) {
    return ModelTable.of(
        new ModelTable.Heading(title, corpus, Ablations.NONE, "paper, KuaiSAR"),
        lines,
        seeds,
        name -> number(Optional.ofNullable(LOSSES.get(name))));
  }

  /** Table 2, NDCG@10 of a model on Amazon, if the paper has it. */
  public static Optional<Double> amazonNdcg10(String model) {
    return Optional.ofNullable(MODELS.get(model)).map(Published::amazonNdcg10);
  }

  /** Table 2, AUC of a model on the Alipay log, if the paper has it. */
  static Optional<Double> clickAuc(String model) {
    return Optional.ofNullable(MODELS.get(model)).map(Published::alipayAuc);
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
