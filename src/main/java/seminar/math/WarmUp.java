package seminar.math;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs something again and again until the virtual machine has compiled it: until its compilers
 * have had nothing to do for a while.
 */
public final class WarmUp {
  private static final long AT_MOST = 5_000_000_000L; // nanoseconds
  private static final long QUIET = 100_000_000L;
  private static final int LEAST_RUNS = 200;

  private WarmUp() {}

  /**
   * Runs for 0.1 to 5 seconds.
   *
   * @return how often it ran
   */
  public static int run(Runnable work) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean isTold = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    long start = System.nanoTime();
    long compiled = isTold ? compiler.getTotalCompilationTime() : 0;
    long since = start;
    int runs = 0;
    while (true) {
      work.run();
      runs++;
      long now = System.nanoTime();
      long time = isTold ? compiler.getTotalCompilationTime() : 0;
      if (time != compiled) {
        compiled = time;
        since = now;
      }
      if (now - start > AT_MOST || (now - since > QUIET && runs >= LEAST_RUNS)) {
        return runs;
      }
    }
  }
}
