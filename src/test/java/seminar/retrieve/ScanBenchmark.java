package seminar.retrieve;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import seminar.math.Rng;
import seminar.quantize.Codes;
import seminar.quantize.ProductQuantizer;

/**
 * Each scan alone, on one thread and without its tables, with the best 64 kept but not put in
 * order: {@code ./seminar bench scans}. Whole searches: {@code ./seminar bench retrieve}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScanBenchmark {
  private static final int DIMS = 64;
  private static final int TOP_K = 64;

  /** L. */
  @Param({"10000", "100000"})
  private int events;

  private final float[] scores = new float[KeyBlocks.CHUNK];
  private final Best best = new Best();
  private float[] query;
  private KeyBlocks keys;
  private CodeBlocks codes256;
  private CodeBlocks codes512;
  private FastScanRetriever nibbles32;
  private FastScanRetriever nibbles64;
  private SearchScratch scratch32;
  private SearchScratch scratch64;
  private HashRetriever hashes;
  private float[][] tables256;
  private float[][] tables512;
  private long[] bits;

  /** Random keys, codes and tables. */
  @Setup
  public void fill() {
    float[] values = new float[events * DIMS];
    Rng.gaussian(Rng.stream("bench/keys", 1), values, 1);
    query = new float[DIMS];
    Rng.gaussian(Rng.stream("bench/query", 1), query, 1);
    keys = new KeyBlocks(values, DIMS);
    codes256 = new CodeBlocks(codes(32, 256));
    codes512 = new CodeBlocks(codes(32, 512));
    nibbles32 = fastScan(32);
    nibbles64 = fastScan(64);
    scratch32 = nibbles32.newScratch();
    scratch64 = nibbles64.newScratch();
    System.arraycopy(query, 0, scratch32.query, 0, DIMS);
    System.arraycopy(query, 0, scratch64.query, 0, DIMS);
    hashes =
        new HashRetriever(
            SignHash.gaussian(1, 4 * Long.SIZE, Rng.stream("bench/hash", 1)),
            Rng.stream("bench/bits", 1).longs(4L * events).toArray());
    bits = Rng.stream("bench/target", 1).longs(4).toArray();
    tables256 = new float[32][256];
    tables512 = new float[32][512];
    for (int s = 0; s < 32; s++) {
      Rng.gaussian(Rng.stream("bench/table", s), tables256[s], 1);
      Rng.gaussian(Rng.stream("bench/table", s), tables512[s], 1);
    }
  }

  private FastScanRetriever fastScan(int columns) {
    float[] codebook = new float[16 * DIMS];
    Rng.gaussian(Rng.stream("bench/codebook", 1), codebook, 1);
    return FastScanRetriever.of(ProductQuantizer.of(codebook, DIMS, columns), codes(columns, 16));
  }

  private Codes codes(int columns, int centroids) {
    int[] drawn = Rng.stream("bench/codes", 1).ints(events * columns, 0, centroids).toArray();
    return Codes.of(drawn, columns, centroids);
  }

  /** 64 floats an event. */
  @Benchmark
  public int exact() {
    best.reset(TOP_K);
    for (int first = 0; first < events; first += KeyBlocks.CHUNK) {
      best.offer(scores, keys.score(query, first, scores), first);
    }
    return best.settle();
  }

  /** 32 codes of a byte. */
  @Benchmark
  public int codes32x256() {
    return codes(codes256, tables256);
  }

  /** 32 codes of nine bits in two bytes; tables do not fit into the first cache. */
  @Benchmark
  public int codes32x512() {
    return codes(codes512, tables512);
  }

  private int codes(CodeBlocks blocks, float[][] tables) {
    best.reset(TOP_K);
    for (int first = 0; first < events; first += CodeBlocks.ROWS) {
      best.offer(scores, blocks.score(tables, first, scores), first);
    }
    return best.settle();
  }

  /** 32 codes of four bits, their tables included. */
  @Benchmark
  public int fastScan32x16() {
    return fastScan(nibbles32, scratch32);
  }

  /** 64 codes of four bits, their tables included. */
  @Benchmark
  public int fastScan64x16() {
    return fastScan(nibbles64, scratch64);
  }

  private static int fastScan(FastScanRetriever retriever, SearchScratch scratch) {
    retriever.candidates(scratch, TOP_K, Subset.all());
    return scratch.best.settle();
  }

  /** 256 bits an event. */
  @Benchmark
  public int hamming256() {
    best.reset(TOP_K);
    hashes.scan(bits, scores, best, 0, events);
    return best.settle();
  }
}
