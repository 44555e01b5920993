package seminar.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import seminar.compute.Attended;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.Batch;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.search.Explainer;
import seminar.search.InterestModel;
import seminar.search.PairVectors;
import seminar.train.BatchMaker;
import seminar.train.SideFeatures;

/**
 * What a lost event costs in ranking: the same requests ranked by a model that chooses the events
 * of each head itself, and by the same model over the events that a search finds.
 *
 * <pre>
 *   recall of head h = mean over candidates of |found ∩ chosen by h| / |chosen by h|
 *   weight           = mean over candidates and heads of Σ of the weights of the chosen that are found
 * </pre>
 *
 * <p>Codebooks are learned once, from events that training may know; each history is indexed by
 * them when it is asked about.
 */
public final class SearchedRanking {
  private static final int SAMPLE = 20_000;
  private static final int EVENTS_AT_ONCE = 100_000;

  private final InterestModel model;
  private final PairVectors vectors;
  private final Explainer explainer;
  private final BatchMaker maker;
  private final List<CodedSearch> searches;
  private final boolean apart;

  /**
   * What was found.
   *
   * @param own how the model ranks by its own choice
   * @param rows one for each search, in the order in which they were asked for
   */
  public record Result(RankingReport own, List<Row> rows) {}

  /**
   * What one search found.
   *
   * @param kind which
   * @param report how the model ranks by its choice
   * @param recallOfHeads share of the model's own choice that was found, for each head
   * @param recall its mean
   * @param weight share of the softmax weight of the model's own choice that was found
   * @param bytes of an event that a search reads
   * @param bytesBeside of an event that are kept for a second stage
   * @param microseconds of computing for a search by one thread; the index is there already
   */
  public record Row(
      SearchKind kind,
      RankingReport report,
      List<Double> recallOfHeads,
      double recall,
      double weight,
      double bytes,
      double bytesBeside,
      double microseconds) {}

  private SearchedRanking(InterestModel model, BatchMaker maker, List<CodedSearch> searches) {
    this.model = model;
    this.vectors = model.vectors();
    this.explainer = model.explainer();
    this.maker = maker;
    this.searches = searches;
    this.apart = searches.stream().anyMatch(search -> search.search().apart());
  }

  /**
   * Ranks the requests of a task.
   *
   * @param model SEMINAR or TWIN, trained; it must not learn meanwhile
   * @param split what training may know
   * @param seed of codebooks and all else that is drawn
   * @throws IllegalArgumentException if heads of the model do not choose for themselves, or
   *     candidates are all items: each would be searched for
   */
  public static Result of(
      InterestModel model,
      Corpus corpus,
      Split split,
      RankingTask task,
      List<SearchKind> kinds,
      long seed,
      Workers workers,
      Progress progress) {
    List<CodedSearch> searches = searches(model, corpus, split, kinds, seed, workers, progress);
    Optional<SideFeatures> side = SideFeatures.of(corpus, split, model.options());
    BatchMaker maker = new BatchMaker(corpus.histories(), model.options().sequenceLength(), side);
    return new SearchedRanking(model, maker, searches).rank(task, progress);
  }

  /** First stages, each with codes of its own, all learned from the same sample. */
  static List<CodedSearch> searches(
      InterestModel model,
      Corpus corpus,
      Split split,
      List<SearchKind> kinds,
      long seed,
      Workers workers,
      Progress progress) {
    Checks.atLeast(1, "number of searches", kinds.size());
    PairVectors vectors = model.vectors();
    boolean apart = kinds.contains(SearchKind.PAPER);
    PairKeys sample = sample(vectors, corpus.histories(), split, apart, seed);
    LearnedSearch.Learning learning = new LearnedSearch.Learning(vectors, sample, seed, workers);
    List<CodedSearch> searches = new ArrayList<>();
    for (SearchKind kind : kinds) {
      progress.at("learning codes", searches.size(), kinds.size());
      LearnedSearch learned = learning.of(kind);
      searches.add(new CodedSearch(model, vectors, corpus.histories(), learned, workers));
    }
    return List.copyOf(searches);
  }

