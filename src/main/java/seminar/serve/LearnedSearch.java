package seminar.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.GridQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.ScoreAwareQuantizer;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.CodeRetriever;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.FastScanRetriever;
import seminar.retrieve.HashRetriever;
import seminar.retrieve.HnswRetriever;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScalarRetriever;
import seminar.search.PairVectors;

/**
 * A way to search histories, learned once and applied to each: the settings of every {@link
 * SearchKind}, for d = 64 those of {@code bench retrieve} and Figure 2.
 *
 * <table>
 * <caption>Settings; S is the largest number of pieces up to the stated one that divides d</caption>
 * <tr><td>pq</td><td>S = 32 of 256 centroids</td></tr>
 * <tr><td>pq4, refined</td><td>S = 64 of 16 centroids; max(2·K, 256) exact scores</td></tr>
 * <tr><td>score-aware</td><td>S = 32 of 16 centroids after a learned rotation</td></tr>
 * <tr><td>rabitq, scalar</td><td>four bits a number</td></tr>
 * <tr><td>rq</td><td>16 stages of 256 centroids</td></tr>
 * <tr><td>hnsw</td><td>32 links, efConstruction 64, efSearch max(64, K)</td></tr>
 * <tr><td>lsh</td><td>4·d bits</td></tr>
 * <tr><td>paper</td><td>S = 8 of 512 centroids for each channel</td></tr>
 * </table>
 *
 * @param kind its name
 * @param bytes that a search of all events reads of each
 * @param bytesBeside that are kept of each for a second stage
 * @param maker of retrievers
 * @param queries what heads look for
 */
