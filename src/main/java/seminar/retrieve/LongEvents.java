package seminar.retrieve;

import java.util.Arrays;
import java.util.stream.IntStream;
import seminar.quantize.Codes;
import seminar.quantize.Quantizer;

/**
 * The events of a {@link FastScanRetriever} that are very long by their codes, whatever their
 * scales, and the table entries that the others use. At most one of {@value #FEW} is long, and only
 * those {@value #LONG} times as long as the median.
 *
 * <p>What is long is settled by the events that are there at first. Of those that come behind them
 * at most twice as many are; the rest count among the others.
 */
final class LongEvents {
  private static final int SLICE = 4096;
  private static final int FEW = 64;
  private static final int LONG = 3;

  private final double most; // longer events are long
  private final int[] events; // rising
  private final Codes codes; // theirs
  private final boolean[][] used; // [columns, C] by the others

  private LongEvents(double most, int[] events, Codes codes, boolean[][] used) {
    this.most = most;
    this.events = events;
    this.codes = codes;
    this.used = used;
  }

  static LongEvents of(Quantizer quantizer, Codes codes) {
    int count = codes.rows();
    double[] lengths = lengths(quantizer, codes, 0);
    double[] sorted = lengths.clone();
    Arrays.sort(sorted);
    int few = Math.min(count - 1, Math.ceilDiv(count, FEW));
    double most = count == 0 ? 0 : Math.max(LONG * sorted[count / 2], sorted[count - 1 - few]);
    int[] events = IntStream.range(0, count).filter(l -> lengths[l] > most).toArray();
    boolean[][] used = new boolean[codes.columns()][quantizer.centroids()];
    for (int l = 0, next = 0; l < count; l++) {
      if (next < events.length && events[next] == l) {
        next++;
      } else {
        mark(codes, l, used);
      }
    }
    return new LongEvents(most, events, codes.rows(events), used);
  }

  private static void mark(Codes codes, int event, boolean[][] used) {
    for (int s = 0; s < used.length; s++) {
      used[s][codes.get(event, s)] = true;
    }
  }

  /** The lengths by their codes of the events from {@code first} on. */
  private static double[] lengths(Quantizer quantizer, Codes codes, int first) {
    int count = codes.rows();
    double[] lengths = new double[count - first];
    for (int from = first; from < count; from += SLICE) {
      Codes slice = codes.rows(IntStream.range(from, Math.min(count, from + SLICE)).toArray());
      float[] decoded = quantizer.decode(slice);
      for (int i = 0; i < decoded.length; i++) {
        lengths[from - first + i / quantizer.dims()] += (double) decoded[i] * decoded[i];
      }
    }
    for (int i = 0; i < lengths.length; i++) {
      float scale = codes.scale(first + i);
      lengths[i] = scale > 0 ? Math.sqrt(lengths[i]) / scale : 0;
    }
    return lengths;
  }

  /**
   * With later events; what these do not change is not copied.
   *
   * @param all the events from the first on
   * @param from the first of the later ones
   */
  LongEvents grown(Quantizer quantizer, Codes all, int from) {
    double[] lengths = lengths(quantizer, all, from);
    int room = Math.max(0, 2 * Math.ceilDiv(all.rows(), FEW) - events.length);
    int[] later =
        IntStream.range(from, all.rows())
            .filter(l -> lengths[l - from] > most)
            .limit(room)
            .toArray();
    boolean[][] used = this.used;
    for (int l = from, next = 0; l < all.rows(); l++) {
      if (next < later.length && later[next] == l) {
        next++;
      } else if (!isMarked(all, l, used)) {
        used = used == this.used ? copy(used) : used;
        mark(all, l, used);
      }
    }
    if (later.length == 0) {
      return used == this.used ? this : new LongEvents(most, events, codes, used);
    }
    int[] both = Arrays.copyOf(events, events.length + later.length);
    System.arraycopy(later, 0, both, events.length, later.length);
    return new LongEvents(most, both, all.rows(both), used);
  }

  private static boolean isMarked(Codes codes, int event, boolean[][] used) {
    boolean all = true;
    for (int s = 0; s < used.length && all; s++) {
      all = used[s][codes.get(event, s)];
    }
    return all;
  }

  private static boolean[][] copy(boolean[][] used) {
    return Arrays.stream(used).map(boolean[]::clone).toArray(boolean[][]::new);
  }

  /** How many there are. */
  int count() {
    return events.length;
  }

  /** The number of the first one from an event on; {@link #count} if there is none. */
  int firstFrom(int event) {
    int found = Arrays.binarySearch(events, event);
    return found < 0 ? -found - 1 : found;
  }

  /** Which event has a number; behind all events if none has. */
  int event(int number) {
    return number < events.length ? events[number] : Integer.MAX_VALUE;
  }

  /** The score of one by its number. */
  float score(float[][] tables, int number) {
    float sum = 0;
    for (int s = 0; s < tables.length; s++) {
      sum += tables[s][codes.get(number, s)];
    }
    return sum * codes.scale(number);
  }

  /** Whether one of the others uses an entry of a table. */
  boolean[] usedByOthers(int column) {
    return used[column];
  }
}
