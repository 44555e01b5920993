package seminar.quantize;

import seminar.math.Checks;

/**
 * What scoring all events for one target took, counted and not timed.
 *
 * @param lookups numbers read from pre-computed tables by code
 * @param multiplications multiplications of two floats, the making of a table for the target
 *     included
 * @param bytes memory that must be at hand: events or codes, and tables
 */
public record Cost(long lookups, long multiplications, long bytes) {
  /** Checks that nothing is negative. */
  public Cost {
    Checks.within(0, Long.MAX_VALUE, "lookups", lookups);
    Checks.within(0, Long.MAX_VALUE, "multiplications", multiplications);
    Checks.within(0, Long.MAX_VALUE, "bytes", bytes);
  }

  /** Both together. */
  public Cost plus(Cost other) {
    return new Cost(
        lookups + other.lookups, multiplications + other.multiplications, bytes + other.bytes);
  }
}
