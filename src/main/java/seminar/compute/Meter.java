package seminar.compute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accounts of time and work by name: what {@link MeteredBackend} writes and a benchmark reads.
 *
 * <p>Thread safety: one thread at a time, the one that calls the backend.
 */
public final class Meter {
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /**
   * What was done under one name.
   *
   * @param name the name
   * @param calls how often it was done
   * @param seconds wall time of all calls
   * @param flops floating-point operations of all calls
   * @param bytes bytes that all calls had to move at least
   */
  public record Account(String name, long calls, double seconds, double flops, double bytes) {
    private Account plus(double moreSeconds, double moreFlops, double moreBytes) {
      return new Account(
          name, calls + 1, seconds + moreSeconds, flops + moreFlops, bytes + moreBytes);
    }

    /** Billions of floating-point operations in a second; 0 where no time passed. */
    public double gigaflops() {
      return seconds > 0 ? flops / seconds / 1e9 : 0;
    }

    /** Billions of bytes in a second; 0 where no time passed. */
    public double gigabytes() {
      return seconds > 0 ? bytes / seconds / 1e9 : 0;
    }
  }

  /** Does something and adds its time and work to an account. */
  public void time(String name, double flops, double bytes, Runnable what) {
    long start = System.nanoTime();
    what.run();
    add(name, (System.nanoTime() - start) / 1e9, flops, bytes);
  }

  /** Adds one call to an account. */
  public void add(String name, double seconds, double flops, double bytes) {
    accounts.merge(
        name,
        new Account(name, 1, seconds, flops, bytes),
        (old, one) -> old.plus(seconds, flops, bytes));
  }

  /** All accounts as they are now, in the order of their first calls. */
  public List<Account> snapshot() {
    return List.copyOf(accounts.values());
  }

  /** Starts again without accounts. */
  public void reset() {
    accounts.clear();
  }
}
