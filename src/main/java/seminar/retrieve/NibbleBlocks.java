package seminar.retrieve;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.quantize.Codes;

/**
 * Codes of at most 16 centroids, two to a byte, summed by shuffles of registers: a table of 16
 * bytes is one register, and one instruction looks up 16 codes in it.
 *
 * <p>Table entries are whole numbers of six bits: the entries of four columns are added as bytes,
 * and their sums as shorts, the even bytes and the odd ones apart. With at most {@value
 * #MOST_COLUMNS} columns no sum exceeds a short.
 *
 * <p>Layout: [L / 32, columns / 4, 2, 2, 16] bytes: for each of two pairs of columns two groups of
 * sixteen events. Byte 2i of a group of sixteen belongs to its event i, byte 2i + 1 to event 8 + i,
 * so the sums of even bytes are those of eight events in order; the low half of a byte is the even
 * column. Missing columns and events are code 0.
 *
 * @see <a href="https://doi.org/10.14778/2856318.2856324">André, Kermarrec, Le Scouarnec. Cache
 *     locality is not enough: high-performance nearest neighbor search with product quantization
 *     fast scan. VLDB 2015</a>
 */
final class NibbleBlocks {
  /** Chunks begin at multiples of it. */
  static final int CHUNK = 512;

  /** The most entries that a sum may have. */
  static final int MOST_COLUMNS = 512;

  /** The largest entry of a table. */
  static final int MOST_ENTRY = 63;

  /** Numbers of a table. */
  static final int TABLE = 16;

  private static final int ROWS = 32;

  /** Below every sum. */
  private static final short ALL = -1;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  private final int rows;
  private final int pairs; // even
  private final byte[] blocks;

  NibbleBlocks(Codes codes) {
    this.rows = codes.rows();
    this.pairs = (codes.columns() + 3) / 4 * 2;
    int count = (rows + ROWS - 1) / ROWS;
    this.blocks = new byte[Math.multiplyExact(count * ROWS, pairs)];
    for (int l = 0; l < rows; l++) {
      int within = l % 16;
      int place = within < 8 ? 2 * within : 2 * (within - 8) + 1;
      int at = l / ROWS * ROWS * pairs + l % ROWS / 16 * 16 + place;
      for (int s = 0; s < codes.columns(); s++) {
        blocks[at + s / 2 * ROWS] |= (byte) (codes.get(l, s) << (s % 2 * 4));
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Memory that a search reads. */
  long bytes() {
    return blocks.length;
  }

  /**
   * How long tables must be: {@value #TABLE} for every column, their number rounded up to fours.
   */
  int tableLength() {
    return 2 * pairs * TABLE;
  }

  /**
   * The sums of table entries of the events {@code [first, first + CHUNK)}.
   *
   * @param tables [columns rounded up to fours, 16], entries in 0..{@value #MOST_ENTRY}
   * @param first a multiple of {@link #CHUNK}
   * @param sums [CHUNK]; behind the last event it may receive anything
   * @return how many events there are
   */
  int score(byte[] tables, int first, short[] sums) {
    int count = Math.min(CHUNK, rows - first);
    for (int b = 0; b < count; b += ROWS) {
      block(tables, (first + b) * pairs, sums, b, ALL);
    }
    return count;
  }

  /**
   * Offers the sums of all events. After the first chunk most groups of 32 events hold nothing
   * above the threshold: their sums never leave the registers.
   *
   * @param tables as in {@link #score}
   * @param sums room for [CHUNK]
   */
  void scan(byte[] tables, short[] sums, Best best) {
    int first = 0;
    for (; first < rows && best.wantsAll(); first += CHUNK) {
      best.offer(sums, score(tables, first, sums), first);
    }
    for (; first < rows; first += ROWS) {
      if (block(tables, first * pairs, sums, 0, best.bound())) {
        best.offer(sums, Math.min(ROWS, rows - first), first);
      }
    }
  }

  /** Writes the sums of 32 events if one of them is above the bound; whether that is so. */
  private boolean block(byte[] tables, int from, short[] sums, int to, short bound) {
    ShortVector all0 = ShortVector.zero(ShortVector.SPECIES_128); // even bytes + 256 · odd bytes
    ShortVector odd0 = all0;
    ShortVector all1 = all0;
    ShortVector odd1 = all0;
    for (int p = 0, at = from, t = 0; p < pairs; p += 2, at += 2 * ROWS, t += 4 * TABLE) {
      ByteVector table0 = ByteVector.fromArray(BYTES, tables, t);
      ByteVector table1 = ByteVector.fromArray(BYTES, tables, t + TABLE);
      ByteVector table2 = ByteVector.fromArray(BYTES, tables, t + 2 * TABLE);
      ByteVector table3 = ByteVector.fromArray(BYTES, tables, t + 3 * TABLE);
      ShortVector both0 =
          sum(ByteVector.fromArray(BYTES, blocks, at), table0, table1)
              .add(sum(ByteVector.fromArray(BYTES, blocks, at + ROWS), table2, table3))
              .reinterpretAsShorts();
      ShortVector both1 =
          sum(ByteVector.fromArray(BYTES, blocks, at + 16), table0, table1)
              .add(sum(ByteVector.fromArray(BYTES, blocks, at + ROWS + 16), table2, table3))
              .reinterpretAsShorts();
      all0 = all0.add(both0);
      odd0 = odd0.add(both0.lanewise(VectorOperators.LSHR, 8));
      all1 = all1.add(both1);
      odd1 = odd1.add(both1.lanewise(VectorOperators.LSHR, 8));
    }
    ShortVector even0 = all0.sub(odd0.lanewise(VectorOperators.LSHL, 8));
    ShortVector even1 = all1.sub(odd1.lanewise(VectorOperators.LSHL, 8));
    ShortVector most = even0.max(odd0).max(even1.max(odd1));
    if (!most.compare(VectorOperators.GT, bound).anyTrue()) {
      return false;
    }
    even0.intoArray(sums, to);
    odd0.intoArray(sums, to + 8);
    even1.intoArray(sums, to + 16);
    odd1.intoArray(sums, to + 24);
    return true;
  }

  /** The entries of sixteen events in two columns; {@code selectFrom} reads four bits of a byte. */
  private static ByteVector sum(ByteVector codes, ByteVector even, ByteVector odd) {
    ByteVector high =
        codes.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    return codes.selectFrom(even).add(high.selectFrom(odd));
  }
}
