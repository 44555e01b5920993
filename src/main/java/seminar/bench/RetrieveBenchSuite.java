package seminar.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import seminar.math.Lanes;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
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
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScanRetriever;
import seminar.retrieve.Target;

/** The retrievers that {@link RetrieveBench} compares over one history. */
final class RetrieveBenchSuite {
  static final String EXACT = "exact, fused keys";
  private static final int DIMS = RetrieveBench.DIMS;
  private static final int CHANNELS = RetrieveBench.CHANNELS;
  private static final Workers WORKERS = Workers.common();

  /** As many vectors as codebooks are learned from: enough for times, and nearly for recall. */
  private static final int LEARNING = 4000;

  private final float[] events;
  private final float[] gamma;
  private final long seed;
  private final float[] keys; // [L, d]
  private final ExactRetriever exact;
  private final List<Entry> entries = new ArrayList<>();

  private RetrieveBenchSuite(float[] events, float[] gamma, long seed) {
    this.events = events;
    this.gamma = gamma;
    this.seed = seed;
    this.keys = FusedKeys.keys(events, gamma, DIMS);
    this.exact = ExactRetriever.fused(events, DIMS, gamma);
  }

  /**
   * One retriever.
   *
   * @param name what it is called
   * @param retriever searches
   * @param exact the truth
   * @param fused whether its query is the fused target, else the target's channels
   * @param bytes memory that a search reads
   * @param bytesPerEvent memory of the first stage, tables left out
   */
  record Entry(
      String name,
      Retriever retriever,
      ExactRetriever exact,
      boolean fused,
      long bytes,
      double bytesPerEvent) {
    /** A target as the retriever takes it. */
    float[] query(Target target) {
      return fused ? target.fused() : target.vectors();
    }
  }

  /**
   * All retrievers over events [L, 4, 64].
   *
   * @param large whether those are made whose making or search takes long
   */
  static List<Entry> of(float[] events, float[] gamma, boolean large, long seed) {
    RetrieveBenchSuite suite = new RetrieveBenchSuite(events, gamma, seed);
    suite.add(EXACT, suite.exact, 4.0 * DIMS);
    ChannelRetriever channels = ExactChannelRetriever.of(events, CHANNELS, DIMS);
    suite.add("exact, per channel", channels, 4.0 * DIMS * CHANNELS);
    suite.codes();
    suite.fastScans();
    if (large) {
      suite.rivals();
    }
    return List.copyOf(suite.entries);
  }

  private void add(String name, Retriever retriever, double bytesPerEvent) {
    long bytes =
        retriever instanceof ScanRetriever scan
            ? scan.bytes()
            : Math.round(bytesPerEvent * retriever.size());
    entries.add(new Entry(name, retriever, exact, true, bytes, bytesPerEvent));
  }

  private void add(String name, ChannelRetriever retriever, double bytesPerEvent) {
    long bytes = Math.round(bytesPerEvent * retriever.size());
    entries.add(new Entry(name, retriever.weighted(gamma), exact, false, bytes, bytesPerEvent));
  }

  private void codes() {
    ProductQuantizer fused = fit(32, 256);
    add("PQ 32 x 256, fused", CodeRetriever.of(fused, fused.encode(keys, WORKERS)), 32);
    for (int centroids : List.of(256, RetrieveBench.CENTROIDS)) {
      MultiModalQuantizer quantizer = channels(centroids);
      ProductRetriever retriever =
          ProductRetriever.of(quantizer, quantizer.encode(events, WORKERS), Mode.ASYMMETRIC);
      double bytes = centroids > 256 ? 64 : 32;
      add("PQ 4 x 8 x %d, per channel".formatted(centroids), retriever, bytes);
    }
  }

  private void fastScans() {
    for (int columns : List.of(32, 64)) {
      ProductQuantizer quantizer = fit(columns, 16);
      ScanRetriever scan = FastScanRetriever.of(quantizer, quantizer.encode(keys, WORKERS));
      add("fast scan %d x 16, fused".formatted(columns), scan, columns / 2.0);
      int candidates = columns == 64 ? 256 : 512;
      RefinedRetriever refined =
          RefinedRetriever.of(scan, keys, new RefinedRetriever.Options(1, candidates));
      add("fast scan %d x 16, %d refined".formatted(columns, candidates), refined, columns / 2.0);
    }
  }

  /** What takes long to make or to search. */
  private void rivals() {
    MultiModalQuantizer quantizer = channels(256);
    ProductRetriever paper =
        ProductRetriever.of(quantizer, quantizer.encode(events, WORKERS), Mode.SYMMETRIC_TABLE);
    add("PQ 4 x 8 x 256, the paper's table", paper, 32);
    add("SimHash of 256 bits, fused", HashRetriever.of(keys, DIMS, 256, rng("hash")), 32);
    CascadeRetriever lsh = CascadeRetriever.lsh(events, CHANNELS, DIMS, 4 * DIMS, rng("lsh"));
    add("cascade over LSH, 256 bits", lsh, 4 * DIMS / 8.0 * CHANNELS);
    CascadeRetriever graphs =
        CascadeRetriever.hnsw(
            events, CHANNELS, DIMS, Metric.INNER_PRODUCT, GraphOptions.script(), WORKERS);
    add("cascade over HNSW", graphs, 4.0 * CHANNELS * DIMS);
  }

  private ProductQuantizer fit(int subspaces, int centroids) {
    float[] some = Arrays.copyOf(keys, Math.min(keys.length, LEARNING * DIMS));
    return ProductQuantizer.fit(
        some, DIMS, options(subspaces, centroids), rng("fused/" + centroids), WORKERS);
  }

  private MultiModalQuantizer channels(int centroids) {
    float[] some = Arrays.copyOf(events, Math.min(events.length, LEARNING * CHANNELS * DIMS));
    return MultiModalQuantizer.fit(
        some, CHANNELS, DIMS, options(8, centroids), rng("channels/" + centroids), WORKERS);
  }

  private static ProductQuantizer.Options options(int subspaces, int centroids) {
    return new ProductQuantizer.Options(subspaces, new KMeans.Options(centroids, 12, 1e-3));
  }

  private SplittableRandom rng(String name) {
    return Rng.stream("bench/retrieve/" + name, seed);
  }

  /** Reads numbers as fast as the machine can. */
  static float sum(float[] values, int count) {
    int lanes = Lanes.SPECIES.length();
    FloatVector sum0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int i = 0;
    for (; i <= count - 4 * lanes; i += 4 * lanes) {
      sum0 = sum0.add(FloatVector.fromArray(Lanes.SPECIES, values, i));
      sum1 = sum1.add(FloatVector.fromArray(Lanes.SPECIES, values, i + lanes));
      sum2 = sum2.add(FloatVector.fromArray(Lanes.SPECIES, values, i + 2 * lanes));
      sum3 = sum3.add(FloatVector.fromArray(Lanes.SPECIES, values, i + 3 * lanes));
    }
    float total = Lanes.sum(sum0.add(sum1).add(sum2.add(sum3)));
    for (; i < count; i++) {
      total += values[i];
    }
    return total;
  }
}