  /** Events that training may know, drawn with replacement. */
  private static PairKeys sample(
      PairVectors vectors, Histories histories, Split split, boolean apart, long seed) {
    long[] before = new long[split.users() + 1]; // known events of earlier users
    for (int user = 0; user < split.users(); user++) {
      before[user + 1] = before[user] + split.trainEnd(user);
    }
    Checks.atLeast(
        1, "events that training may know", (int) Math.min(SAMPLE, before[split.users()]));
    SplittableRandom rng = Rng.stream("search/sample", seed);
    int[] items = new int[(int) Math.min(SAMPLE, before[split.users()])];
    int[] queries = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      long known = rng.nextLong(before[split.users()]);
      int found = Arrays.binarySearch(before, known);
      int user = found >= 0 ? found : -found - 2;
      while (before[user + 1] <= known) { // users of whom nothing is known
        user++;
      }
      long event = histories.start(user) + known - before[user];
      items[i] = histories.item(event);
      queries[i] = histories.query(event);
    }
    return PairKeys.of(vectors, items, queries, apart);
  }

  private Result rank(RankingTask task, Progress progress) {
    RankingReport.Accumulator own = new RankingReport.Accumulator(task.form().ties());
    List<Tally> tallies = searches.stream().map(search -> new Tally(search, task)).toList();
    int candidates = Math.max(1, RankingTask.CANDIDATES_AT_ONCE / task.candidates(0).length);
    int longest = Arrays.stream(task.targets().positions()).max().orElse(1);
    int length = Math.clamp(longest, 1, model.options().sequenceLength());
    int atOnce = Math.clamp(EVENTS_AT_ONCE / length, 1, candidates);
    for (int from = 0; from < task.positives(); from += atOnce) {
      int to = Math.min(task.positives(), from + atOnce);
      progress.at("ranking", from, task.positives());
      rank(task.requests(from, to), own, tallies);
    }
    progress.at("ranking", task.positives(), task.positives());
    return new Result(own.report(), tallies.stream().map(Tally::row).toList());
  }

  private void rank(Ranker.Requests requests, RankingReport.Accumulator own, List<Tally> tallies) {
    for (int q = 0; q < requests.size(); q++) {
      maker.add(
          requests.users()[q],
          new int[] {requests.positions()[q]},
          new int[][] {requests.candidates()[q]},
          new int[][] {requests.queries()[q]});
    }
    Batch batch = maker.take();
    InterestModel.Explanation exact = explainer.explain(batch, Optional.empty());
    add(own, requests, exact.scores());
    PairKeys[] pairs = PairKeys.of(vectors, batch, apart);
    for (Tally tally : tallies) {
      CodedSearch.Chosen chosen = tally.search.choose(batch, pairs, model.options().topK());
      tally.compare(exact.attended(), chosen);
      add(tally.report, requests, explainer.explain(batch, Optional.of(chosen.choice())).scores());
    }
  }

  private static void add(
      RankingReport.Accumulator report, Ranker.Requests requests, float[] scores) {
    int at = 0;
    for (int q = 0; q < requests.size(); q++) {
      int end = at + requests.candidates()[q].length;
      report.add(requests.users()[q], Arrays.copyOfRange(scores, at, end));
      at = end;
    }
  }

  /** What one search has found so far. */
  private static final class Tally {
    private final CodedSearch search;
    private final RankingReport.Accumulator report;
    private final double[] recall; // of each head, summed
    private double weight;
    private long rows;
    private int batches;
    private long count;
    private long nanoseconds;

    Tally(CodedSearch search, RankingTask task) {
      this.search = search;
      this.report = new RankingReport.Accumulator(task.form().ties());
      this.recall = new double[search.model().options().attention().heads()];
    }

    /**
     * Times are those of later batches than the first, in which code is compiled. Both choices are
     * oldest first.
     */
    void compare(Attended exact, CodedSearch.Chosen chosen) {
      boolean begins = batches++ <= 1;
      count = begins ? chosen.searches() : count + chosen.searches();
      nanoseconds = begins ? chosen.nanoseconds() : nanoseconds + chosen.nanoseconds();
      for (int row = 0; row < exact.kept().length; row++) {
        int kept = exact.kept()[row];
        if (kept > 0) {
          int hits = 0;
          int at = row * exact.topK();
          int end = at + chosen.choice().kept()[row];
          for (int i = row * exact.topK(); i < row * exact.topK() + kept; i++) {
            while (at < end && chosen.choice().selected()[at] < exact.selected()[i]) {
              at++;
            }
            if (at < end && chosen.choice().selected()[at] == exact.selected()[i]) {
              hits++;
              weight += exact.weights()[i];
            }
          }
          recall[row % recall.length] += (double) hits / kept;
          rows++;
        }
      }
    }

    Row row() {
      double each = Math.max(1, rows / recall.length);
      List<Double> heads = Arrays.stream(recall).mapToObj(sum -> sum / each).toList();
      LearnedSearch learned = search.search();
      return new Row(
          learned.kind(),
          report.report(),
          heads,
          heads.stream().mapToDouble(r -> r).average().orElse(0),
          weight / Math.max(1, rows),
          learned.bytes(),
          learned.bytesBeside(),
          nanoseconds / 1e3 / Math.max(1, count));
    }
  }
}
