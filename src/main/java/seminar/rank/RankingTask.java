package seminar.rank;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.ItemQueries;
import seminar.data.Negatives;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.data.TestMode;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.measure.RankingReport;

/**
 * Ranking of held-out items, each among frozen candidates (paper §4.1): 99 uniform negatives with
 * the empty query, or what {@link RankingForm} says. Targets of the same user share that user's
 * negatives.
 *
 * <p>In {@link TestMode#SEARCH} targets without a query are left out: there is nothing to answer.
 */
public final class RankingTask {
  /** Negatives beside each positive (paper: 99). */
  public static final int NEGATIVES = 99;

  /** About how many candidates are scored at once. */
  public static final int CANDIDATES_AT_ONCE = 6400;

  private final Corpus corpus;
  private final RankingForm form;
  private final Candidates candidates;
  private final ItemQueries own;
  private final Split.Targets targets;

  /**
   * The negatives beside a positive.
   *
   * @param of those of a user, by the user's number
   * @param hash of all of them
   */
  private record Candidates(IntFunction<int[]> of, Supplier<String> hash) {}

  private RankingTask(
      Corpus corpus,
      RankingForm form,
      Candidates candidates,
      ItemQueries own,
      Split.Targets targets) {
    this.corpus = corpus;
    this.form = form;
    this.candidates = candidates;
    this.own = own;
    this.targets = targets;
  }

  /** The task on each validation target, as the paper does it. */
  public static RankingTask validation(Corpus corpus, Split split, long seed) {
    return validation(corpus, split, RankingForm.paper(), seed);
  }

  /** The task on each test target, with other negatives than those of validation. */
  public static RankingTask test(Corpus corpus, Split split, long seed) {
    return test(corpus, split, RankingForm.paper(), seed);
  }

  /**
   * The task on each validation target.
   *
   * @throws IllegalArgumentException if there is no target, or too few negatives for a user
   */
  public static RankingTask validation(Corpus corpus, Split split, RankingForm form, long seed) {
    RankingForm drawn =
        form.against() == RankingForm.Against.GIVEN
            ? form.withAgainst(
                RankingForm.Against.UNIFORM) // those that came along are for the test
            : form;
    return of(corpus, split, split.validationTargets(), drawn, "validation", seed);
  }

  /**
   * The task on each test target, with other negatives than those of validation.
   *
   * @throws IllegalArgumentException if there is no target, too few negatives for a user, or the
   *     corpus came without negatives and {@code form} asks for them
   */
  public static RankingTask test(Corpus corpus, Split split, RankingForm form, long seed) {
    return of(corpus, split, split.testTargets(), form, "test", seed);
  }

  /** The task on each validation target with the negatives of the test, as in the released code. */
  public static RankingTask validationAsReleased(
      Corpus corpus, Split split, RankingForm form, long seed) {
    return of(corpus, split, split.validationTargets(), form, "test", seed);
  }

  private static RankingTask of(
      Corpus corpus, Split split, Split.Targets all, RankingForm form, String stage, long seed) {
    if (all.size() == 0) {
      throw new IllegalArgumentException(
          "corpus %s has no %s target: leaving one out takes histories of three events, a split by"
                  .formatted(corpus.manifest().name(), stage)
              + " time events after it");
    }
    Split.Targets targets = asked(corpus, all, form.mode(), stage);
    ItemQueries own = ItemQueries.fit(corpus.histories(), split, corpus.catalog().size());
    int[] users = Arrays.stream(targets.users()).distinct().toArray();
    return new RankingTask(
        corpus, form, candidates(corpus, split, users, form, stage, seed), own, targets);
  }

  /** The targets that a mode can ask about. */
  private static Split.Targets asked(
      Corpus corpus, Split.Targets all, TestMode mode, String stage) {
    if (mode != TestMode.SEARCH) {
      return all;
    }
    Split.Targets targets = where(all, i -> event(corpus, all, i, true) != Queries.EMPTY);
    if (targets.size() == 0) {
      throw new IllegalArgumentException(
          "none of the %d %s targets of corpus %s has a query: search has nothing to answer"
              .formatted(all.size(), stage, corpus.manifest().name()));
    }
    return targets;
  }

