package seminar.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What the paper's Table 2 says, to stand beside our numbers. Those of KuaiSAR are not among them:
 * they contradict the definitions of their own measures (docs/DEPARTURES.md). Those of Amazon are
 * of one seed and one epoch on another corpus, with another encoder: an order of models, not a
 * level to be reached.
 *
 * @param method the method, as our tables call it
 * @param amazonNdcg10 NDCG@10 on Amazon Movies and TV, 99 negatives
 * @param alipayAuc AUC on the Alipay log
 */
public record PaperTable2(String method, double amazonNdcg10, double alipayAuc) {
  /** The five lines of the table. */
  public static final List<PaperTable2> LINES =
      List.of(
          new PaperTable2("SIM, soft search", 0.3959, 0.7382),
          new PaperTable2("QIN", 0.4038, 0.7239),
          new PaperTable2("ETA", 0.4008, 0.7262),
          new PaperTable2("TWIN", 0.4017, 0.7376),
          new PaperTable2("SEMINAR", 0.4041, 0.7503));

  /** The line of a method, if the paper has one. */
  public static Optional<PaperTable2> of(String method) {
    return LINES.stream().filter(line -> line.method.equals(method)).findFirst();
  }
}
