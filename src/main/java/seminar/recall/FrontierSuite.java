package seminar.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.GridQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RotatedQuantizer;
import seminar.quantize.ScoreAwareQuantizer;
import seminar.recall.Frontier.Family;
import seminar.retrieve.CascadeRetriever;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.ChannelRetriever;
import seminar.retrieve.CodeRetriever;
import seminar.retrieve.ExactChannelRetriever;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.FastScanRetriever;
import seminar.retrieve.FusedKeys;
import seminar.retrieve.HashRetriever;
import seminar.retrieve.HnswRetriever;
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScalarRetriever;
import seminar.retrieve.ScanRetriever;
import seminar.retrieve.Target;

/** The retrievers that {@link Frontier} compares over one history, each at several sizes. */
final class FrontierSuite {
  private static final int CENTROIDS = 256;
  private static final int SMALL = 16;
  private static final int TURNS = 20;
  private static final double FLOAT = Float.BYTES;

  private final NormSequence drawn;
  private final NormRecall.Options options;
  private final Workers workers;
  private final int dims;
  private final int channels;
  private final float[] learning; // [n, d], fused
  private final float[] keys; // [L, d], fused
  private final List<Entry> entries = new ArrayList<>();

  private FrontierSuite(NormSequence drawn, NormRecall.Options options, Workers workers) {
    this.drawn = drawn;
    this.options = options;
    this.workers = workers;
    this.dims = options.dims();
    this.channels = options.weights().size();
    this.learning = FusedKeys.keys(drawn.learning(), options.gamma(), dims);
    this.keys = FusedKeys.keys(drawn.events(), options.gamma(), dims);
  }

  /**
   * One retriever.
   *
   * @param family what it looks at
   * @param method its name
   * @param retriever searches
   * @param fused whether its query is the fused target, else the target's channels
   * @param bytesRead of an event by a search over all events
   * @param bytesBeside of an event that are kept for a second stage
   */
  record Entry(
      Family family,
      String method,
      Retriever retriever,
      boolean fused,
      double bytesRead,
      double bytesBeside) {
    /** A target as the retriever takes it. */
    float[] query(Target target) {
      return fused ? target.fused() : target.vectors();
    }
  }

