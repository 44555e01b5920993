package seminar.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.GridQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.retrieve.IndexPack;
import seminar.retrieve.RetrievalIndex;
import seminar.search.InterestModel;
import seminar.search.PairVectors;

/**
 * How histories become codes and packs of {@link IndexedHistories}.
 *
 * @param users numbers of those whose histories are written
 */
record IndexWriting(
    PairVectors vectors,
    Corpus corpus,
    Quantizer quantizer,
    int[] users,
    Workers workers,
    Progress progress) {
  private static final int ITERATIONS = 12;
  private static final double TOLERANCE = 1e-3;
  private static final long PACK = 256L << 20; // bytes
  private static final int AT_ONCE = 64; // histories that are encoded before they are written
  private static final int BITS = 4;
  private static final int SAMPLE = 2000;
  private static final long SEED = 1;

  /** Product codes of four bits, learned from events of all histories. */
  static Quantizer learn(
      PairVectors vectors, Corpus corpus, IndexedHistories.Options options, Workers workers) {
    return ProductQuantizer.fit(
        sample(vectors, corpus, options.sample(), options.seed()),
        vectors.dims(),
        new ProductQuantizer.Options(
            options.subspaces(),
            new KMeans.Options(IndexedHistories.Options.CENTROIDS, ITERATIONS, TOLERANCE),
            options.sample()),
        Rng.stream("index/codebook", options.seed()),
        workers);
  }

  /**
   * Codes of four bits a number that need no learning but that of a mean (RaBitQ), for histories
   * that are indexed in memory alone.
   */
  static Quantizer roundings(InterestModel model, Corpus corpus) {
    int dims = model.options().dims();
    if (!model.method().choosesByAttention() || corpus.histories().events() == 0) {
      return GridQuantizer.of(dims, BITS);
    }
    Histories histories = corpus.histories();
    SplittableRandom rng = Rng.stream("index/sample", SEED);
    long[] some = rng.longs(SAMPLE, 0, histories.events()).toArray();
    int[] items = Arrays.stream(some).mapToInt(histories::item).toArray();
    int[] queries = Arrays.stream(some).mapToInt(histories::query).toArray();
    float[] sample = model.vectors().keys(items, queries);
    return GridQuantizer.rabitq(sample, dims, BITS, Rng.stream("index/rotation", SEED));
  }

  /** Keys of events drawn from all histories, at most so many. */
  private static float[] sample(PairVectors vectors, Corpus corpus, int most, long seed) {
    Histories histories = corpus.histories();
    int events = Math.toIntExact(histories.events());
    SplittableRandom rng = Rng.stream("index/sample", seed);
    int[] order = Rng.permutation(rng, events);
    int[] chosen = Arrays.copyOf(order, Math.min(events, most));
    Arrays.sort(chosen);
    return IndexedHistories.keys(vectors, histories, chosen);
  }

  /**
   * Writes histories to a pack until it is full.
   *
   * @param from the place of the first among the users
   * @return the place of the next
   */
  int pack(int from, Path file) throws IOException {
    try (IndexPack.Writer writer = IndexPack.Writer.of(file, quantizer)) {
      int at = from;
      while (at < users.length && writer.bytes() < PACK) {
        int first = at;
        RetrievalIndex[] indexes = new RetrievalIndex[Math.min(AT_ONCE, users.length - first)];
        float[][] keys = new float[indexes.length][];
        Arrays.setAll(keys, i -> keys(users[first + i]));
        workers.forEach(
            indexes.length,
            (shard, start, end) -> {
              for (int i = start; i < end; i++) {
                indexes[i] = RetrievalIndex.of(quantizer, keys[i], workers);
              }
            });
        for (RetrievalIndex index : indexes) {
          writer.add(users[at], index);
          at++;
        }
        progress.at("indexing histories", at, users.length);
      }
      writer.finish();
      return at;
    }
  }

  /** The fused events of a history [L, d]. */
  private float[] keys(int user) {
    int count = corpus.histories().length(user);
    int[] items = new int[count];
    int[] queries = new int[count];
    corpus.histories().copy(user, 0, count, items, queries, 0);
    return vectors.keys(items, queries);
  }
}
