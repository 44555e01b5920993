package seminar.feature;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import seminar.file.Precision;
import seminar.math.Rng;

/**
 * Texts, pictures and rows per second, on all processors where an encoder works on batches.
 *
 * <p>1,024 texts of 12 of 5,000 words; 64 pictures of 64 × 64 pixels; 4,096 rows of 512 numbers in
 * random order from files that lie in the page cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FeatureBenchmark {
  private static final int TEXTS = 1024;
  private static final int PICTURES = 64;
  private static final int ROWS = 4096;
  private static final int DIMS = 512;

  private final List<String> texts = new ArrayList<>();
  private final List<BufferedImage> pictures = new ArrayList<>();
  private final float[] into = new float[DIMS];
  private HashedText hashed;
  private LatentSemantics lsa;
  private Encoder<BufferedImage> descriptor;
  private Path folder;
  private NpyStore single;
  private NpyStore half;
  private int[] order;

  /** Random words, noise and rows. */
  @Setup
  public void fill() throws IOException {
    SplittableRandom rng = Rng.stream("bench/feature", 1);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 12; w++) {
        text.append("word").append((int) (5000 * Math.pow(rng.nextDouble(), 3))).append(' ');
      }
      texts.add(text.toString());
    }
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 64 * 64; p++) {
        picture.setRGB(p % 64, p / 64, rng.nextInt());
      }
      pictures.add(picture);
    }
    hashed = HashedText.fit(texts, 64);
    lsa = LatentSemantics.fit(texts, LatentSemantics.Options.of(64, 1));
    descriptor = PictureDescriptor.encoder();
    float[] values = new float[ROWS * DIMS];
    Rng.gaussian(rng, values, 1);
    folder = Files.createTempDirectory("bench-feature");
    FeatureStore store = FeatureStore.of(DIMS, values);
    NpyStore.write(folder.resolve("f4.npy"), store, Precision.SINGLE);
    NpyStore.write(folder.resolve("f2.npy"), store, Precision.HALF);
    single = NpyStore.open(folder.resolve("f4.npy"));
    half = NpyStore.open(folder.resolve("f2.npy"));
    order = Rng.permutation(rng, ROWS);
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    for (String name : List.of("f4.npy", "f2.npy", "")) {
      Files.delete(folder.resolve(name));
    }
  }

  /** Texts to 64 hashed numbers. */
  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public List<float[]> hashedTexts() {
    return hashed.encodeBatch(texts);
  }

  /** Texts to 64 numbers of their latent semantics. */
  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public List<float[]> latentTexts() {
    return lsa.encodeBatch(texts);
  }

  /** Texts that a space of 64 numbers is fitted to. */
  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public LatentSemantics latentFit() {
    return LatentSemantics.fit(texts, LatentSemantics.Options.of(64, 1));
  }

  /** Pictures to their descriptors. */
  @Benchmark
  @OperationsPerInvocation(PICTURES)
  public List<float[]> describedPictures() {
    return descriptor.encodeBatch(pictures);
  }

  /** Rows in single precision, one thread. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] singleRows() {
    for (int row : order) {
      single.copyRow(row, into, 0);
    }
    return into;
  }

  /** Rows in half precision, one thread. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] halfRows() {
    for (int row : order) {
      half.copyRow(row, into, 0);
    }
    return into;
  }
}
