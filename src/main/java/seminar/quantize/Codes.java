package seminar.quantize;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import seminar.math.Capacity;
import seminar.math.Checks;

/**
 * Compressed vectors: for each event the centroid number of each of its sub-vectors.
 *
 * <p>Shapes: [rows, columns]; for one channel columns = S, for several columns = M·S with the
 * subspaces of a channel together. A code takes one byte for up to 256 centroids and two for up to
 * 65,536. Immutable: filled by a quantizer or by {@link #of}, then only read.
 *
 * <p>Codes may say how long their events are: a decoded vector, and so a score, is multiplied by
 * its event's <b>scale</b>. Codes of directions then cost one float more, and one long event does
 * not coarsen the others.
 *
 * <p>Codes to which others are added ({@link #plus}) leave room behind their last row, which the
 * sum of both, and what is added to it, share: adding one event after the other costs a constant
 * time for each. Nothing that an object may read ever changes.
 */
public final class Codes {
  private final int rows;
  private final int columns;
  private final int centroids;
  private final byte[] narrow; // [rows or more, columns], used while centroids <= 256
  private final short[] wide;
  private final float[] scales; // [rows or more], or none where all are 1
  private final AtomicInteger taken; // rows of the arrays that some codes have; none if negative

  /** Zeros, to be filled within this package. */
  Codes(int rows, int columns, int centroids) {
    this.rows = Checks.atLeast(0, "rows L", rows);
    this.columns = Checks.atLeast(1, "columns", columns);
    this.centroids = centroids;
    Checks.within(1, ProductQuantizer.MAX_CENTROIDS, "centroids C", centroids);
    int size = Math.multiplyExact(rows, columns);
    this.narrow = new byte[centroids <= 256 ? size : 0];
    this.wide = new short[centroids <= 256 ? 0 : size];
    this.scales = new float[0];
    this.taken = new AtomicInteger(rows);
  }

  /** The codes of others under other scales; rows are never written behind them. */
  private Codes(Codes codes, float[] scales) {
    this(codes, codes.rows, codes.narrow, codes.wide, scales, new AtomicInteger(-1));
  }

  private Codes(
      Codes like, int rows, byte[] narrow, short[] wide, float[] scales, AtomicInteger taken) {
    this.rows = rows;
    this.columns = like.columns;
    this.centroids = like.centroids;
    this.narrow = narrow;
    this.wide = wide;
    this.scales = scales;
    this.taken = taken;
  }

  /**
   * These codes of events that are so many times as long.
   *
   * @param scales [rows], copied; in the place of those that were there
   * @throws IllegalArgumentException if there are not as many, or one is negative or not finite
   */
  public Codes scaled(float[] scales) {
    Checks.sameLength("list of scales", scales.length, "list of codes", rows);
    for (int l = 0; l < rows; l++) {
      if (!(scales[l] >= 0 && scales[l] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "scale is %s in row %d: it must be at least 0 and finite".formatted(scales[l], l));
      }
    }
    return new Codes(this, scales.clone());
  }

