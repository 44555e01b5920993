package seminar.math;

/** How much room is made for rows behind which others will be added. */
public final class Capacity {
  /** Rows are rounded up to blocks of at most so many. */
  private static final int BLOCK = 512;

  private Capacity() {}

  /**
   * Room for half as many rows again, so that adding one after the other copies each a few times in
   * all; less where an array of so many numbers for each row would be too long.
   */
  public static int of(int rows, int width) {
    long half = rows + rows / 2L + 1;
    return (int) Math.max(rows, Math.min(half, Integer.MAX_VALUE / width - BLOCK));
  }
}
