package seminar.retrieve;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;
import seminar.math.Capacity;
import seminar.math.Lanes;
import seminar.quantize.Codes;

/**
 * Codes and their scales, laid out for look-ups: blocks of {@value #ROWS} events, column by column.
 *
 * <p>While four columns are summed for one block, four tables of at most a few kilobytes are in
 * use, so they stay in the first cache even where all tables together do not fit (32 × 512). A
 * table's length is a power of two, and codes are masked by it: the look-up then needs no check of
 * its bounds.
 *
 * <p>Layout: [L / ROWS, columns, ROWS], one byte a code up to 256 centroids, else two.
 *
 * <p>Blocks that grew ({@link #grown}) share their memory with those they grew from, which read
 * none of the rows behind their own.
 */
final class CodeBlocks {
  /** Events of a block. */
  static final int ROWS = 512;

  private final int rows;
  private final int columns;
  private final int size;
  private final byte[] narrow;
  private final short[] wide;
  private final float[] scales; // [L rounded up to blocks]; empty where all are 1
  private final AtomicInteger taken; // rows of the memory that some blocks have

  CodeBlocks(Codes codes) {
    this(codes, tableSize(codes.centroids()), room(codes.rows()));
    write(codes, 0);
  }

  /** Zeros. */
  private CodeBlocks(Codes codes, int size, int room) {
    this.rows = codes.rows();
    this.columns = codes.columns();
    this.size = size;
    int length = Math.multiplyExact(room, columns);
    this.narrow = new byte[size <= 256 ? length : 0];
    this.wide = new short[size <= 256 ? 0 : length];
    this.scales = new float[codes.isScaled() ? room : 0];
    this.taken = new AtomicInteger(rows);
  }

  /** More rows in the memory of others. */
  private CodeBlocks(CodeBlocks others, int rows) {
    this.rows = rows;
    this.columns = others.columns;
    this.size = others.size;
    this.narrow = others.narrow;
    this.wide = others.wide;
    this.scales = others.scales;
    this.taken = others.taken;
  }

  /** So many rows, rounded up to blocks. */
  private static int room(int rows) {
    return Math.ceilDiv(rows, ROWS) * ROWS;
  }

  /**
   * With rows behind these; takes a time that is proportional to them if it is done again and again
   * to what came out.
   *
   * @param all these rows and those behind them
   */
  CodeBlocks grown(Codes all) {
    int room = Math.max(narrow.length, wide.length) / columns;
    boolean isMine =
        room(all.rows()) <= room
            && all.isScaled() == isScaled()
            && taken.compareAndSet(rows, all.rows());
    if (isMine) {
      CodeBlocks grown = new CodeBlocks(this, all.rows());
      grown.write(all, rows);
      return grown;
    }
    CodeBlocks grown = new CodeBlocks(all, size, room(Capacity.of(all.rows(), columns)));
    grown.write(all, 0);
    return grown;
  }

  private void write(Codes codes, int from) {
    for (int l = from; l < rows; l++) {
      for (int s = 0; s < columns; s++) {
        int at = (l / ROWS * columns + s) * ROWS + l % ROWS;
        if (size <= 256) {
          narrow[at] = (byte) codes.get(l, s);
        } else {
          wide[at] = (short) codes.get(l, s);
        }
      }
      if (codes.isScaled()) {
        scales[l] = codes.scale(l);
      }
    }
  }

  /** Whether scores are multiplied by scales. */
  boolean isScaled() {
    return scales.length > 0;
  }

  int rows() {
    return rows;
  }

  /** The length of a table for codes below {@code centroids}: the next power of two. */
  static int tableSize(int centroids) {
    return centroids == 1 ? 1 : Integer.highestOneBit(centroids - 1) << 1;
  }

  /**
   * The sums of table entries of the events {@code [first, first + ROWS)}, added column by column
   * in groups of four, times their scales.
   *
   * @param tables [columns, C rounded up to a power of two], or 16 where that is less
   * @param first a multiple of {@link #ROWS}
   * @param scores [ROWS]; behind the last event it may receive anything
   * @return how many events there are
   */
  int score(float[][] tables, int first, float[] scores) {
    Arrays.fill(scores, 0, ROWS, 0);
    int from = first / ROWS * columns * ROWS;
    int s = 0;
    for (; s <= columns - 4; s += 4) {
      float[] a = tables[s];
      float[] b = tables[s + 1];
      float[] c = tables[s + 2];
      float[] d = tables[s + 3];
      if (size <= 256) {
        addNarrow(a, b, c, d, from + s * ROWS, scores);
      } else {
        addWide(a, b, c, d, from + s * ROWS, scores);
      }
    }
    for (; s < columns; s++) {
      addOne(tables[s], from + s * ROWS, scores);
    }
    for (int i = 0; i < ROWS && isScaled(); i += Lanes.SPECIES.length()) {
      FloatVector.fromArray(Lanes.SPECIES, scores, i)
          .mul(FloatVector.fromArray(Lanes.SPECIES, scales, first + i))
          .intoArray(scores, i);
    }
    return Math.min(ROWS, rows - first);
  }

  private void addNarrow(float[] a, float[] b, float[] c, float[] d, int from, float[] scores) {
    byte[] codes = narrow;
    for (int l = 0; l < ROWS; l++) {
      int at = from + l;
      float ab = a[codes[at] & (a.length - 1)] + b[codes[at + ROWS] & (b.length - 1)];
      float cd =
          c[codes[at + 2 * ROWS] & (c.length - 1)] + d[codes[at + 3 * ROWS] & (d.length - 1)];
      scores[l] += ab + cd;
    }
  }

  private void addWide(float[] a, float[] b, float[] c, float[] d, int from, float[] scores) {
    short[] codes = wide;
    for (int l = 0; l < ROWS; l++) {
      int at = from + l;
      float ab = a[codes[at] & (a.length - 1)] + b[codes[at + ROWS] & (b.length - 1)];
      float cd =
          c[codes[at + 2 * ROWS] & (c.length - 1)] + d[codes[at + 3 * ROWS] & (d.length - 1)];
      scores[l] += ab + cd;
    }
  }

  private void addOne(float[] table, int from, float[] scores) {
    for (int l = 0; l < ROWS; l++) {
      int code = size <= 256 ? narrow[from + l] : wide[from + l];
      scores[l] += table[code & (table.length - 1)];
    }
  }
}
