package seminar.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Workers;
import seminar.measure.MeanInterval;
import seminar.recall.NormRecall.CodebookFit;
import seminar.recall.NormRecall.NormLaw;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.Target;

/**
 * What recall costs: all ways of retrieval over one synthetic history, by the bytes that a search
 * reads of an event and by the time that it takes.
 *
 * <p>Codebooks are learned from another history of the same law, as deployed ones are. Recall is
 * the mean over K and targets. Time is what one thread computes, so that other work on the machine
 * does not count; all methods take turns in rounds, a time is the median of rounds for one K, and
 * its mean over K is reported. An RQ-VAE is left out: its decoder is not linear, so a search would
 * have to decode every event.
 */
public final class Frontier {
  private Frontier() {}

  /** What a way of retrieval looks at. */
  public enum Family {
    /** Vectors as they are. */
    EXACT("exact"),
    /** Codes of each channel, the target quantized too. */
    CHANNELS_SYMMETRIC("PQ of each channel, symmetric (paper)"),
    /** Codes of each channel. */
    CHANNELS("PQ of each channel, asymmetric"),
    /** Codes of fused keys. */
    FUSED("PQ of fused keys"),
    /** Codes of fused keys that were turned. */
    ROTATED("OPQ of fused keys"),
    /** Fused keys as sums of centroids. */
    RESIDUAL("residual PQ of fused keys"),
    /** Four-bit codes of fused keys. */
    FAST_SCAN("4-bit fast scan of fused keys"),
    /** The best candidates by four-bit codes, scored exactly. */
    REFINED("4-bit fast scan, refined exactly"),
    /** Four-bit codes learned for inner products, after a rotation. */
    SCORE_AWARE("score-aware OPQ of fused keys, 4-bit"),
    /** Turned keys on a grid, lengths beside. */
    RABITQ("RaBitQ of fused keys"),
    /** The best candidates by such grids, scored exactly. */
    RABITQ_REFINED("RaBitQ, refined exactly"),
    /** Numbers rounded one by one. */
    SCALAR("scalar quantization of fused keys"),
    /** Signs of each channel, candidates scored exactly. */
    LSH("LSH cascade"),
    /** Signs of fused keys. */
    SIMHASH("SimHash of fused keys"),
    /** A graph for each channel, candidates scored exactly. */
    HNSW("HNSW cascade"),
    /** One graph of fused keys. */
    HNSW_FUSED("HNSW of fused keys");

    private final String label;

    Family(String label) {
      this.label = label;
    }

    /** What it is called in figures and tables. */
    public String label() {
      return label;
    }
  }

  /** What is to be spared. */
  public enum Budget {
    /** Bytes of an event that a search over all events reads. */
    READ("bytes read per event"),
    /** Bytes of an event that must be kept, exact keys of a second stage included. */
    KEPT("bytes kept per event"),
    /** Time of a search. */
    TIME("µs per query");

    private final String label;

    Budget(String label) {
      this.label = label;
    }

    /** What it is called in figures and tables. */
    public String label() {
      return label;
    }
  }

  /**
   * What is measured.
   *
   * @param panel the history and the quantizers' setting; the number of sequences is that of
   *     targets
   * @param rounds in which all methods take turns
   */
  public record Options(NormRecall.Options panel, int rounds) {
    /** Checks the rounds. */
    public Options {
      Checks.atLeast(1, "rounds", rounds);
    }

    /** A history of 10,000 events with equal norms and weights, 32 targets. */
    public static Options of(NormRecall.Options setting, long seed) {
      return new Options(
          setting
              .panel(10_000, NormLaw.SAME, NormRecall.Options.EQUAL)
              .withSequences(32)
              .withSeed(seed)
              .withFit(CodebookFit.OTHER_HISTORY),
          9);
    }
  }

  /**
   * One way of retrieval.
   *
   * @param family what it looks at
   * @param method its name, with its sizes
   * @param bytesRead of an event by a search over all events; links and vectors of graphs included
   * @param bytesKept of an event in all
   * @param microseconds of a search, the mean over K
   * @param recall the mean over K, with its 95 % interval over targets
   * @param recallAt the mean over targets at each K
   */
  public record Point(
      Family family,
      String method,
      double bytesRead,
      double bytesKept,
      double microseconds,
      MeanInterval recall,
      List<Double> recallAt) {
    /** What it takes of a budget. */
    public double cost(Budget budget) {
      return switch (budget) {
        case READ -> bytesRead;
        case KEPT -> bytesKept;
        case TIME -> microseconds;
      };
    }
  }

  /**
   * All of them.
   *
   * @param options what was asked
   * @param points in the order of {@link Family}
   */
  public record Result(Options options, List<Point> points) {
    /**
     * The points to which none is preferred: no other finds as much for as little. Cheapest first,
     * so recall rises.
     */
    public List<Point> front(Budget budget) {
      Comparator<Point> order = Comparator.comparingDouble(point -> point.cost(budget));
      List<Point> front = new ArrayList<>();
      double best = Double.NEGATIVE_INFINITY;
      for (Point point :
          points.stream().sorted(order.thenComparing(point -> -point.recall.mean())).toList()) {
        if (point.recall.mean() > best) {
          best = point.recall.mean();
          front.add(point);
        }
      }
      return List.copyOf(front);
    }
  }

  /**
   * Makes all retrievers and measures them.
   *
   * @param workers make them; searches run on this thread alone
   * @throws IllegalArgumentException if d is not a multiple of 16
   */
  public static Result run(Options options, Workers workers, Progress progress) {
    NormRecall.Options panel = options.panel;
    NormSequence drawn = NormSequence.of(panel, 0);
    List<Target> targets =
        IntStream.range(0, panel.sequences())
            .mapToObj(number -> NormSequence.target(panel, number))
            .toList();
    List<FrontierSuite.Entry> entries =
        FrontierSuite.of(drawn, panel, workers, part(progress, "making indexes", 0));
    ExactRetriever exact = ExactRetriever.fused(drawn.events(), panel.dims(), panel.gamma());
    int[][][] truth = new int[panel.topK().size()][targets.size()][];
    for (int k = 0; k < truth.length; k++) {
      for (int t = 0; t < truth[k].length; t++) {
        truth[k][t] = exact.search(targets.get(t).fused(), panel.topK().get(k)).top().indices();
      }
    }
    List<MeasuredSearch> measured = new ArrayList<>();
    Progress finding = part(progress, "searching", 1);
    for (FrontierSuite.Entry entry : entries) {
      MeasuredSearch each = new MeasuredSearch(entry, targets, panel.topK(), options.rounds);
      each.search(truth);
      each.warmUp();
      measured.add(each);
      finding.at("searching", measured.size(), entries.size());
    }
    Progress timing = part(progress, "measuring", 2);
    for (int round = 0; round < options.rounds; round++) {
      for (MeasuredSearch each : measured) {
        each.round(round);
      }
      timing.at("measuring", round + 1, options.rounds);
    }
    return new Result(options, measured.stream().map(MeasuredSearch::point).toList());
  }

  /** One of three parts of the whole. */
  private static Progress part(Progress whole, String name, int number) {
    return (what, at, total) -> whole.at(name, number * total + at, 3 * total);
  }
}
