package seminar.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import seminar.file.Sha256;
import seminar.math.Checks;

/**
 * Negatives that are drawn once and kept: for each listed user {@code count} distinct items, none
 * of which occurs anywhere in the user's history.
 *
 * <p>Shapes: users[n], items[n × count]. The draw of a user depends on the seed, the kind, the
 * stage and the user alone, so validation and test have different negatives and a longer list of
 * users changes nobody's. Ranking a target against uniform negatives follows paper §4.1.
 */
public final class Negatives {
  /** How the negatives were chosen. */
  public enum Kind {
    /** Every item that was not met is equally likely. */
    UNIFORM,
    /** In proportion to how often an item occurs in training. */
    POPULARITY,
    /** They came with the data set. */
    GIVEN
  }

  private final Kind kind;
  private final String stage;
  private final long seed;
  private final int catalog;
  private final int count;
  private final int[] users;
  private final int[] items;

  Negatives(Kind kind, String stage, long seed, int catalog, int count, int[] users, int[] items) {
    Checks.atLeast(1, "count", count);
    Checks.sameLength("items", items.length, "users × count", users.length * count);
    for (int item : items) {
      if (item < 1 || item > catalog) {
        throw new IllegalArgumentException(
            "item %d among negatives: the catalogue has 1..%d".formatted(item, catalog));
      }
    }
    this.kind = kind;
    this.stage = stage;
    this.seed = seed;
    this.catalog = catalog;
    this.count = count;
    this.users = users;
    this.items = items;
  }

  /**
   * Draws uniformly from the items {@code 1 .. catalog}.
   *
   * @param catalog how many items there are
   * @param users whose negatives to draw
   * @param count how many for each
   * @param stage a name such as {@code validation} or {@code test}
   * @throws IllegalArgumentException if a user has had so many items that fewer than {@code count}
   *     are left
   */
  public static Negatives uniform(
      Histories histories, int catalog, int[] users, int count, String stage, long seed) {
    int[] items =
        new NegativeDraw(histories, catalog, count)
            .uniform(users, "negatives/" + stage + "/", seed);
    return new Negatives(Kind.UNIFORM, stage, seed, catalog, count, users.clone(), items);
  }

  /** As {@link #uniform(Histories, int, int[], int, String, long)} over a corpus' catalogue. */
  public static Negatives uniform(Corpus corpus, int[] users, int count, String stage, long seed) {
    return uniform(corpus.histories(), corpus.catalog().size(), users, count, stage, seed);
  }

  /**
   * Draws one item after the other, each in proportion to how often it occurs in training among
   * those that the user has not met and that are not yet drawn. An item that does not occur in
   * training is never drawn.
   *
   * <p>Popular negatives are harder: a model that ranks by popularity alone is at chance. Cost:
   * O(events + catalog) for the counts, then O(history + count) for each user (alias table and
   * rejection); one walk over the items for a user who has met nearly all that is popular.
   *
   * @param split says which events belong to training: the positions {@code [0, trainEnd)}
   * @param catalog how many items there are
   * @param users whose negatives to draw
   * @param count how many for each
   * @param stage a name such as {@code validation} or {@code test}
   * @throws IllegalArgumentException if fewer than {@code count} items that occur in training are
   *     left for a user
   */
  public static Negatives byPopularity(
      Histories histories,
      Split split,
      int catalog,
      int[] users,
      int count,
      String stage,
      long seed) {
    Checks.sameLength("users of histories", histories.users(), "users of split", split.users());
    PopularityTable table = PopularityTable.of(histories, split, catalog);
    int[] items =
        new NegativeDraw(histories, catalog, count)
            .byPopularity(users, table, "negatives/popularity/" + stage + "/", seed);
    return new Negatives(Kind.POPULARITY, stage, seed, catalog, count, users.clone(), items);
  }