  /**
   * Codes that are already known.
   *
   * @param codes [rows, columns], each at least 0 and below {@code centroids}
   * @throws IllegalArgumentException if the last row is not whole or a code is out of range
   */
  public static Codes of(int[] codes, int columns, int centroids) {
    Checks.atLeast(1, "columns", columns);
    if (codes.length % columns != 0) {
      throw new IllegalArgumentException(
          "codes has length %d: it must be a multiple of columns %d"
              .formatted(codes.length, columns));
    }
    Codes result = new Codes(codes.length / columns, columns, centroids);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || codes[i] >= centroids) {
        throw new IllegalArgumentException(
            "code is %d in row %d, column %d: it must be at least 0 and below centroids C=%d"
                .formatted(codes[i], i / columns, i % columns, centroids));
      }
      result.set(i, codes[i]);
    }
    return result;
  }

  /**
   * Codes from {@link #toBytes}.
   *
   * @throws IllegalArgumentException if the last row is not whole or a code is out of range
   */
  public static Codes ofBytes(byte[] bytes, int columns, int centroids) {
    Checks.atLeast(1, "columns", columns);
    int width = centroids <= 256 ? 1 : 2;
    if (bytes.length % (columns * width) != 0) {
      throw new IllegalArgumentException(
          "codes take %d bytes: it must be a multiple of %d columns of %d"
              .formatted(bytes.length, columns, width));
    }
    int[] codes = new int[bytes.length / width];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          width == 1 ? bytes[i] & 0xFF : bytes[2 * i] & 0xFF | (bytes[2 * i + 1] & 0xFF) << 8;
    }
    return of(codes, columns, centroids);
  }

  /** One byte a code up to 256 centroids, else two, the low one first. */
  public byte[] toBytes() {
    if (centroids <= 256) {
      return Arrays.copyOf(narrow, rows * columns);
    }
    byte[] bytes = new byte[Math.multiplyExact(rows * columns, 2)];
    for (int i = 0; i < rows * columns; i++) {
      bytes[2 * i] = (byte) wide[i];
      bytes[2 * i + 1] = (byte) (wide[i] >> 8);
    }
    return bytes;
  }

  /**
   * These events and then others: a time that is proportional to the others, when events are added
   * again and again to what came out.
   *
   * @throws IllegalArgumentException if the others have another number of columns or centroids, or
   *     only one of both has scales
   */
  public Codes plus(Codes others) {
    Checks.sameLength("row of codes", columns, "row of others", others.columns);
    Checks.sameLength("codebook", centroids, "that of others", others.centroids);
    if (rows == 0 || others.rows == 0) {
      return rows == 0 ? others : this;
    }
    if (isScaled() != others.isScaled()) {
      throw new IllegalArgumentException(
          "codes %s scales, the others %s: both or none must have them"
              .formatted(
                  isScaled() ? "have" : "have no", others.isScaled() ? "have" : "have none"));
    }
    int all = Math.addExact(rows, others.rows);
    Codes room = all <= room() && taken.compareAndSet(rows, all) ? this : roomy(all);
    int from = rows * columns;
    int size = others.rows * columns;
    if (centroids <= 256) {
      System.arraycopy(others.narrow, 0, room.narrow, from, size);
    } else {
      System.arraycopy(others.wide, 0, room.wide, from, size);
    }
    if (isScaled()) {
      System.arraycopy(others.scales, 0, room.scales, rows, others.rows);
    }
    return new Codes(this, all, room.narrow, room.wide, room.scales, room.taken);
  }

  /** For how many rows there is room. */
  private int room() {
    int room = Math.max(narrow.length, wide.length) / columns;
    return isScaled() ? Math.min(room, scales.length) : room;
  }

  /** A copy with room for half as many rows again, of which so many are taken. */
  private Codes roomy(int all) {
    int room = Capacity.of(all, columns);
    int size = Math.multiplyExact(room, columns);
    return new Codes(
        this,
        rows,
        Arrays.copyOf(narrow, centroids <= 256 ? size : 0),
        Arrays.copyOf(wide, centroids <= 256 ? 0 : size),
        Arrays.copyOf(scales, isScaled() ? room : 0),
        new AtomicInteger(all));
  }

  /**
   * Some of these events.
   *
   * @param events their numbers, in the order that they shall have
   * @throws IndexOutOfBoundsException if there is no such event
   */
  public Codes rows(int[] events) {
    Codes some = new Codes(events.length, columns, centroids);
    float[] scales = new float[isScaled() ? events.length : 0];
    for (int i = 0; i < events.length; i++) {
      for (int s = 0; s < columns; s++) {
        some.set(i * columns + s, get(events[i], s));
      }
      if (isScaled()) {
        scales[i] = scale(events[i]);
      }
    }
    return isScaled() ? new Codes(some, scales) : some;
  }

  /** How many events. */
  public int rows() {
    return rows;
  }

  /** How many codes an event has. */
  public int columns() {
    return columns;
  }

  /** C: codes are below it. */
  public int centroids() {
    return centroids;
  }

  /** The code of an event's sub-vector. */
  public int get(int row, int column) {
    int index = row * columns + column;
    return centroids <= 256 ? narrow[index] & 0xFF : wide[index] & 0xFFFF;
  }

  /** Whether events have scales of their own; else all are 1. */
  public boolean isScaled() {
    return scales.length > 0;
  }

  /** What a decoded event is multiplied by. */
  public float scale(int row) {
    return isScaled() ? scales[row] : 1;
  }

  /** The memory that the codes take, and their scales. */
  public long bytes() {
    return (long) rows * columns * (centroids <= 256 ? 1 : 2) + 4L * scaled();
  }

  void set(int index, int code) {
    if (centroids <= 256) {
      narrow[index] = (byte) code;
    } else {
      wide[index] = (short) code;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Codes that
        && columns == that.columns
        && centroids == that.centroids
        && Arrays.equals(toBytes(), that.toBytes())
        && Arrays.equals(scales, 0, scaled(), that.scales, 0, that.scaled());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(toBytes()) + centroids;
  }

  /** How many scales there are. */
  private int scaled() {
    return isScaled() ? rows : 0;
  }

  @Override
  public String toString() {
    return "Codes[%d rows, %d columns, %d centroids, %d bytes]"
        .formatted(rows, columns, centroids, bytes());
  }
}
