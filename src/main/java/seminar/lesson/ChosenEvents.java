package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import seminar.data.Corpus;
import seminar.data.ItemCategories;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.serve.ExplainedHistory;

/**
 * Which events of one history several models chose for the same target. What a model did not choose
 * does not reach its interest u (paper §3.3.2), so the models differ in nothing but this.
 *
 * <p>Shapes: L events.
 *
 * @param user id of the user in the log
 * @param target the held-out item
 * @param candidates how many candidates were ranked, the target among them
 * @param items item of each event, oldest first [L]
 * @param choices one for each model
 */
public record ChosenEvents(
    String user, int target, int candidates, List<Integer> items, List<Choice> choices) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no model, or one has another number of weights
   */
  public ChosenEvents {
    items = List.copyOf(items);
    choices = List.copyOf(choices);
    Checks.atLeast(1, "number of models", choices.size());
    for (Choice choice : choices) {
      Checks.sameLength("weights of " + choice.model, choice.weights.size(), "L", items.size());
    }
  }

  /**
   * What one model chose.
   *
   * @param model its name
   * @param rank how many candidates scored above the target; 0 is best
   * @param weights the share of each event in the interest, over all heads (or hashes): 0 where
   *     none of them chose it; together 1, or 0 where nothing was chosen [L]
   */
  public record Choice(String model, int rank, List<Double> weights) {
    /** Copies the weights. */
    public Choice {
      weights = List.copyOf(weights);
    }

    /** How many events at least one head chose. */
    public int size() {
      return (int) weights.stream().filter(weight -> weight > 0).count();
    }

    /**
     * The chosen events of the largest weight, so that models that choose more or fewer can be
     * compared; of equal weights the newer one.
     *
     * @return at most {@code k} events, by their number from the oldest
     */
    public BitSet heaviest(int k) {
      int n = weights.size();
      float[] newestFirst = new float[n];
      for (int i = 0; i < n; i++) {
        newestFirst[i] = weights.get(n - 1 - i).floatValue();
      }
      BitSet events = new BitSet(n);
      for (int i : TopK.of(newestFirst, k).indices()) {
        if (weights.get(n - 1 - i) > 0) {
          events.set(n - 1 - i);
        }
      }
      return events;
    }
  }

  /** Whether an item of a history speaks of the target. */
  @FunctionalInterface
  public interface Relatedness {
    /** Whether the two items are related. */
    boolean related(int item, int target);

    /** Items that share a category. */
    static Relatedness category(ItemCategories categories) {
      return (item, target) ->
          Arrays.stream(categories.of(item))
              .anyMatch(
                  own -> Arrays.stream(categories.of(target)).anyMatch(other -> own == other));
    }
  }

  /**
   * Asks every model request {@code index} of a task.
   *
   * @param models the models by name, in the order of the answer
   * @throws IllegalArgumentException if there is no model, or two see histories of different length
   */
  public static ChosenEvents of(
      Map<String, InterestModel> models, Corpus corpus, RankingTask task, int index) {
    List<Choice> choices = new ArrayList<>();
    List<ExplainedHistory> histories = new ArrayList<>();
    models.forEach(
        (name, model) -> {
          ExplainedHistory history = ExplainedHistory.of(model, corpus, task, index);
          histories.add(history);
          choices.add(new Choice(name, history.rank(), shares(history)));
        });
    Checks.atLeast(1, "number of models", histories.size());
    ExplainedHistory any = histories.getFirst();
    List<Integer> items = any.events().stream().map(ExplainedHistory.Event::item).toList();
    return new ChosenEvents(any.user(), any.target(), any.candidates(), items, choices);
  }

  /** The same for the first {@code count} requests, or for all if there are no more. */
  public static List<ChosenEvents> first(
      int count, Map<String, InterestModel> models, Corpus corpus, RankingTask task) {
    List<ChosenEvents> all = new ArrayList<>();
    for (int index = 0; index < Math.min(count, task.positives()); index++) {
      all.add(of(models, corpus, task, index));
    }
    return all;
  }

  /** Weights that sum to one; those of SDIM's hashes do not by themselves. */
  private static List<Double> shares(ExplainedHistory history) {
    double sum = history.events().stream().mapToDouble(ExplainedHistory.Event::weight).sum();
    return history.events().stream().map(event -> sum > 0 ? event.weight() / sum : 0.0).toList();
  }
}