  private static Candidates candidates(
      Corpus corpus, Split split, int[] users, RankingForm form, String stage, long seed) {
    return switch (form.against()) {
      case UNIFORM -> drawn(Negatives.uniform(corpus, users, NEGATIVES, stage, seed), corpus);
      case POPULAR ->
          drawn(Negatives.byPopularity(corpus, split, users, NEGATIVES, stage, seed), corpus);
      case GIVEN ->
          drawn(
              corpus
                  .negatives()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "corpus %s came without negatives: rank against uniform, popular or all"
                                  .formatted(corpus.manifest().name()))),
              corpus);
      case ALL -> new Candidates(corpus::unmet, () -> "all of " + corpus.catalog().size());
    };
  }

  private static Candidates drawn(Negatives negatives, Corpus corpus) {
    int[] rows = new int[corpus.histories().users()];
    Arrays.fill(rows, -1);
    for (int row = 0; row < negatives.size(); row++) {
      rows[negatives.user(row)] = row;
    }
    return new Candidates(
        user -> {
          if (rows[user] < 0) {
            throw new IllegalArgumentException(
                "no negatives came with user %s".formatted(corpus.histories().userId(user)));
          }
          return negatives.of(rows[user]);
        },
        negatives::hash);
  }

  /**
   * For how many requests somebody had typed something before.
   *
   * @param length L, the latest events of a history that a request sees
   */
  public int askedBefore(int length) {
    int asked = 0;
    for (int i = 0; i < targets.size(); i++) {
      long start = corpus.histories().start(targets.users()[i]);
      int to = targets.positions()[i];
      asked +=
          LongStream.range(start + Math.max(0, to - length), start + to)
                  .anyMatch(event -> corpus.histories().query(event) != Queries.EMPTY)
              ? 1
              : 0;
    }
    return asked;
  }

  /** Item or query of the event that a target is. */
  private static int event(Corpus corpus, Split.Targets targets, int i, boolean query) {
    Histories histories = corpus.histories();
    long event = histories.start(targets.users()[i]) + targets.positions()[i];
    return query ? histories.query(event) : histories.item(event);
  }

  private static Split.Targets where(Split.Targets targets, IntPredicate kept) {
    int[] chosen = IntStream.range(0, targets.size()).filter(kept).toArray();
    return new Split.Targets(
        Arrays.stream(chosen).map(i -> targets.users()[i]).toArray(),
        Arrays.stream(chosen).map(i -> targets.positions()[i]).toArray());
  }

  /** The same task on the first {@code count} targets; on all if there are no more. */
  public RankingTask first(int count) {
    return new RankingTask(corpus, form, candidates, own, where(targets, i -> i < count));
  }

  /**
   * The same requests with the same candidates and other queries beside them. Of a task in {@link
   * TestMode#SEARCH}, which lacks the targets without a query, the other modes lack them too.
   *
   * @throws IllegalArgumentException if search is asked for and no target has a query
   */
  public RankingTask in(TestMode mode) {
    return new RankingTask(
        corpus, form.withMode(mode), candidates, own, asked(corpus, targets, mode, "ranking"));
  }

  /** How held-out items are ranked. */
  public RankingForm form() {
    return form;
  }

  /** The requests that are asked about. */
  public Split.Targets targets() {
    return targets;
  }

  /**
   * How many positives, and so requests, there are: one for each user, unless the split gives
   * several.
   */
  public int positives() {
    return targets.size();
  }

  /**
   * The request of this user; the first where there are several.
   *
   * @throws IllegalArgumentException if the user has none
   */
  public int indexOf(int user) {
    for (int i = 0; i < targets.size(); i++) {
      if (targets.users()[i] == user) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "user %d has no held-out item: there are %d, of users such as %s"
            .formatted(
                user,
                positives(),
                Arrays.toString(Arrays.copyOf(targets.users(), Math.min(3, positives())))));
  }

  /** The hash of the frozen negatives. */
  public String hash() {
    return candidates.hash().get();
  }

  /** The candidates of request {@code index}: the positive, then its negatives. */
  public int[] candidates(int index) {
    int[] negatives = candidates.of().apply(targets.users()[index]);
    int[] all = new int[1 + negatives.length];
    all[0] = event(corpus, targets, index, false);
    System.arraycopy(negatives, 0, all, 1, negatives.length);
    return all;
  }

  /** Requests {@code [from, to)}. */
  public Ranker.Requests requests(int from, int to) {
    int[][] items = new int[to - from][];
    int[][] queries = new int[to - from][];
    for (int i = 0; i < items.length; i++) {
      items[i] = candidates(from + i);
      queries[i] = form.mode().queries(event(corpus, targets, from + i, true), items[i], own);
    }
    return new Ranker.Requests(
        Arrays.copyOfRange(targets.users(), from, to),
        Arrays.copyOfRange(targets.positions(), from, to),
        items,
        queries);
  }

  /** Is told requests that were asked, and how they were answered. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Requests from a number on.
     *
     * @param from the number of the first of them
     * @param scores one row for each, as long as its list of candidates
     */
    void scored(Ranker.Requests requests, int from, float[][] scores);
  }

  /** Asks some of the requests at once. */
  interface Asking {
    void ask(Ranker.Requests requests, int from);
  }

  /** Goes through all requests, about {@link #CANDIDATES_AT_ONCE} candidates at a time. */
  void score(Asking asking, Progress progress) {
    int atOnce = Math.max(1, CANDIDATES_AT_ONCE / candidates(0).length);
    for (int from = 0; from < positives(); from += atOnce) {
      int to = Math.min(positives(), from + atOnce);
      asking.ask(requests(from, to), from);
      progress.at("ranking", to, positives());
    }
  }

  /** Ranks for every request. */
  public RankingReport rank(Ranker ranker, Progress progress) {
    return rank(ranker, progress, (requests, from, scores) -> {});
  }

  /** The same; a listener looks at every score on the way. */
  public RankingReport rank(Ranker ranker, Progress progress, Listener listener) {
    RankingReport.Accumulator report = new RankingReport.Accumulator(form.ties());
    score(
        (requests, from) -> {
          float[][] scores = ranker.score(requests);
          Checks.sameLength("rows of scores", scores.length, "requests", requests.size());
          for (int q = 0; q < scores.length; q++) {
            report.add(requests.users()[q], scores[q]);
          }
          listener.scored(requests, from, scores);
        },
        progress);
    return report.report();
  }
}
