package seminar.world;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;

/**
 * What is true in a planted world and what no model is told.
 *
 * <p>Intents count from 0. {@link #WANDERING} is the intent of an event that followed none.
 * Immutable; safe for any number of threads.
 */
public final class Truth {
  /** The intent of an event whose item was picked from the whole catalogue. */
  public static final int WANDERING = -1;

  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final WorldOptions options;
  private final Histories histories;
  private final TruthColumns columns;
  private final int[] members; // [items], by intent, rising within it
  private final int[] starts; // [intents + 1]

  Truth(WorldOptions options, Corpus corpus, TruthColumns columns) {
    this.options = options;
    this.histories = corpus.histories();
    this.columns = columns;
    int items = corpus.catalog().size();
    this.members = new int[items];
    this.starts = new int[options.intents() + 1];
    for (int item = 1; item <= items; item++) {
      starts[intent(item) + 1]++;
    }
    for (int intent = 0; intent < options.intents(); intent++) {
      starts[intent + 1] += starts[intent];
    }
    int[] next = starts.clone();
    for (int item = 1; item <= items; item++) {
      members[next[intent(item)]++] = item;
    }
  }

  /**
   * Reads the truth that {@link World#write} left beside a corpus.
   *
   * @throws IOException if the folder holds no corpus, or a corpus without its truth
   */
  public static Truth read(Path folder) throws IOException {
    return World.read(folder).truth();
  }

  /** The columns that are written beside the corpus, by the names of their files. */
  Map<String, MemorySegment> columns() {
    return columns.byName();
  }

  /** The dials the world was made with. */
  public WorldOptions options() {
    return options;
  }

  /** How many intents there are. */
  public int intents() {
    return options.intents();
  }

  /** A readable name, such as {@code coffee}. */
  public String name(int intent) {
    Checks.within(0, intents() - 1, "intent", intent);
    return Topics.name(intent);
  }

  /** The intent an item belongs to. */
  public int intent(int item) {
    return columns.itemIntents().get(BYTE, item);
  }

  /** The intent that the item's title tells of; another than the item's where misaligned. */
  public int textIntent(int item) {
    return columns.textIntents().get(BYTE, item);
  }

  /** The intent that the item's picture shows; another than the item's where misaligned. */
  public int imageIntent(int item) {
    return columns.imageIntents().get(BYTE, item);
  }

  /** Whether the item is seen only in the older half of histories. */
  public boolean cold(int item) {
    return columns.cold().get(BYTE, item) == 1;
  }

  /** The item's share of the popularity of its intent, by the Zipf law the world was made with. */
  public double popularity(int item) {
    return columns.popularity().getAtIndex(FLOAT, item);
  }

  /** The intent that an event followed, or {@link #WANDERING}. */
  public int eventIntent(long event) {
    return columns.eventIntents().get(BYTE, event);
  }

  /**
   * The log-odds that the user takes the item of an exposure, for one who knows the law of this
   * world and all that lies before the event: the user's active intents, favourite brands and items
   * seen, whether a session begins, the intent of the session if it does not; and what was typed.
   * With p the chance that the event takes item i, q that of the slate to show it, and n items
   * shown beside (our eq. WORLD-1):
   *
   * <pre>  log-odds(i) = log p(i) − log q(i) − log n</pre>
   *
   * <p>By the lemma of Neyman and Pearson no score of single exposures tells taken from shown
   * better, so its AUC is the best that a model can reach (but for one thing that the equation
   * passes over: that the taken item is never shown a second time). Negative infinity where the
   * user would never take the item, because it does not go with what was typed.
   *
   * @throws IndexOutOfBoundsException if the world has no such exposure
   */
  public double clickLogOdds(long exposure) {
    return columns.clickLogOdds().getAtIndex(FLOAT, exposure);
  }

  /**
   * The items that would have answered the user's intent at a position: of the intent that the
   * event follows, and not seen before. In the newer half of a history cold items are not seen any
   * more and do not count. Of an event that wanders the only one is its own item.
   *
   * @return items, rising; the event's own among them
   * @throws IndexOutOfBoundsException if the history has no such position
   */
  public int[] relevant(int user, int position) {
    int length = histories.length(user);
    Objects.checkIndex(position, length);
    long start = histories.start(user);
    int intent = eventIntent(start + position);
    if (intent == WANDERING) {
      return new int[] {histories.item(start + position)};
    }
    BitSet seen = new BitSet();
    for (int at = 0; at < position; at++) {
      seen.set(histories.item(start + at));
    }
    boolean old = 2 * position < length;
    return Arrays.stream(members, starts[intent], starts[intent + 1])
        .filter(item -> !seen.get(item) && (old || !cold(item)))
        .toArray();
  }
}
