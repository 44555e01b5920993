package seminar.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.measure.MeanInterval;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.GridQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RotatedQuantizer;
import seminar.quantize.ScoreAwareQuantizer;
import seminar.retrieve.CodeRetriever;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.FastScanRetriever;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScalarRetriever;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What codes find among given vectors, at 8, 16 and 32 bytes and their lengths: of vectors in a
 * random order some ask, half of the others are learned from, and the other half is searched.
 *
 * <p>Recall is that of the K best by inner product, before refinement, after the best 2·K by codes
 * are scored exactly, and as the number of candidates that must be for recall .99.
 */
public final class VectorCodes {
  private static final int TURNS = 50;
  private static final double NEARLY_ALL = 0.99;
  private static final int MOST_FACTOR = 64;

  private VectorCodes() {}

  /**
   * What is asked.
   *
   * @param topK K
   * @param asked the most vectors that ask, at most a tenth of all
   * @param seed of the order and of all codebooks
   */
  public record Options(int topK, int asked, long seed) {
    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "K", topK);
      Checks.atLeast(1, "vectors that ask", asked);
    }
  }

  /**
   * What one way of writing vectors finds.
   *
   * @param method its name
   * @param bytes of an event, its scale or interval included
   * @param recall of the K best by codes alone
   * @param refined recall after the best 2·K by codes are scored exactly
   * @param candidates r, the least of 1, 1.5, 2, 3, 4, 6, 8, …, 64 for which the best r·K by codes
   *     hold .99 of the K best; 0 if none of them does
   */
  public record Row(
      String method, double bytes, MeanInterval recall, double refined, double candidates) {}

  private record Entry(String method, double bytes, Supplier<Retriever> maker) {}

  /**
   * Measures all ways whose sizes fit the vectors' length.
   *
   * @param vectors [n, dims], zero vectors left out by the caller or not
   * @throws IllegalArgumentException if there are fewer than 100 vectors, or as {@link
   *     seminar.quantize.Rows#bounded}
   */
  public static List<Row> run(
      float[] vectors, int dims, Options options, Workers workers, Progress progress) {
    int n = Checks.atLeast(100, "number of vectors", vectors.length / dims);
    int[] order = Rng.permutation(Rng.stream("codes/order", options.seed), n);
    int asked = Math.min(options.asked, n / 10);
    int half = (n - asked) / 2;
    float[] targets = rows(vectors, dims, order, 0, asked);
    float[] learning = rows(vectors, dims, order, asked, asked + half);
    float[] events = rows(vectors, dims, order, asked + half, n);
    int topK = Math.min(options.topK, events.length / dims);
    ExactRetriever exact = ExactRetriever.fused(events, dims, new float[] {1});
    List<Entry> entries = new Ways(learning, events, dims, options.seed, workers).all();
    List<Row> rows = new ArrayList<>();
    for (Entry entry : entries) {
      progress.at(entry.method, rows.size(), entries.size());
      rows.add(row(entry, exact, targets, topK));
    }
    progress.at("codes", entries.size(), entries.size());
    return List.copyOf(rows);
  }

  /** What was found as a table. */
  public static Table table(List<Row> rows, int topK) {
    StringColumn method = StringColumn.create("method");
    DoubleColumn bytes = DoubleColumn.create("bytes per event");
    DoubleColumn recall = DoubleColumn.create("Recall@" + topK);
    DoubleColumn error = DoubleColumn.create("± (95 %)");
    DoubleColumn refined = DoubleColumn.create("best 2·K refined");
    StringColumn candidates = StringColumn.create("r·K for .99");
    for (Row row : rows) {
      method.append(row.method);
      bytes.append(row.bytes);
      recall.append(Math.rint(row.recall.mean() * 1000) / 1000);
      error.append(Math.rint(row.recall.halfWidth() * 1000) / 1000);
      refined.append(Math.rint(row.refined * 1000) / 1000);
      candidates.append(
          row.candidates == 0
              ? "over %d".formatted(MOST_FACTOR)
              : "%.3g".formatted(row.candidates));
    }
    return Table.create("What codes find", method, bytes, recall, error, refined, candidates);
  }

  private static float[] rows(float[] vectors, int dims, int[] order, int from, int to) {
    float[] rows = new float[(to - from) * dims];
    for (int i = from; i < to; i++) {
      System.arraycopy(vectors, order[i] * dims, rows, (i - from) * dims, dims);
    }
    return rows;
  }

  private static Row row(Entry entry, ExactRetriever exact, float[] targets, int topK) {
    Retriever retriever = entry.maker.get();
    int dims = exact.width();
    int asked = targets.length / dims;
    int most = Math.min(exact.size(), MOST_FACTOR * topK);
    double[] recall = new double[asked];
    double[] within = new double[most + 1]; // [c]: of the best c candidates, the mean share of K
    for (int t = 0; t < asked; t++) {
      float[] target = Arrays.copyOfRange(targets, t * dims, (t + 1) * dims);
      float[] scores = exact.scores(target);
      int[] found = retriever.search(target, most).top().indices();
      for (int c = topK; c <= most; c++) {
        if (c == topK || c == 2 * topK || isAsked(c, topK)) {
          within[c] += Recall.among(Arrays.copyOf(found, c), scores, topK) / asked;
        }
      }
      recall[t] = Recall.among(Arrays.copyOf(found, topK), scores, topK);
    }
    double factor =
        IntStream.rangeClosed(topK, most)
            .filter(c -> isAsked(c, topK) && within[c] >= NEARLY_ALL)
            .mapToDouble(c -> (double) c / topK)
            .findFirst()
            .orElse(0);
    double refined = within[Math.min(most, 2 * topK)];
    return new Row(entry.method, entry.bytes, MeanInterval.of(recall), refined, factor);
  }

  /** Whether so many candidates are 1, 1.5, 2, 3, 4, 6, … times K, up to rounding. */
  private static boolean isAsked(int candidates, int topK) {
    for (int power = 1; power <= MOST_FACTOR; power *= 2) {
      if (candidates == power * topK || candidates == 3 * power * topK / 2) {
        return true;
      }
    }
    return false;
  }

  /** The ways to write vectors. */
  private record Ways(float[] learning, float[] events, int dims, long seed, Workers workers) {
    List<Entry> all() {
      List<Entry> entries = new ArrayList<>();
      for (int bytes : List.of(8, 16, 32)) {
        if (dims % (2 * bytes) == 0) {
          fourBits(entries, bytes);
        }
        if (dims % bytes == 0) {
          add(entries, "PQ %d × 256".formatted(bytes), bytes, () -> product(bytes, 256));
          add(entries, "OPQ %d × 256".formatted(bytes), bytes, () -> turned(learning, bytes, 256));
        }
        if (bytes <= 16) {
          String name = "residual PQ %d × 256".formatted(bytes);
          add(entries, name, bytes, () -> residual(bytes));
        }
      }
      for (int bits : List.of(1, 2, 4)) {
        String name = "RaBitQ, %d bit%s".formatted(bits, bits == 1 ? "" : "s");
        add(entries, name, dims * bits / 8.0 + Float.BYTES, () -> grid(bits));
      }
      for (int bits : List.of(1, 2, 4, 8)) {
        String name = "scalar quantization, %d bit%s".formatted(bits, bits == 1 ? "" : "s");
        double bytes = dims * bits / 8.0 + 2 * Float.BYTES;
        entries.add(new Entry(name, bytes, () -> ScalarRetriever.of(events, dims, bits)));
      }
      entries.sort(Comparator.comparingDouble(Entry::bytes));
      return entries;
    }

    private void fourBits(List<Entry> entries, int bytes) {
      int pieces = 2 * bytes;
      String size = "%d × 16".formatted(pieces);
      add(entries, "PQ " + size, bytes, () -> product(pieces, 16));
      add(entries, "OPQ " + size, bytes, () -> turned(learning, pieces, 16));
      add(entries, "score-aware PQ " + size, bytes, () -> scoreAware(pieces, false));
      add(entries, "score-aware OPQ " + size, bytes, () -> scoreAware(pieces, true));
      add(
          entries,
          "OPQ %s of directions".formatted(size),
          bytes + Float.BYTES,
          () ->
              DirectionQuantizer.of(turned(DirectionQuantizer.units(learning, dims), pieces, 16)));
    }

    private void add(List<Entry> entries, String name, double bytes, Supplier<Quantizer> maker) {
      entries.add(new Entry(name, bytes, () -> retriever(maker.get())));
    }

    private Retriever retriever(Quantizer quantizer) {
      Codes codes = quantizer.encode(events, workers);
      return quantizer.centroids() <= 16
          ? FastScanRetriever.of(quantizer, codes)
          : CodeRetriever.of(quantizer, codes);
    }

    private Quantizer product(int pieces, int centroids) {
      ProductQuantizer.Options settings = ProductQuantizer.Options.of(pieces, centroids);
      return ProductQuantizer.fit(
          learning, dims, settings, rng("pieces", pieces, centroids), workers);
    }

    private Quantizer turned(float[] from, int pieces, int centroids) {
      ProductQuantizer.Options settings = ProductQuantizer.Options.of(pieces, centroids);
      return RotatedQuantizer.fit(
          from, dims, settings, TURNS, rng("turned", pieces, centroids), workers);
    }

    private Quantizer scoreAware(int pieces, boolean isTurned) {
      ScoreAwareQuantizer.Options settings =
          ScoreAwareQuantizer.Options.of(ProductQuantizer.Options.of(pieces, 16));
      SplittableRandom rng = rng("score-aware", pieces, 16);
      return isTurned
          ? ScoreAwareQuantizer.fitTurned(learning, dims, settings, TURNS, rng, workers)
          : ScoreAwareQuantizer.fit(learning, dims, settings, rng, workers);
    }

    private Quantizer residual(int stages) {
      ResidualQuantizer.Options settings = ResidualQuantizer.Options.of(stages, 256);
      return ResidualQuantizer.fit(learning, dims, settings, rng("residual", stages, 256), workers);
    }

    private Quantizer grid(int bits) {
      return GridQuantizer.rabitq(learning, dims, bits, rng("grid", bits, 16));
    }

    private SplittableRandom rng(String what, int columns, int centroids) {
      return Rng.stream(
          String.format(Locale.ROOT, "codes/%s/%d/%d", what, columns, centroids), seed);
    }
  }
}
