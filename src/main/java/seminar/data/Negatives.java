package seminar.data;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Rng;

/**
 * Negatives that are drawn once and kept: for each listed user {@code count} distinct items, none
 * of which occurs anywhere in the user's life.
 *
 * <p>Shapes: users[n], items[n × count]. The draw of a user depends on the seed, the stage and the
 * user alone, so validation and test have different negatives and a longer list of users changes
 * nobody's. Ranking a target against uniform negatives follows paper §4.1.
 */
public final class Negatives {
  private static final long MAGIC = 0x0001_4745_4E4D_4553L; // "SEMNEG", version 1

  private final String stage;
  private final long seed;
  private final int catalog;
  private final int count;
  private final int[] users;
  private final int[] items;

  private Negatives(String stage, long seed, int catalog, int count, int[] users, int[] items) {
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
   * @throws IllegalArgumentException if a user has lived with so many items that fewer than {@code
   *     count} are left
   */
  public static Negatives uniform(
      Histories histories, int catalog, int[] users, int count, String stage, long seed) {
    Checks.atLeast(1, "count", count);
    int[] items = new int[Math.multiplyExact(users.length, count)];
    int[] mark = new int[catalog + 1];
    for (int i = 0; i < users.length; i++) {
      int used = markLife(histories, users[i], mark, i + 1);
      if (catalog - used < count) {
        throw new IllegalArgumentException(
            "count %d: user %s has met %d of %d items, which leaves %d"
                .formatted(count, histories.userId(users[i]), used, catalog, catalog - used));
      }
      SplittableRandom rng = Rng.stream("negatives/" + stage + "/" + users[i], seed);
      if (2L * (used + count) <= catalog) {
        reject(rng, mark, i + 1, items, i * count, count);
      } else {
        choose(rng, mark, i + 1, catalog - used, items, i * count, count);
      }
    }
    return new Negatives(stage, seed, catalog, count, users.clone(), items);
  }

  /** As {@link #uniform(Histories, int, int[], int, String, long)} over a corpus' catalogue. */
  public static Negatives uniform(Corpus corpus, int[] users, int count, String stage, long seed) {
    return uniform(corpus.histories(), corpus.catalog().size(), users, count, stage, seed);
  }

  private static int markLife(Histories histories, int user, int[] mark, int stamp) {
    int used = 0;
    long end = histories.start(user + 1);
    for (long event = histories.start(user); event < end; event++) {
      int item = histories.item(event);
      used += mark[item] == stamp ? 0 : 1;
      mark[item] = stamp;
    }
    return used;
  }

  /** At least half of the catalogue stays free, so two tries on average find an item. */
  private static void reject(
      SplittableRandom rng, int[] mark, int stamp, int[] items, int at, int count) {
    for (int i = 0; i < count; ) {
      int item = 1 + rng.nextInt(mark.length - 1);
      if (mark[item] != stamp) {
        mark[item] = stamp;
        items[at + i++] = item;
      }
    }
  }

  /** A partial shuffle of the free items: linear however few there are. */
  private static void choose(
      SplittableRandom rng, int[] mark, int stamp, int free, int[] items, int at, int count) {
    int[] left = new int[free];
    for (int item = 1, n = 0; item < mark.length; item++) {
      if (mark[item] != stamp) {
        left[n++] = item;
      }
    }
    for (int i = 0; i < count; i++) {
      int j = i + rng.nextInt(free - i);
      items[at + i] = left[j];
      left[j] = left[i];
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

  /** The stage they were drawn for. */
  public String stage() {
    return stage;
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

  /** The first 16 digits of the SHA-256 over everything: same draw, same hash. */
  public String hash() {
    return Sha256.of(encode()).substring(0, 16);
  }

  private byte[] encode() {
    byte[] name = stage.getBytes(StandardCharsets.UTF_8);
    long size = 32L + name.length + 4L * users.length + 4L * items.length;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putLong(seed).putInt(catalog).putInt(count).putInt(users.length);
    out.putInt(name.length).put(name);
    out.asIntBuffer().put(users).put(items);
    return out.array();
  }

  /** Writes the draw and its hash to a file, which is replaced only once all is written. */
  public void write(Path file) throws IOException {
    byte[] content = encode();
    byte[] hash = Sha256.of(content).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(content.length + hash.length).put(content).put(hash);
    AtomicFiles.write(file, all.array());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is missing, truncated or damaged
   */
  public static Negatives read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = all.length - 64;
    if (end < 32) {
      throw damaged(file, "is %d bytes long".formatted(all.length));
    }
    byte[] content = Arrays.copyOf(all, end);
    String hash = new String(all, end, 64, StandardCharsets.US_ASCII);
    if (!Sha256.of(content).equals(hash)) {
      throw damaged(file, "does not have the contents that its hash was taken of");
    }
    try {
      return decode(file, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw damaged(file, "ends too early");
    }
  }

  private static Negatives decode(Path file, ByteBuffer in) throws IOException {
    if (in.getLong() != MAGIC) {
      throw damaged(file, "does not begin as a file of negatives, version 1, does");
    }
    long seed = in.getLong();
    int catalog = in.getInt();
    int count = in.getInt();
    int size = in.getInt();
    int nameLength = in.getInt();
    long expected = nameLength + 4L * size + 4L * size * count;
    if (count < 1 || size < 0 || nameLength < 0 || expected != in.remaining()) {
      throw damaged(file, "has %d bytes after its header".formatted(in.remaining()));
    }
    byte[] name = new byte[nameLength];
    in.get(name);
    int[] users = new int[size];
    int[] items = new int[size * count];
    in.asIntBuffer().get(users).get(items);
    return new Negatives(
        new String(name, StandardCharsets.UTF_8), seed, catalog, count, users, items);
  }

  private static IOException damaged(Path file, String how) {
    return new IOException("%s %s: delete it and draw the negatives again".formatted(file, how));
  }
}