  /** All retrievers; graphs take longest. */
  static List<Entry> of(
      NormSequence drawn, NormRecall.Options options, Workers workers, Progress progress) {
    FrontierSuite suite = new FrontierSuite(drawn, options, workers);
    List<Runnable> parts =
        List.of(
            suite::exact,
            suite::channels,
            suite::fused,
            suite::fastScans,
            suite::scoreAware,
            suite::grids,
            suite::scalars,
            suite::hashes,
            suite::graphs,
            suite::fusedGraph);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).run();
      progress.at("making indexes", i + 1, parts.size());
    }
    return List.copyOf(suite.entries);
  }

  private void add(Family family, String method, Retriever retriever, double read, double beside) {
    entries.add(new Entry(family, method, retriever, true, read, beside));
  }

  private void add(
      Family family, String method, ChannelRetriever retriever, double read, double beside) {
    Retriever weighted = retriever.weighted(options.gamma());
    entries.add(new Entry(family, method, weighted, false, read, beside));
  }

  private void exact() {
    ExactRetriever fused = ExactRetriever.fused(drawn.events(), dims, options.gamma());
    add(Family.EXACT, "exact, fused keys", fused, FLOAT * dims, 0);
    ChannelRetriever all = ExactChannelRetriever.of(drawn.events(), channels, dims);
    add(Family.EXACT, "exact, per channel", all, FLOAT * channels * dims, 0);
  }

  private void channels() {
    for (int subspaces : List.of(dims / 16, dims / 8, dims / 4)) {
      channels(subspaces, CENTROIDS);
    }
    if (options.centroids() != CENTROIDS || options.subspaces() > dims / 4) {
      channels(options.subspaces(), options.centroids());
    }
  }

  private void channels(int subspaces, int centroids) {
    MultiModalQuantizer quantizer =
        MultiModalQuantizer.fit(
            drawn.learning(),
            channels,
            dims,
            pieces(subspaces, centroids),
            rng("channels/" + subspaces + "/" + centroids),
            workers);
    var codes = quantizer.encode(drawn.events(), workers);
    String size = "%d × %d × %d".formatted(channels, subspaces, centroids);
    double bytes = (double) channels * subspaces * (centroids > CENTROIDS ? 2 : 1);
    ProductRetriever symmetric = ProductRetriever.of(quantizer, codes, Mode.SYMMETRIC);
    add(Family.CHANNELS_SYMMETRIC, "symmetric PQ " + size, symmetric, bytes, 0);
    ProductRetriever asymmetric = ProductRetriever.of(quantizer, codes, Mode.ASYMMETRIC);
    add(Family.CHANNELS, "asymmetric PQ " + size, asymmetric, bytes, 0);
  }

  private void fused() {
    for (int subspaces : List.of(dims / 8, dims / 4, dims / 2, dims)) {
      Quantizer plain =
          ProductQuantizer.fit(
              learning, dims, pieces(subspaces, CENTROIDS), rng("fused/" + subspaces), workers);
      codes(Family.FUSED, "fused PQ ", plain);
    }
    for (int subspaces : List.of(dims / 8, dims / 4, dims / 2)) {
      Quantizer turned =
          RotatedQuantizer.fit(
              learning,
              dims,
              pieces(subspaces, CENTROIDS),
              TURNS,
              rng("turned/" + subspaces),
              workers);
      codes(Family.ROTATED, "OPQ ", turned);
    }
    for (int stages : List.of(dims / 16, dims / 8, dims / 4)) {
      KMeans.Options means = clustering(CENTROIDS);
      Quantizer residual =
          ResidualQuantizer.fit(learning, dims, stages, means, rng("residual/" + stages), workers);
      codes(Family.RESIDUAL, "residual PQ ", residual);
    }
  }

  private void codes(Family family, String name, Quantizer quantizer) {
    CodeRetriever retriever = CodeRetriever.of(quantizer, quantizer.encode(keys, workers));
    String size = "%d × %d".formatted(quantizer.columns(), quantizer.centroids());
    add(family, name + size, retriever, quantizer.columns(), 0);
  }

  private void fastScans() {
    for (int subspaces : List.of(dims / 4, dims / 2, dims)) {
      ProductQuantizer quantizer =
          ProductQuantizer.fit(
              learning, dims, pieces(subspaces, SMALL), rng("small/" + subspaces), workers);
      ScanRetriever scan = FastScanRetriever.of(quantizer, quantizer.encode(keys, workers));
      String size = "fast scan %d × %d".formatted(subspaces, SMALL);
      double bytes = subspaces / 2.0;
      add(Family.FAST_SCAN, size, scan, bytes, 0);
      refined(Family.REFINED, size, scan, bytes);
    }
  }

  private void refined(Family family, String name, ScanRetriever first, double bytes) {
    for (int factor : List.of(2, 4, 8)) {
      int least = factor / 2 * RefinedRetriever.Options.standard().least();
      RefinedRetriever.Options candidates = new RefinedRetriever.Options(factor, least);
      RefinedRetriever refined = RefinedRetriever.of(first, keys, candidates);
      String whole = "%s, best max(%d·K, %,d) refined".formatted(name, factor, least);
      add(family, whole, refined, bytes, FLOAT * dims);
    }
  }

  private void scoreAware() {
    for (int subspaces : List.of(dims / 4, dims / 2)) {
      ScoreAwareQuantizer.Options settings =
          ScoreAwareQuantizer.Options.of(pieces(subspaces, SMALL));
      Quantizer quantizer =
          ScoreAwareQuantizer.fitTurned(
              learning, dims, settings, TURNS, rng("score-aware/" + subspaces), workers);
      ScanRetriever scan = FastScanRetriever.of(quantizer, quantizer.encode(keys, workers));
      String name = "score-aware OPQ %d × %d".formatted(subspaces, SMALL);
      add(Family.SCORE_AWARE, name, scan, subspaces / 2.0, 0);
    }
  }

  /** Four bytes of an event are its scale. */
  private void grids() {
    for (int bits : List.of(1, 2, 4)) {
      Quantizer quantizer = GridQuantizer.rabitq(learning, dims, bits, rng("grid/" + bits));
      ScanRetriever scan = FastScanRetriever.of(quantizer, quantizer.encode(keys, workers));
      String name = "RaBitQ, %d bit%s".formatted(bits, bits == 1 ? "" : "s");
      double bytes = dims * bits / 8.0 + FLOAT;
      add(Family.RABITQ, name, scan, bytes, 0);
      refined(Family.RABITQ_REFINED, name, scan, bytes);
    }
  }

  private void scalars() {
    for (int bits : List.of(1, 2, 4, 8)) {
      ScalarRetriever scalar = ScalarRetriever.of(keys, dims, bits);
      String name = "scalar quantization, %d bit%s".formatted(bits, bits == 1 ? "" : "s");
      add(Family.SCALAR, name, scalar, dims * bits / 8.0 + 2 * FLOAT, 0);
    }
  }

  private void hashes() {
    for (int bits : List.of(2 * dims, 4 * dims, 8 * dims)) {
      CascadeRetriever lsh =
          CascadeRetriever.lsh(drawn.events(), channels, dims, bits, rng("lsh/" + bits));
      double bytes = channels * words(bits);
      String name = "LSH cascade, %d × %d bits".formatted(channels, bits);
      add(Family.LSH, name, lsh, bytes, FLOAT * channels * dims);
    }
    for (int bits : List.of(2 * dims, 4 * dims, 8 * dims, 16 * dims)) {
      HashRetriever hash = HashRetriever.of(keys, dims, bits, rng("simhash/" + bits));
      add(Family.SIMHASH, "SimHash, %d bits".formatted(bits), hash, words(bits), 0);
    }
  }

  /** Bytes of so many bits, which are read in whole words. */
  private static double words(int bits) {
    return Math.ceilDiv(bits, Long.SIZE) * (double) Long.BYTES;
  }

  private void graphs() {
    GraphOptions script = GraphOptions.script();
    CascadeRetriever cascade =
        CascadeRetriever.hnsw(
            drawn.events(), channels, dims, Metric.INNER_PRODUCT, script, workers);
    String name = "HNSW cascade, M = %d".formatted(script.links());
    add(Family.HNSW, name, cascade, channels * graphBytes(script.links()), 0);
  }

  private void fusedGraph() {
    GraphOptions script = GraphOptions.script();
    GraphOptions narrow =
        new GraphOptions(32, script.constructionWidth(), script.searchWidth(), script.seed());
    HnswRetriever fused = HnswRetriever.of(keys, dims, Metric.INNER_PRODUCT, narrow);
    for (int width : List.of(narrow.searchWidth(), 1024)) {
      String name = "HNSW of fused keys, efSearch = %d".formatted(width);
      HnswRetriever graph = fused.withSearchWidth(width);
      add(Family.HNSW_FUSED, name, graph, graphBytes(narrow.links()), 0);
    }
  }

  /** A vector and its links on the lowest level. */
  private double graphBytes(int links) {
    return FLOAT * dims + 2.0 * links * Integer.BYTES;
  }

  private static ProductQuantizer.Options pieces(int subspaces, int centroids) {
    return new ProductQuantizer.Options(subspaces, clustering(centroids));
  }

  /** Enough for quantizers whose data have no clusters. */
  private static KMeans.Options clustering(int centroids) {
    return new KMeans.Options(centroids, 12, 1e-3);
  }

  private SplittableRandom rng(String name) {
    return Rng.stream("frontier/" + name, options.seed());
  }
}
