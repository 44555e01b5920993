package seminar.retrieve;

/** What one search works in. */
final class SearchScratch {
  /** [width]. */
  final float[] query;

  /** The query times a channel's weight [width]. */
  final float[] weighted;

  /** Scores of one block. */
  final float[] scores = new float[KeyBlocks.CHUNK];

  /** [columns, C] of look-ups; empty where there are none. */
  final float[][] tables;

  /** The same as whole numbers; empty where there are none. */
  final byte[] bytes;

  /** Sums of such numbers, of one group; empty where there are none. */
  final short[] sums;

  /** The least entry of each table. */
  final float[] least;

  /** Exact scores of candidates. */
  float[] exact = {};

  /** The signs of the query; empty where there are none. */
  long[] bits = {};

  /** What a sum of 0 stands for. */
  float offset;

  /** What 1 stands for. */
  float step;

  /** What is added to every score in the end. */
  float shift;

  final Best best = new Best();

  /** For scores of floats. */
  SearchScratch(int width, float[][] tables) {
    this(width, tables, 0);
  }

  /** For scores of bytes, if {@code tableLength} is not 0. */
  SearchScratch(int width, float[][] tables, int tableLength) {
    this.query = new float[width];
    this.weighted = new float[width];
    this.tables = tables;
    this.bytes = new byte[tableLength];
    this.sums = new short[tableLength == 0 ? 0 : NibbleBlocks.GROUP];
    this.least = new float[tables.length];
  }
}
