package seminar.math;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that work on numbered shards.
 *
 * <p>Work over {@code n} elements is cut into a number of shards that depends on {@code n} alone,
 * never on the number of threads. A caller that keeps one partial sum per shard and adds them in
 * shard order therefore gets the same bits with any number of threads. A call from inside a shard
 * runs its shards one after the other on the calling thread.
 */
public final class Workers implements AutoCloseable {
  /** The most shards that one call is cut into. */
  public static final int MAX_SHARDS = 32;

  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
  private static final Workers COMMON = new Workers(Runtime.getRuntime().availableProcessors());

  private final int threads;
  private final ExecutorService pool;

  private Workers(int threads) {
    this.threads = Checks.atLeast(1, "threads", threads);
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1, task -> Thread.ofPlatform().daemon().name("worker").unstarted(task));
  }

  /** Work on the elements {@code [from, to)}, which are shard number {@code shard}. */
  @FunctionalInterface
  public interface Shard {
    /** Does the work; called once for each shard, on any thread. */
    void run(int shard, int from, int to);
  }

  /**
   * Workers with their own threads, the caller's included.
   *
   * @throws IllegalArgumentException if {@code threads < 1}
   */
  public static Workers of(int threads) {
    return new Workers(threads);
  }

  /** The workers shared by the whole program, one thread for each processor. */
  public static Workers common() {
    return COMMON;
  }

  /** How many threads work, the caller's included. */
  public int threads() {
    return threads;
  }

  /** Into how many shards {@code n} elements are cut: {@code min(n, MAX_SHARDS)}. */
  public static int shards(int n) {
    return Math.min(n, MAX_SHARDS);
  }

  /**
   * Runs the body once for each shard of {@code n} elements and waits for all.
   *
   * @throws RuntimeException or Error that a shard threw: that of the lowest shard
   * @throws IllegalStateException if these workers are closed
   */
  public void forEach(int n, Shard body) {
    if (pool != null && pool.isShutdown()) {
      throw new IllegalStateException(
          "workers of %d threads are closed: use them before, or make new ones".formatted(threads));
    }
    int shards = shards(n);
    if (shards <= 1 || pool == null || INSIDE.get()) {
      for (int shard = 0; shard < shards; shard++) {
        run(body, shard, shards, n);
      }
      return;
    }
    Throwable[] failures = new Throwable[shards];
    AtomicInteger next = new AtomicInteger();
    int helpers = Math.min(threads, shards) - 1;
    CountDownLatch done = new CountDownLatch(helpers);
    Runnable worker =
        () -> {
          INSIDE.set(true);
          try {
            for (int s = next.getAndIncrement(); s < shards; s = next.getAndIncrement()) {
              try {
                run(body, s, shards, n);
              } catch (Throwable t) {
                failures[s] = t;
              }
            }
          } finally {
            INSIDE.set(false);
          }
        };
    for (int i = 0; i < helpers; i++) {
      pool.execute(
          () -> {
            try {
              worker.run();
            } finally {
              done.countDown();
            }
          });
    }
    worker.run();
    awaitAll(done);
    rethrowFirst(failures);
  }

  private static void run(Shard body, int shard, int shards, int n) {
    int from = (int) ((long) n * shard / shards);
    int to = (int) ((long) n * (shard + 1) / shards);
    body.run(shard, from, to);
  }

  /** Shards write into the caller's arrays, so an interrupt must not return before they end. */
  private static void awaitAll(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrowFirst(Throwable[] failures) {
    for (Throwable failure : failures) {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  /** Ends the threads; the common workers stay. */
  @Override
  public void close() {
    if (pool != null && this != COMMON) {
      pool.shutdown();
    }
  }
}