record LearnedSearch(
    SearchKind kind, double bytes, double bytesBeside, Maker maker, HeadQueries queries) {
  private static final int CODES = 32;
  private static final int SMALL_CODES = 64;
  private static final int CENTROIDS = 256;
  private static final int SMALL = 16;
  private static final int BITS = 4;
  private static final int STAGES = 16;
  private static final int TURNS = 20;
  private static final int PAPER_CODES = 8;
  private static final int PAPER_CENTROIDS = 512;
  private static final GraphOptions GRAPH = new GraphOptions(32, 64, 64, 1);

  /** Makes the retriever of a history. */
  interface Maker {
    /** Over the events of one history; called by several threads. */
    Retriever over(PairKeys history);
  }

  /** What each head looks for when a pair is the candidate; used by one thread at a time. */
  interface HeadQueries {
    /** r [H][d]. */
    float[][] of(int item, int query);

    /** The same, each computed once: candidates come again. */
    static HeadQueries remembered(HeadQueries queries) {
      Map<Long, float[][]> known = new HashMap<>();
      return (item, query) ->
          known.computeIfAbsent(((long) query << 32) | item, pair -> queries.of(item, query));
    }
  }

  /** Whether makers need channels apart. */
  boolean apart() {
    return kind == SearchKind.PAPER;
  }

  /** Product codes that are known already, summed as floats whatever their size. */
  static LearnedSearch of(ProductQuantizer quantizer, PairVectors vectors, Workers workers) {
    return new LearnedSearch(
        SearchKind.PQ,
        bytes(quantizer, false),
        0,
        history -> CodeRetriever.of(quantizer, quantizer.encode(history.keys(), workers)),
        HeadQueries.remembered(vectors::headQueries));
  }

  /**
   * Learns searches of one model.
   *
   * @param queries what heads look for, shared by all searches that take targets as they are
   * @param sample what codebooks are learned from
   * @param seed of all that is drawn
   */
  record Learning(
      PairVectors vectors, HeadQueries queries, PairKeys sample, long seed, Workers workers) {
    Learning(PairVectors vectors, PairKeys sample, long seed, Workers workers) {
      this(vectors, HeadQueries.remembered(vectors::headQueries), sample, seed, workers);
    }

    LearnedSearch of(SearchKind kind) {
      int d = vectors.dims();
      double floats = (double) Float.BYTES * d;
      float[] one = {1};
      return switch (kind) {
        case EXACT -> search(kind, floats, 0, h -> ExactRetriever.fused(h.keys(), d, one));
        case PQ -> codes(kind, product(kind, pieces(CODES), CENTROIDS));
        case PQ4 -> codes(kind, product(kind, pieces(SMALL_CODES), SMALL));
        case REFINED -> refined(product(SearchKind.PQ4, pieces(SMALL_CODES), SMALL));
        case SCORE_AWARE -> codes(kind, scoreAware());
        case RABITQ -> codes(kind, GridQuantizer.rabitq(sample.keys(), d, BITS, rng(kind)));
        case RQ -> codes(kind, residual());
        case SCALAR -> {
          double bytes = d * BITS / (double) Byte.SIZE + 2 * Float.BYTES;
          yield search(kind, bytes, 0, h -> ScalarRetriever.of(h.keys(), d, BITS));
        }
        case HNSW -> {
          double links = 2.0 * GRAPH.links() * Integer.BYTES;
          Maker graph = h -> HnswRetriever.of(h.keys(), d, Metric.INNER_PRODUCT, GRAPH);
          yield search(kind, floats + links, 0, graph);
        }
        case LSH -> {
          double bytes = Math.ceilDiv(4 * d, Long.SIZE) * (double) Long.BYTES;
          yield search(kind, bytes, 0, h -> HashRetriever.of(h.keys(), d, 4 * d, rng(kind)));
        }
        case PAPER -> paper();
      };
    }

    private LearnedSearch search(SearchKind kind, double bytes, double beside, Maker maker) {
      return new LearnedSearch(kind, bytes, beside, maker, queries);
    }

    LearnedSearch codes(SearchKind kind, Quantizer quantizer) {
      return search(kind, bytes(quantizer, kind == SearchKind.RABITQ), 0, h -> scan(quantizer, h));
    }

    private Retriever scan(Quantizer quantizer, PairKeys history) {
      var codes = quantizer.encode(history.keys(), workers);
      return quantizer.centroids() <= SMALL
          ? FastScanRetriever.of(quantizer, codes)
          : CodeRetriever.of(quantizer, codes);
    }

    private LearnedSearch refined(Quantizer quantizer) {
      RefinedRetriever.Options candidates = RefinedRetriever.Options.standard();
      return search(
          SearchKind.REFINED,
          bytes(quantizer, false),
          (double) Float.BYTES * vectors.dims(),
          h ->
              RefinedRetriever.of(
                  FastScanRetriever.of(quantizer, quantizer.encode(h.keys(), workers)),
                  h.keys(),
                  candidates));
    }

    private LearnedSearch paper() {
      int d = vectors.dims();
      ChannelCodes codes =
          ChannelCodes.fit(
              sample.parts(),
              d,
              pieces(PAPER_CODES),
              clustering(PAPER_CENTROIDS),
              rng(SearchKind.PAPER),
              workers);
      return new LearnedSearch(
          SearchKind.PAPER,
          codes.bytes(),
          0,
          h -> ExactRetriever.fused(codes.decoded(h.parts()), d, new float[] {1}),
          HeadQueries.remembered(
              (item, query) -> vectors.headQueries(codes.decoded(vectors, item, query))));
    }

    private ProductQuantizer product(SearchKind kind, int pieces, int centroids) {
      ProductQuantizer.Options settings =
          new ProductQuantizer.Options(pieces, clustering(centroids));
      return ProductQuantizer.fit(sample.keys(), vectors.dims(), settings, rng(kind), workers);
    }

    private Quantizer scoreAware() {
      ProductQuantizer.Options settings =
          new ProductQuantizer.Options(pieces(CODES), clustering(SMALL));
      return ScoreAwareQuantizer.fitTurned(
          sample.keys(),
          vectors.dims(),
          ScoreAwareQuantizer.Options.of(settings),
          TURNS,
          rng(SearchKind.SCORE_AWARE),
          workers);
    }

    /** Learned from the best sums alone, which takes an eighth of the time; encoded by a beam. */
    private Quantizer residual() {
      ResidualQuantizer.Options settings =
          new ResidualQuantizer.Options(STAGES, clustering(CENTROIDS), true, 1);
      return ResidualQuantizer.fit(
              sample.keys(), vectors.dims(), settings, rng(SearchKind.RQ), workers)
          .withBeam(ResidualQuantizer.BEAM);
    }

    private static KMeans.Options clustering(int centroids) {
      return new KMeans.Options(centroids, 12, 1e-3);
    }

    /** The largest number up to {@code most} that divides d. */
    private int pieces(int most) {
      int pieces = Math.min(most, vectors.dims());
      while (vectors.dims() % pieces != 0) {
        pieces--;
      }
      return pieces;
    }

    private SplittableRandom rng(SearchKind kind) {
      return Rng.stream("search/" + kind, seed);
    }
  }

  /** Codes of an event, packed, and its scale. */
  private static double bytes(Quantizer quantizer, boolean scaled) {
    double code = quantizer.centroids() <= SMALL ? 0.5 : quantizer.centroids() <= 256 ? 1 : 2;
    return quantizer.columns() * code + (scaled ? Float.BYTES : 0);
  }
}
