package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * What this machine does at best, measured here and now: the ceiling against which times of
 * operations are read (Williams, Waterman and Patterson, Roofline, CACM 2009).
 *
 * @param gigaflopsOneThread a large product in single precision on one thread, in 10⁹
 *     floating-point operations each second
 * @param gigaflops the same on all threads
 * @param copyGigabytes a large copy on all threads, in 10⁹ bytes each second, those read and those
 *     written
 * @param threads how many threads "all" are
 */
public record MachinePeak(
    double gigaflopsOneThread, double gigaflops, double copyGigabytes, int threads) {
  private static final int SIZE = 1536;
  private static final int BLOCK = 96;
  private static final long COPY_BYTES = 1L << 27;
  private static final long SLICE = 1L << 20;
  private static final double SECONDS_EACH = 0.6;

  /**
   * Measures for about two seconds, and keeps the best of several runs of each.
   *
   * @throws IllegalStateException if ND4J keeps its memory on a GPU, whose peak this is not
   */
  public static MachinePeak measure(Workers workers) {
    if (!Matrix.onHost()) {
      throw new IllegalStateException(
          "ND4J computes on a GPU here: only the peak of the CPU can be measured");
    }
    try (Workers one = Workers.of(1)) {
      Matrix a = Matrix.zeros(SIZE, SIZE);
      Matrix b = Matrix.zeros(SIZE, SIZE);
      Matrix c = Matrix.zeros(SIZE, SIZE);
      double flops = 2.0 * SIZE * SIZE * SIZE;
      double alone = flops / best(() -> multiply(one, a, b, c)) / 1e9;
      double together = flops / best(() -> multiply(workers, a, b, c)) / 1e9;
      return new MachinePeak(alone, together, copy(workers), workers.threads());
    }
  }

  /** The better of this and another measurement of the same machine, number by number. */
  public MachinePeak best(MachinePeak other) {
    return new MachinePeak(
        Math.max(gigaflopsOneThread, other.gigaflopsOneThread),
        Math.max(gigaflops, other.gigaflops),
        Math.max(copyGigabytes, other.copyGigabytes),
        Checks.sameLength("threads", threads, "threads of the other", other.threads));
  }

  private static void multiply(Workers workers, Matrix a, Matrix b, Matrix c) {
    workers.forEach(
        SIZE / BLOCK,
        (shard, from, to) ->
            Blas.multiply(
                (to - from) * BLOCK,
                SIZE,
                SIZE,
                1,
                Blas.Operand.of(a).at((long) from * BLOCK * SIZE),
                Blas.Operand.of(b),
                0,
                Blas.Operand.of(c).at((long) from * BLOCK * SIZE)));
  }

  private static double copy(Workers workers) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment from = arena.allocate(COPY_BYTES, 64).fill((byte) 1);
      MemorySegment to = arena.allocate(COPY_BYTES, 64).fill((byte) 2);
      int slices = (int) (COPY_BYTES / SLICE);
      double seconds =
          best(
              () ->
                  workers.forEach(
                      slices,
                      (shard, first, last) ->
                          MemorySegment.copy(
                              from, first * SLICE, to, first * SLICE, (last - first) * SLICE)));
      return 2 * COPY_BYTES / seconds / 1e9;
    }
  }

  /** The shortest time of several runs, in seconds. */
  private static double best(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    do {
      long before = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - before) / 1e9);
    } while ((System.nanoTime() - start) / 1e9 < SECONDS_EACH);
    return best;
  }
}