  /** As the other, over a corpus' catalogue. */
  public static Negatives byPopularity(
      Corpus corpus, Split split, int[] users, int count, String stage, long seed) {
    int catalog = corpus.catalog().size();
    return byPopularity(corpus.histories(), split, catalog, users, count, stage, seed);
  }

  /**
   * Negatives that came with a data set, taken as they are; {@link #flaws} says what is wrong with
   * them.
   *
   * @param catalog how many items there are
   * @param users the users, each once
   * @param count how many negatives each has
   * @param items the negatives of the first user, then those of the second, and so on
   * @param stage what they are meant for, such as {@code test}
   * @throws IllegalArgumentException if there are not {@code count} for each user, an item does not
   *     exist, or a user is listed twice
   */
  public static Negatives of(int catalog, int[] users, int count, int[] items, String stage) {
    int[] sorted = users.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException("user %d has negatives twice".formatted(sorted[i]));
      }
    }
    return new Negatives(Kind.GIVEN, stage, 0, catalog, count, users.clone(), items.clone());
  }

  /**
   * What is wrong with negatives.
   *
   * @param met negatives that occur in their user's history
   * @param repeated negatives that their user has twice
   */
  public record Flaws(long met, long repeated) {}

  /** Counts flaws; drawn negatives have none. */
  public Flaws flaws(Histories histories) {
    int[] history = new int[catalog + 1];
    int[] drawn = new int[catalog + 1];
    long met = 0;
    long repeated = 0;
    for (int i = 0; i < users.length; i++) {
      for (long e = histories.start(users[i]); e < histories.start(users[i] + 1); e++) {
        history[histories.item(e)] = i + 1;
      }
      for (int at = i * count; at < (i + 1) * count; at++) {
        met += history[items[at]] == i + 1 ? 1 : 0;
        repeated += drawn[items[at]] == i + 1 ? 1 : 0;
        drawn[items[at]] = i + 1;
      }
    }
    return new Flaws(met, repeated);
  }

  /**
   * Checks that they are those of a corpus.
   *
   * @throws IllegalArgumentException if a user or an item is beyond it
   */
  void check(int corpusUsers, int corpusItems) {
    if (catalog > corpusItems) {
      throw new IllegalArgumentException(
          "negatives are items 1..%d, the catalogue has 1..%d".formatted(catalog, corpusItems));
    }
    for (int user : users) {
      if (user < 0 || user >= corpusUsers) {
        throw new IllegalArgumentException(
            "negatives of user %d, there are users 0..%d".formatted(user, corpusUsers - 1));
      }
    }
  }

  /** How many users have negatives. */
  public int size() {
    return users.length;
  }

  /** How many negatives each user has. */
  public int count() {
    return count;
  }

  /** The stage they are for. */
  public String stage() {
    return stage;
  }

  /** How they were chosen. */
  public Kind kind() {
    return kind;
  }

  /** The user at an index of the list. */
  public int user(int index) {
    return users[index];
  }

  /** The negatives of the user at an index of the list, as a copy. */
  public int[] of(int index) {
    return Arrays.copyOfRange(items, index * count, (index + 1) * count);
  }

  /** Copies the negatives of the user at an index of the list into {@code into} from {@code at}. */
  public void copy(int index, int[] into, int at) {
    System.arraycopy(items, index * count, into, at, count);
  }

  long seed() {
    return seed;
  }

  int catalog() {
    return catalog;
  }

  int[] users() {
    return users;
  }

  int[] items() {
    return items;
  }

  /** The first 16 digits of the SHA-256 over everything: same draw, same hash. */
  public String hash() {
    return Sha256.of(NegativesFile.encode(this)).substring(0, 16);
  }

  /** Writes the draw and its hash to a file, which is replaced only once all is written. */
  public void write(Path file) throws IOException {
    NegativesFile.write(this, file);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is missing, truncated, damaged or of another version
   */
  public static Negatives read(Path file) throws IOException {
    return NegativesFile.read(file);
  }
}
