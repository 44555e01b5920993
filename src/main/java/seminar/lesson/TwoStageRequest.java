package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seminar.compute.Attended;
import seminar.data.Corpus;
import seminar.lesson.ChosenEvents.Relatedness;
import seminar.math.Vectors;
import seminar.model.Batch;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.search.PairVectors;
import seminar.serve.CodedSearch;
import seminar.serve.ModelRanker;

/**
 * One user, one target, both stages taken apart: what each head scores and by which channel, which
 * K events it keeps, how it weighs them, and what becomes of the click if codes choose instead
 * (paper §3.3.2 and §3.3.3).
 *
 * <p>Shapes: L events, H heads, 4 channels.
 *
 * @param user id of the user in the log
 * @param target the held-out item
 * @param candidates how many candidates were ranked, the target among them
 * @param items item of each event, oldest first [L]
 * @param heads what each head scores [H]
 * @param answers the exact search first, then those by codes
 */
public record TwoStageRequest(
    String user,
    int target,
    int candidates,
    List<Integer> items,
    List<Head> heads,
    List<Answer> answers) {
  /** Names of the channels, in the order of {@link Head#parts}. */
  public static final List<String> CHANNELS = List.of("text", "picture", "attributes", "query");

  /**
   * The first stage of one head: the score of an event is the sum over its channels.
   *
   * @param scores k_l · r_h [L]
   * @param parts what each channel adds [4][L]
   */
  public record Head(double[] scores, double[][] parts) {
    /**
     * The share of each channel in the variance of the scores, which is what orders events; the sum
     * is 1.
     */
    public double[] shares() {
      double[] shares = new double[parts.length];
      double variance = covariance(scores, scores);
      for (int m = 0; m < shares.length; m++) {
        shares[m] = variance == 0 ? 0 : covariance(parts[m], scores) / variance;
      }
      return shares;
    }

    private static double covariance(double[] a, double[] b) {
      double meanA = Arrays.stream(a).average().orElse(0);
      double meanB = Arrays.stream(b).average().orElse(0);
      return IntStream.range(0, a.length)
          .mapToDouble(i -> (a[i] - meanA) * (b[i] - meanB))
          .average()
          .orElse(0);
    }
  }

  /**
   * The second stage, over what some search has kept.
   *
   * @param search which search
   * @param probability of a click on the target
   * @param rank how many candidates scored above the target; 0 is best
   * @param weights of each head and event, 0 where it was not kept [H][L]
   */
  public record Answer(String search, double probability, int rank, List<List<Double>> weights) {
    /** The events that a head kept. */
    public List<Integer> kept(int head) {
      return IntStream.range(0, weights.get(head).size())
          .filter(event -> weights.get(head).get(event) > 0)
          .boxed()
          .toList();
    }
  }

  /**
   * Takes a request apart.
   *
   * @param searches first stages by codes, by name; of the same model
   * @param index which request of the task
   * @throws IllegalArgumentException if the model does not choose events by inner products, or
   *     reads side features, which are not made here
   */
  public static TwoStageRequest of(
      InterestModel model,
      Corpus corpus,
      RankingTask task,
      int index,
      Map<String, CodedSearch> searches) {
    Ranker.Requests request = task.requests(index, index + 1);
    Batch batch = ModelRanker.batch(model, corpus.histories(), request, 0);
    int topK = model.options().topK();
    List<Answer> answers = new ArrayList<>();
    answers.add(answer("exact", batch, model.explain(batch)));
    searches.forEach(
        (name, search) ->
            answers.add(answer(name, batch, model.explain(batch, search.choose(batch, topK)))));
    return new TwoStageRequest(
        corpus.histories().userId(request.users()[0]),
        request.candidates()[0][0],
        request.candidates()[0].length,
        Arrays.stream(batch.items()).boxed().toList(),
        heads(model.vectors(), batch),
        answers);
  }

  private static List<Head> heads(PairVectors vectors, Batch batch) {
    float[][] parts = vectors.parts(batch.items(), batch.queries());
    float[][] wanted = vectors.headQueries(batch.candidateItems()[0], batch.candidateQueries()[0]);
    int d = vectors.dims();
    List<Head> heads = new ArrayList<>();
    for (float[] r : wanted) {
      double[] scores = new double[batch.items().length];
      double[][] apart = new double[parts.length][scores.length];
      for (int m = 0; m < parts.length; m++) {
        for (int l = 0; l < scores.length; l++) {
          apart[m][l] = Vectors.dot(parts[m], l * d, r, 0, d);
          scores[l] += apart[m][l];
        }
      }
      heads.add(new Head(scores, apart));
    }
    return heads;
  }

  private static Answer answer(String search, Batch batch, InterestModel.Explanation explanation) {
    float[] scores = explanation.scores();
    int rank = (int) IntStream.range(0, scores.length).filter(c -> scores[c] > scores[0]).count();
    Attended attended = explanation.attended();
    List<List<Double>> weights = new ArrayList<>();
    for (int h = 0; h < attended.heads(); h++) {
      Double[] row = new Double[batch.items().length];
      Arrays.fill(row, 0.0);
      for (int i = 0; i < attended.kept()[h]; i++) {
        int cell = h * attended.topK() + i;
        row[attended.selected()[cell]] = (double) attended.weights()[cell];
      }
      weights.add(List.of(row));
    }
    return new Answer(search, 1 / (1 + Math.exp(-scores[0])), rank, weights);
  }

  /** What the heads of these answers chose, a row for each, to be drawn. */
  public ChosenEvents chosen(List<Answer> of) {
    List<ChosenEvents.Choice> choices = new ArrayList<>();
    for (int h = 0; h < heads.size(); h++) {
      for (Answer answer : of) {
        String name = "head %d, %s".formatted(h + 1, answer.search);
        choices.add(new ChosenEvents.Choice(name, answer.rank, answer.weights.get(h)));
      }
    }
    return new ChosenEvents(user, target, candidates, items, choices);
  }

  /** The share of items related to the target among the events that heads kept. */
  public double relatedKept(Answer answer, Relatedness relatedness) {
    double kept = 0;
    double related = 0;
    for (int h = 0; h < heads.size(); h++) {
      kept += answer.kept(h).size();
      related +=
          answer.kept(h).stream().filter(e -> relatedness.related(items.get(e), target)).count();
    }
    return kept == 0 ? 0 : related / kept;
  }

  /** The weight that heads gave to items related to the target, mean over heads. */
  public double relatedWeight(Answer answer, Relatedness relatedness) {
    double related = 0;
    for (List<Double> weights : answer.weights) {
      for (int e = 0; e < weights.size(); e++) {
        related += relatedness.related(items.get(e), target) ? weights.get(e) / heads.size() : 0;
      }
    }
    return related;
  }

  /** The share of the exact search's events that another search kept too, mean over heads. */
  public double recall(Answer answer) {
    double sum = 0;
    for (int h = 0; h < heads.size(); h++) {
      List<Integer> exact = answers.getFirst().kept(h);
      sum +=
          (double) answer.kept(h).stream().filter(exact::contains).count()
              / Math.max(1, exact.size());
    }
    return sum / heads.size();
  }
}
