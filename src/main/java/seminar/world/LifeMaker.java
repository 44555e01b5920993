package seminar.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.math.Rng;

/** Lives one life after the other: sessions, drift, searches. */
final class LifeMaker {
  private static final double LENGTH_SIGMA = 0.9;

  /** Intents are less unlike in popularity than items are. */
  private static final double INTENT_SKEW = 0.8;

  private static final long START = 1_700_000_000_000L;
  private static final long DAY = 86_400_000L;

  private final WorldOptions options;
  private final WorldOptions.Lives lives;
  private final ItemTable table;
  private final int[][] members;
  private final double[] intentWeights;
  private final Histories.Builder histories = new Histories.Builder(true, true);
  private final Queries.Builder queries = new Queries.Builder();
  private int[] eventIntents = new int[1024];
  private int events;

  LifeMaker(WorldOptions options, ItemTable table) {
    this.options = options;
    this.lives = options.lives();
    this.table = table;
    this.members =
        table.members(options.intents()).stream()
            .map(list -> list.stream().mapToInt(i -> i).toArray())
            .toArray(int[][]::new);
    this.intentWeights =
        IntStream.range(0, options.intents())
            .mapToDouble(k -> Math.pow(k + 1, -INTENT_SKEW * options.popularitySkew()))
            .toArray();
  }

  void run() {
    for (int user = 0; user < options.users(); user++) {
      live(user, Rng.stream("world/life/" + user, options.seed()));
    }
  }

  Histories histories() {
    return histories.build();
  }

  Queries queries() {
    return queries.build();
  }

  int[] eventIntents() {
    return Arrays.copyOf(eventIntents, events);
  }

  private void live(int user, SplittableRandom rng) {
    histories.user("user%05d".formatted(user + 1));
    int length = length(rng);
    boolean[] met = new boolean[options.items() + 1];
    int[] favourites = rng.ints(options.intents(), 0, ItemTable.BRANDS).toArray();
    List<Integer> active = new ArrayList<>();
    while (active.size() < lives.activeIntents()) {
      active.add(newIntent(rng, active));
    }
    long time = START + rng.nextLong(30 * DAY);
    int intent = active.get(0);
    for (int at = 0; at < length; at++) {
      boolean begins = at == 0 || rng.nextDouble() < 1 / lives.sessionLength();
      if (begins) {
        if (rng.nextDouble() < lives.drift() && active.size() < options.intents()) {
          active.set(rng.nextInt(active.size()), newIntent(rng, active));
        }
        // The first active intents are dearer to the user than the last ones.
        intent = active.get(Math.min(rng.nextInt(active.size()), rng.nextInt(active.size())));
        time += 1 + rng.nextLong(2 * DAY);
      }
      time += 1000 + rng.nextLong(120_000);
      step(rng, intent, 2 * at < length, met, favourites, time);
    }
  }

  private void step(
      SplittableRandom rng, int intent, boolean old, boolean[] met, int[] favourites, long time) {
    boolean wanders = rng.nextDouble() < lives.wander();
    boolean cold = old && rng.nextDouble() < lives.coldShare();
    int from = wanders ? newIntent(rng, List.of()) : intent;
    int item = pick(rng, from, cold, met, favourites[from]);
    met[item] = true;
    boolean search = rng.nextDouble() < lives.searchShare();
    int query = search ? queries.add(query(rng, table.intents()[item])) : Queries.EMPTY;
    histories.add(item, query, time, search ? Histories.SEARCH : Histories.BROWSE);
    if (events == eventIntents.length) {
      eventIntents = Arrays.copyOf(eventIntents, 2 * events);
    }
    eventIntents[events++] = wanders ? Truth.WANDERING : table.intents()[item];
  }

  /**
   * An item of the intent that the user has not met: nobody would rank a thing seen before against
   * things never seen. An intent that is used up gives way to the next one, cold items that are
   * used up give way to others.
   */
  private int pick(SplittableRandom rng, int intent, boolean cold, boolean[] met, int favourite) {
    for (int shift = 0; shift < options.intents(); shift++) {
      int item = draw(rng, members[(intent + shift) % options.intents()], cold, met, favourite);
      if (item > 0) {
        return item;
      }
    }
    if (cold) {
      return pick(rng, intent, false, met, favourite);
    }
    throw new IllegalStateException("a life of this length leaves no item unmet");
  }

  /** An unmet item of these, by popularity and brand; 0 if all are met. */
  private int draw(SplittableRandom rng, int[] items, boolean cold, boolean[] met, int favourite) {
    double[] upTo = new double[items.length];
    double total = 0;
    for (int i = 0; i < items.length; i++) {
      int item = items[i];
      double weight = met[item] || table.cold()[item] != cold ? 0 : table.weights()[item];
      total += weight * (table.brands()[item] == favourite ? lives.loyalty() : 1);
      upTo[i] = total;
    }
    return total > 0 ? items[firstAbove(upTo, rng.nextDouble() * total)] : 0;
  }

  private static int firstAbove(double[] upTo, double point) {
    int i = 0;
    while (upTo[i] <= point) {
      i++;
    }
    return i;
  }

  private String query(SplittableRandom rng, int intent) {
    String noun = ItemTable.pick(rng, Topics.nouns(intent));
    String words =
        rng.nextInt(3) == 0 ? noun : ItemTable.pick(rng, Topics.adjectives(intent)) + " " + noun;
    boolean styled = options.intents() > Topics.TOPICS && rng.nextBoolean();
    return styled ? Topics.style(intent) + " " + words : words;
  }

  private int newIntent(SplittableRandom rng, List<Integer> active) {
    double total = 0;
    for (int k = 0; k < intentWeights.length; k++) {
      total += active.contains(k) ? 0 : intentWeights[k];
    }
    double point = rng.nextDouble() * total;
    int last = -1;
    for (int k = 0; k < intentWeights.length; k++) {
      if (!active.contains(k)) {
        last = k;
        point -= intentWeights[k];
        if (point < 0) {
          return k;
        }
      }
    }
    return last;
  }

  private int length(SplittableRandom rng) {
    double excess = lives.meanLength() - lives.minLength();
    int length;
    do {
      double logNormal =
          Math.exp(LENGTH_SIGMA * rng.nextGaussian() - LENGTH_SIGMA * LENGTH_SIGMA / 2);
      length = (int) (lives.minLength() + excess * logNormal);
    } while (length > lives.maxLength());
    return length;
  }
}
