package seminar.retrieve;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Capacity;
import seminar.quantize.Codes;

/**
 * Codes of at most 16 centroids, two to a byte, summed by shuffles of registers: a table of 16
 * bytes is one register, and one instruction looks up 16 codes in it.
 *
 * <p>Table entries are bytes, and their sums shorts, the even bytes and the odd ones apart. Sums
 * are made of segments of {@value #SEGMENT} columns, so that none exceeds a short.
 *
 * <p>Layout: [L / 32, columns / 2, 2, 16] bytes: for each pair of columns two groups of sixteen
 * events. Byte 2i of a group of sixteen belongs to its event i, byte 2i + 1 to event 8 + i, so the
 * sums of even bytes are those of eight events in order; the low half of a byte is the even column.
 * Missing columns are code 0.
 *
 * <p>Blocks that grew ({@link #grown}) share their memory with those they grew from, which read
 * none of the rows behind their own.
 *
 * @see <a href="https://doi.org/10.14778/2856318.2856324">André, Kermarrec, Le Scouarnec. Cache
 *     locality is not enough: high-performance nearest neighbor search with product quantization
 *     fast scan. VLDB 2015</a>
 */
final class NibbleBlocks {
  /** Columns that are summed at once. */
  static final int SEGMENT = 128;

  /** The largest entry of a table. */
  static final int MOST_ENTRY = 255;

  /** Numbers of a table. */
  static final int TABLE = 16;

  /** Events of a group. */
  static final int GROUP = 32;

  /** Below every sum. */
  static final short ALL = -1;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  private final int rows;
  private final int pairs;
  private final byte[] blocks; // with room for more rows
  private final AtomicInteger taken; // rows of the memory that some blocks have

  NibbleBlocks(Codes codes) {
    this(
        codes.rows(),
        (codes.columns() + 1) / 2,
        new byte[length(codes.rows(), (codes.columns() + 1) / 2)],
        new AtomicInteger(codes.rows()));
    write(codes, 0);
  }

  private NibbleBlocks(int rows, int pairs, byte[] blocks, AtomicInteger taken) {
    this.rows = rows;
    this.pairs = pairs;
    this.blocks = blocks;
    this.taken = taken;
  }

  /** How many bytes so many rows take. */
  private static int length(int rows, int pairs) {
    return Math.multiplyExact(Math.ceilDiv(rows, GROUP) * GROUP, pairs);
  }

  /**
   * With rows behind these; takes a time that is proportional to them if it is done again and again
   * to what came out.
   *
   * @param all these rows and those behind them
   */
  NibbleBlocks grown(Codes all) {
    int length = length(all.rows(), pairs);
    boolean isMine = length <= blocks.length && taken.compareAndSet(rows, all.rows());
    NibbleBlocks grown =
        isMine
            ? new NibbleBlocks(all.rows(), pairs, blocks, taken)
            : new NibbleBlocks(
                all.rows(),
                pairs,
                Arrays.copyOf(blocks, length(Capacity.of(all.rows(), pairs), pairs)),
                new AtomicInteger(all.rows()));
    grown.write(all, rows);
    return grown;
  }

  /** Writes the rows from {@code from} on; a byte is of one event. */
  private void write(Codes codes, int from) {
    for (int l = from; l < rows; l++) {
      int within = l % 16;
      int place = within < 8 ? 2 * within : 2 * (within - 8) + 1;
      int at = l / GROUP * GROUP * pairs + l % GROUP / 16 * 16 + place;
      for (int p = 0; p < pairs; p++) {
        int odd = 2 * p + 1 < codes.columns() ? codes.get(l, 2 * p + 1) : 0;
        blocks[at + p * GROUP] = (byte) (codes.get(l, 2 * p) | odd << 4);
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Memory that a search reads. */
  long bytes() {
    return length(rows, pairs);
  }

  /** How long tables must be: {@value #TABLE} for every column, their number rounded up to twos. */
  int tableLength() {
    return 2 * pairs * TABLE;
  }

  /** How many segments the columns make. */
  int segments() {
    return Math.ceilDiv(2 * pairs, SEGMENT);
  }

  /**
   * Writes the sums of a segment's table entries of a group of events if one of them is above a
   * bound; else they never leave the registers.
   *
   * @param tables [columns rounded up to twos, 16], entries in 0..{@value #MOST_ENTRY}
   * @param first a multiple of {@value #GROUP}
   * @param segment its number
   * @param bound {@link #ALL} for all
   * @param sums [GROUP]; behind the last event it may receive anything
   * @return whether they are written
   */
  boolean sums(byte[] tables, int first, int segment, short bound, short[] sums) {
    int start = segment * SEGMENT / 2;
    int end = Math.min(pairs, start + SEGMENT / 2);
    int from = first * pairs + start * GROUP;
    ShortVector all0 = ShortVector.zero(ShortVector.SPECIES_128); // even bytes + 256 · odd bytes
    ShortVector odd0 = all0;
    ShortVector all1 = all0;
    ShortVector odd1 = all0;
    for (int p = start, at = from, t = 2 * start * TABLE;
        p < end;
        p++, at += GROUP, t += 2 * TABLE) {
      ByteVector even = ByteVector.fromArray(BYTES, tables, t);
      ByteVector odd = ByteVector.fromArray(BYTES, tables, t + TABLE);
      ByteVector low0 = ByteVector.fromArray(BYTES, blocks, at);
      ByteVector low1 = ByteVector.fromArray(BYTES, blocks, at + 16);
      ShortVector first0 = low0.selectFrom(even).reinterpretAsShorts();
      ShortVector second0 = high(low0).selectFrom(odd).reinterpretAsShorts();
      ShortVector first1 = low1.selectFrom(even).reinterpretAsShorts();
      ShortVector second1 = high(low1).selectFrom(odd).reinterpretAsShorts();
      all0 = all0.add(first0).add(second0);
      odd0 =
          odd0.add(first0.lanewise(VectorOperators.LSHR, 8))
              .add(second0.lanewise(VectorOperators.LSHR, 8));
      all1 = all1.add(first1).add(second1);
      odd1 =
          odd1.add(first1.lanewise(VectorOperators.LSHR, 8))
              .add(second1.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even0 = all0.sub(odd0.lanewise(VectorOperators.LSHL, 8));
    ShortVector even1 = all1.sub(odd1.lanewise(VectorOperators.LSHL, 8));
    ShortVector most = even0.max(odd0).max(even1.max(odd1));
    if (!most.compare(VectorOperators.GT, bound).anyTrue()) {
      return false;
    }
    even0.intoArray(sums, 0);
    odd0.intoArray(sums, 8);
    even1.intoArray(sums, 16);
    odd1.intoArray(sums, 24);
    return true;
  }

  /** The codes of the odd column; {@code selectFrom} reads four bits of a byte. */
  private static ByteVector high(ByteVector codes) {
    return codes.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
  }
}
