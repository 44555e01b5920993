package seminar.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of results as the authors' logs print it, one seed each: 99 negatives, recommendation.
 * What the logs of KuaiSAR say contradicts the definitions of their own measures
 * (docs/DEPARTURES.md); {@link seminar.measure.RankingIdentities} finds where.
 *
 * @param corpus the corpus
 * @param model the model, as our tables call it
 * @param measures HIT, NDCG and MRR by name
 */
public record PublishedLog(String corpus, String model, Map<String, Double> measures) {
  private static final List<String> AMAZON_ORDER =
      List.of("HIT@1", "HIT@5", "NDCG@5", "HIT@10", "NDCG@10", "HIT@50", "NDCG@50", "MRR");
  private static final List<String> KUAISAR_ORDER =
      List.of(
          "HIT@1", "NDCG@1", "HIT@5", "NDCG@5", "HIT@10", "NDCG@10", "HIT@50", "NDCG@50", "MRR");

  /** The five models on Amazon Movies and TV; NDCG@1 is not printed there. */
  public static final List<PublishedLog> AMAZON =
      List.of(
          amazon("SIM, soft search", .2203, .4815, .3573, .6011, .3959, .8778, .4577, .3473),
          amazon("ETA", .2233, .4898, .3626, .6076, .4008, .8771, .4607, .3511),
          amazon("QIN", .2200, .4964, .3650, .6146, .4038, .8786, .4630, .3521),
          amazon("TWIN", .2223, .4915, .3627, .6116, .4017, .8766, .4605, .3508),
          amazon("SEMINAR", .2261, .4933, .3661, .6107, .4041, .8785, .4636, .3543));

  /** The five models on KuaiSAR. */
  public static final List<PublishedLog> KUAISAR =
      List.of(
          kuaiSar(
              "SIM, soft search", .2129, .2129, .2638, .2523, .3082, .2661, .6259, .3293, .2330),
          kuaiSar("ETA", .2191, .1891, .2839, .2642, .3270, .2756, .6107, .3313, .2476),
          kuaiSar("QIN", .2139, .2139, .3272, .2535, .3636, .2672, .6219, .3312, .2782),
          kuaiSar("TWIN", .2185, .2185, .2427, .2558, .2846, .2709, .6117, .3294, .2110),
          kuaiSar("SEMINAR", .2248, .2248, .3520, .2816, .3886, .2969, .6782, .3457, .2687));

  private static PublishedLog amazon(String model, double... numbers) {
    return new PublishedLog("Amazon Movies and TV", model, named(AMAZON_ORDER, numbers));
  }

  private static PublishedLog kuaiSar(String model, double... numbers) {
    return new PublishedLog("KuaiSAR", model, named(KUAISAR_ORDER, numbers));
  }

  private static Map<String, Double> named(List<String> order, double[] numbers) {
    Map<String, Double> measures = new LinkedHashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      measures.put(order.get(i), numbers[i]);
    }
    return measures;
  }
}
