package seminar.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import seminar.compute.Attended;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.model.Batch;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;

/**
 * One request, one user: which events of a history the model looked at for a target, and how it
 * ranked the target.
 *
 * @param user id of the user in the log
 * @param target the held-out item
 * @param rank how many candidates scored higher; 0 is best
 * @param candidates how many candidates there were
 * @param events the events that the model saw, oldest first
 */
public record ExplainedHistory(
    String user, int target, int rank, int candidates, List<Event> events) {
  /**
   * An event and the attention it got.
   *
   * @param item the item
   * @param query what was searched; empty for browsing
   * @param weight attention weight for the target, mean over heads; 0 where no head chose it
   */
  public record Event(int item, String query, double weight) {}

  /**
   * Explains request {@code index} of a task.
   *
   * @throws IllegalArgumentException if the model reads side features, which are not made here
   */
  public static ExplainedHistory of(
      InterestModel model, Corpus corpus, RankingTask task, int index) {
    Ranker.Requests request = task.requests(index, index + 1);
    int user = request.users()[0];
    Histories histories = corpus.histories();
    Batch batch = ModelRanker.batch(model, histories, request, 0);
    InterestModel.Explanation explanation = model.explain(batch);
    float[] scores = explanation.scores();
    int rank = 0;
    for (float score : scores) {
      rank += score > scores[0] ? 1 : 0;
    }
    double[] weights = weightsOfTarget(explanation.attended(), batch);
    List<Event> events = new ArrayList<>();
    for (int e = 0; e < batch.items().length; e++) {
      events.add(
          new Event(batch.items()[e], corpus.queries().text(batch.queries()[e]), weights[e]));
    }
    int target = request.candidates()[0][0];
    return new ExplainedHistory(histories.userId(user), target, rank, scores.length, events);
  }

  /**
   * The {@code min(k, events)} events with the most attention, most first; of equal ones the
   * earlier.
   */
  public List<Event> heaviest(int k) {
    return events.stream()
        .sorted(Comparator.comparingDouble(Event::weight).reversed())
        .limit(Checks.atLeast(0, "k", k))
        .toList();
  }

  /** The latest events of a history as they are, without a model: no event has attention. */
  public static List<Event> events(Corpus corpus, int user, int count) {
    Histories histories = corpus.histories();
    int length = histories.length(user);
    List<Event> events = new ArrayList<>();
    for (int position = Math.max(0, length - count); position < length; position++) {
      long event = histories.start(user) + position;
      String query = corpus.queries().text(histories.query(event));
      events.add(new Event(histories.item(event), query, 0));
    }
    return events;
  }

  /** Mean over heads of the weights of candidate 0. */
  private static double[] weightsOfTarget(Attended attended, Batch batch) {
    double[] weights = new double[batch.items().length];
    for (int h = 0; h < attended.heads(); h++) {
      for (int i = 0; i < attended.kept()[h]; i++) {
        int cell = h * attended.topK() + i;
        weights[attended.selected()[cell]] += attended.weights()[cell] / attended.heads();
      }
    }
    return weights;
  }

  /**
   * The first request, among the first hundred, that the model answers best of those whose history
   * is long: a good one to look at, not a typical one. The first of all if no history is long
   * enough.
   */
  public static ExplainedHistory telling(
      InterestModel model, Corpus corpus, RankingTask task, int leastEvents) {
    ExplainedHistory best = of(model, corpus, task, 0);
    for (int i = 1; i < Math.min(100, task.positives()); i++) {
      ExplainedHistory history = of(model, corpus, task, i);
      boolean longEnough = history.events.size() >= leastEvents;
      boolean bestIsLong = best.events.size() >= leastEvents;
      if ((longEnough && !bestIsLong) || (longEnough && history.rank < best.rank)) {
        best = history;
      }
    }
    return best;
  }
}
