package seminar.retrieve;

import java.util.concurrent.atomic.AtomicInteger;
import seminar.math.Capacity;
import seminar.quantize.Codes;

/**
 * The scales of events in groups of {@value NibbleBlocks#GROUP}, and the least and the largest of
 * each group; none where all are 1.
 *
 * <p>Scales that grew share their memory with those they grew from. The last group of these may
 * then have a smaller least and a larger largest scale than its own events: bounds are wider, never
 * wrong.
 */
final class GroupScales {
  private static final int GROUP = NibbleBlocks.GROUP;

  private final int rows;
  private final float[] scales; // [room rounded up to groups], empty where all are 1
  private final float[] least; // [groups]
  private final float[] most;
  private final AtomicInteger taken; // rows of the memory that some scales have

  GroupScales(Codes codes) {
    this(codes.rows(), codes.isScaled() ? Math.ceilDiv(codes.rows(), GROUP) : 0);
    write(codes, 0);
  }

  private GroupScales(int rows, int groups) {
    this(
        rows,
        new float[groups * GROUP],
        new float[groups],
        new float[groups],
        new AtomicInteger(rows));
  }

  private GroupScales(int rows, float[] scales, float[] least, float[] most, AtomicInteger taken) {
    this.rows = rows;
    this.scales = scales;
    this.least = least;
    this.most = most;
    this.taken = taken;
  }

  /**
   * With rows behind these.
   *
   * @param all these rows and those behind them
   */
  GroupScales grown(Codes all) {
    if (!all.isScaled() && isNone()) {
      return this;
    }
    if (all.rows() <= scales.length && taken.compareAndSet(rows, all.rows())) {
      GroupScales grown = new GroupScales(all.rows(), scales, least, most, taken);
      grown.write(all, rows);
      return grown;
    }
    int groups = Math.ceilDiv(Capacity.of(all.rows(), 1), GROUP);
    GroupScales grown = new GroupScales(all.rows(), groups);
    grown.write(all, 0);
    return grown;
  }

  private void write(Codes codes, int from) {
    for (int l = from; l < rows && codes.isScaled(); l++) {
      int group = l / GROUP;
      float scale = codes.scale(l);
      scales[l] = scale;
      least[group] = l % GROUP == 0 ? scale : Math.min(least[group], scale);
      most[group] = l % GROUP == 0 ? scale : Math.max(most[group], scale);
    }
  }

  /** Whether all scales are 1. */
  boolean isNone() {
    return scales.length == 0;
  }

  /** Memory that a search reads. */
  long bytes() {
    return isNone() ? 0 : 4L * Math.ceilDiv(rows, GROUP) * GROUP;
  }

  /** The scale of a group with which an event needs the smallest sum to pass a threshold. */
  float easiest(float threshold, int first) {
    return threshold >= 0 ? most[first / GROUP] : least[first / GROUP];
  }

  /** Multiplies the scores of the group that begins with an event. */
  void multiply(float[] scores, int first) {
    for (int i = 0; i < GROUP && !isNone(); i++) {
      scores[i] *= scales[first + i];
    }
  }
}
