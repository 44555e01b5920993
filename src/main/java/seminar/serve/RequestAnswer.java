package seminar.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.model.Batch;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retriever;
import seminar.retrieve.Subset;
import seminar.search.ChoiceRule;
import seminar.search.InterestModel;
import seminar.search.RequestScorer;

/**
 * Answers requests of one history at a time, on one thread.
 *
 * <p>Shapes: n events, C candidates, H heads, d dims. Exactly: one product R Kᵀ of all C·H head
 * queries and n keys, 2·C·H·n·d operations, which reads each key once. By codes: C·H scans of n·d/2
 * bytes and d multiplications for each of the few that are scored exactly; so codes win where
 * candidates are few.
 */
final class RequestAnswer {
  private static final RefinedRetriever.Options CANDIDATES = RefinedRetriever.Options.standard();

  /** Up to so many candidates codes are no slower, in histories of {@link #LONG} events or more. */
  private static final int FEW = 1;

  private static final int LONG = 10_000;

  private final RequestScorer scorer;
  private final Optional<ChoiceRule> rule;
  private final int sequenceLength;

  /**
   * For a model.
   *
   * @param rule how its heads choose; empty where they do not
   * @param sequenceLength L, the latest events that a request sees
   */
  RequestAnswer(RequestScorer scorer, Optional<ChoiceRule> rule, int sequenceLength) {
    this.scorer = scorer;
    this.rule = rule;
    this.sequenceLength = sequenceLength;
  }

  /**
   * An answer.
   *
   * @param explanation scores and what led to them
   * @param events positions in the history of the key rows that it names
   */
  record Answer(InterestModel.Explanation explanation, int[] events) {}

  /** The fused pairs of events [n, d]. */
  float[] pairs(int[] items, int[] queries) {
    return scorer.candidates(items, queries).toArray();
  }

  /** Click logits of the candidates [C]. */
  float[] scores(ServedHistory history, Request request) {
    return explain(history, request, false).explanation().scores();
  }

  /**
   * The same with what led to them.
   *
   * @param named whether {@link Answer#events} is asked for
   */
  Answer explain(ServedHistory history, Request request, boolean named) {
    int to = history.length();
    if (request.until() != Long.MAX_VALUE) {
      to = history.firstSince(request.until());
    }
    int from = 0;
    if (request.since() != Long.MIN_VALUE) {
      from = Math.min(to, history.firstSince(request.since()));
    }
    if (!request.takesEveryItem()) {
      return ofSome(history, request, from, to);
    }
    from = Math.max(from, to - sequenceLength);
    int[] events = named ? IntStream.range(0, to).toArray() : new int[0];
    return new Answer(answer(history, request, history.keys(), from, to), events);
  }

  /** As if the history had the events of some items alone. */
  private Answer ofSome(ServedHistory history, Request request, int from, int to) {
    int[] events =
        IntStream.range(from, to)
            .filter(event -> request.items().test(history.item(event)))
            .toArray();
    if (events.length > sequenceLength) {
      events = Arrays.copyOfRange(events, events.length - sequenceLength, events.length);
    }
    Matrix all = history.keys();
    Matrix keys = Matrix.zeros(events.length, all.cols());
    for (int i = 0; i < events.length; i++) {
      keys.rows(i, i + 1).set(all.rows(events[i], events[i] + 1).toArray());
    }
    Batch batch = batch(history, request, events, 0, events.length);
    Matrix t = scorer.candidates(request.candidates(), batch.candidateQueries());
    return new Answer(scorer.score(batch, keys, t), events);
  }

  private InterestModel.Explanation answer(
      ServedHistory history, Request request, Matrix keys, int from, int to) {
    int[] events = rule.isPresent() ? new int[0] : IntStream.range(0, to).toArray();
    Batch batch = batch(history, request, events, from, to);
    Matrix t = scorer.candidates(request.candidates(), batch.candidateQueries());
    return isByCodes(request, to - from)
        ? scorer.score(batch, keys, t, choice(history, t, from, to))
        : scorer.score(batch, keys, t);
  }

  private boolean isByCodes(Request request, int events) {
    return switch (request.search()) {
      case EXACT -> false;
      case CODES -> rule.isPresent() && events > rule.get().topK();
      case FASTER ->
          rule.isPresent()
              && request.candidates().length <= FEW
              && events >= Math.max(LONG, 2 * rule.get().topK());
    };
  }

  /** One group that sees the key rows {@code [from, to)}; names the events where models ask. */
  private static Batch batch(
      ServedHistory history, Request request, int[] events, int from, int to) {
    int c = request.candidates().length;
    int[] queries = new int[c];
    Arrays.fill(queries, request.query());
    return new Batch(
        Arrays.stream(events).map(history::item).toArray(),
        Arrays.stream(events).map(history::query).toArray(),
        new Groups(new int[] {from}, new int[] {to}, new int[] {0, c}, new int[] {0, 1}),
        request.candidates(),
        queries);
  }

  /** What heads find by codes, refined. */
  private Choice choice(ServedHistory history, Matrix t, int from, int to) {
    ChoiceRule rule = this.rule.orElseThrow();
    Choice choice = rule.none(t.rows());
    List<Subset> ofHeads = new ArrayList<>();
    for (int h = 0; h < rule.heads(); h++) {
      ofHeads.add(rule.among(h, from, to));
    }
    List<float[]> queries = scorer.headQueries(t);
    Retriever refined = history.index().refined(CANDIDATES);
    int searched = rule.searched(from, to);
    for (int row = 0; row < queries.size(); row++) {
      Subset among = ofHeads.get(row % rule.heads());
      int[] found = refined.choose(queries.get(row), searched, among);
      rule.keep(choice, row, found, from, to, 0);
    }
    return choice;
  }
}
