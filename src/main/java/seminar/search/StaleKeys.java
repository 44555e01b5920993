package seminar.search;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.CodedChoice;
import seminar.model.Fusion;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.train.Batches;

/**
 * Product codes of all events as they were some steps ago, by which a training may choose (TA-6).
 *
 * <p>At a renewal every item and query is encoded and fused with the parameters of that step, and
 * the codebook moves to the pairs of some events that training may know; in between both stay. A
 * pair follows from its item and query, and its code from the pair, so nothing else need be kept.
 * Both are parameters that never learn: a checkpoint holds them, and a training that goes on from
 * it between two renewals chooses the same events.
 *
 * <p>Shapes: V queries, I items, E events, d dims; S subspaces of C centroids.
 */
final class StaleKeys {
  private static final int SAMPLE_PER_CENTROID = 64;

  /** How often centroids move at a renewal after the first. */
  private static final int MOVES = 5;

  private final CodedChoice options;
  private final int dims;
  private final long seed;
  private final Workers workers;
  private final Parameter codebook; // [S · C, d/S]
  private final CatalogVectors table;
  private final Scratch scratch = new Scratch();

  /**
   * Makes the parameters, named {@code codes/...}; there are no codes before the first renewal.
   *
   * @param fusion of whole pairs
   * @param seed of the first codebook
   */
  StaleKeys(
      Backend backend,
      Workers workers,
      Parameters parameters,
      Corpus corpus,
      Channels channels,
      Fusion fusion,
      ModelOptions model,
      long seed) {
    this.workers = workers;
    this.seed = seed;
    options = model.attention().coded();
    dims = model.dims();
    int v = corpus.queries().eosQuery() + 1;
    int items = corpus.catalog().eos() + 1;
    Parameter vectors = parameters.table("codes/vectors", Math.addExact(v, items), dims, 0);
    int sub = dims / options.subspaces();
    codebook =
        parameters.table("codes/codebook", options.subspaces() * options.centroids(), sub, 0);
    vectors.freeze(true);
    codebook.freeze(true);
    table = new CatalogVectors(backend, fusion, channels, vectors.value(), v);
  }

  /**
   * Makes all codes anew where it is time.
   *
   * @param step how many steps were done
   */
  void renew(int step, Batches batches) {
    if (step % options.every() != 0) {
      return;
    }
    table.encode();
    int most = Math.multiplyExact(SAMPLE_PER_CENTROID, options.centroids());
    Batches.Events some = batches.events("codes/" + step, most);
    float[] pairs = pairs(some.items(), some.queries());
    codebook.set(step == 0 ? fit(pairs) : moved(pairs));
  }

  private float[] fit(float[] pairs) {
    ProductQuantizer.Options from =
        ProductQuantizer.Options.of(options.subspaces(), options.centroids());
    return ProductQuantizer.fit(pairs, dims, from, Rng.stream("train/codes", seed), workers)
        .codebook();
  }

  private float[] moved(float[] pairs) {
    KMeans.Options usual = KMeans.Options.of(options.centroids());
    KMeans.Options few = new KMeans.Options(usual.centroids(), MOVES, usual.tolerance());
    return quantizer()
        .refine(pairs, new ProductQuantizer.Options(options.subspaces(), few), workers)
        .codebook();
  }

  /**
   * The keys k̂ that the codes of a batch's events stand for.
   *
   * @return [E, d], valid until the next call
   * @throws IllegalStateException before the first renewal
   */
  Matrix keys(Batch batch) {
    ProductQuantizer quantizer = quantizer();
    float[] pairs = pairs(batch.items(), batch.queries());
    Matrix keys = scratch.matrix("keys", batch.items().length, dims);
    keys.set(quantizer.decode(quantizer.encode(pairs, workers)));
    return keys;
  }

  private ProductQuantizer quantizer() {
    float[] centroids = codebook.value().toArray();
    if (Arrays.equals(centroids, new float[centroids.length])) {
      throw new IllegalStateException(
          "there are no codes to choose events by: a step of training begins with renew");
    }
    return ProductQuantizer.of(centroids, dims, options.subspaces());
  }

  /** The pairs of the last renewal [n, d]. */
  private float[] pairs(int[] items, int[] queries) {
    Matrix pairs = scratch.matrix("pairs", items.length, dims);
    table.pairs(items, queries, pairs);
    return pairs.toArray();
  }
}
