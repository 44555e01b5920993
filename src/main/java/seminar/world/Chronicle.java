package seminar.world;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Progress;
import seminar.data.Queries;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * Has all lives lived, many at a time, and writes them down in order, so that the result does not
 * depend on the number of threads.
 */
final class Chronicle {
  private static final double LENGTH_SIGMA = 0.9;

  /** Intents are less unlike in popularity than items are. */
  private static final double INTENT_SKEW = 0.8;

  /** Lives that are held before they are written down. */
  private static final int BLOCK = 1024;

  private final WorldOptions options;
  private final Phrases phrases;
  private final int[] queryOf; // [phrases], or UNSEEN
  private final int slate;
  private final Histories.Builder histories = new Histories.Builder(true, true);
  private final Queries.Builder queries = new Queries.Builder();
  private final Exposures.Builder exposures = new Exposures.Builder(true);
  private final MemorySegment eventIntents;
  private final MemorySegment odds;
  private final int[] lengths;
  private long event;

  private static final int UNSEEN = -1;

  private Chronicle(WorldOptions options) {
    this.options = options;
    this.phrases = new Phrases(options.intents());
    this.queryOf = new int[phrases.size()];
    Arrays.fill(queryOf, UNSEEN);
    this.slate = options.clicks().slate();
    this.lengths = IntStream.range(0, options.users()).map(this::length).toArray();
    long events = IntStream.of(lengths).asLongStream().sum();
    this.eventIntents = Arena.ofAuto().allocate(events);
    this.odds = Arena.ofAuto().allocate(Float.BYTES * slate * events, Float.BYTES);
  }

  /** Writes down every life of a world. */
  static Chronicle of(WorldOptions options, ItemTable table, Workers workers, Progress progress) {
    Chronicle chronicle = new Chronicle(options);
    Shelves shelves = new Shelves(table, options.intents());
    double[] popularity = popularity(options);
    Life[] block = new Life[Math.min(BLOCK, options.users())];
    for (int first = 0; first < options.users(); first += block.length) {
      int base = first;
      progress.at("living", first, options.users());
      int n = Math.min(block.length, options.users() - first);
      workers.forEach(
          n,
          (shard, from, to) -> {
            LifeMaker maker = new LifeMaker(options, shelves, chronicle.phrases, popularity);
            for (int i = from; i < to; i++) {
              block[i] = maker.live(base + i, chronicle.lengths[base + i]);
            }
          });
      for (int i = 0; i < n; i++) {
        chronicle.write(base + i, block[i]);
      }
    }
    progress.at("living", options.users(), options.users());
    return chronicle;
  }

  /** How popular each intent is: a Zipf law over their numbers. */
  private static double[] popularity(WorldOptions options) {
    double[] weights =
        IntStream.rangeClosed(1, options.intents())
            .mapToDouble(rank -> Math.pow(rank, -INTENT_SKEW * options.popularitySkew()))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private int length(int user) {
    WorldOptions.Lives lives = options.lives();
    SplittableRandom rng = Rng.stream("world/length/" + user, options.seed());
    double excess = lives.meanLength() - lives.minLength();
    int length;
    do {
      double logNormal =
          Math.exp(LENGTH_SIGMA * rng.nextGaussian() - LENGTH_SIGMA * LENGTH_SIGMA / 2);
      length = (int) (lives.minLength() + excess * logNormal);
    } while (length > lives.maxLength());
    return length;
  }

  private void write(int user, Life life) {
    histories.user(Integer.toString(user + 1));
    exposures.user();
    for (int at = 0; at < life.items().length; at++) {
      int phrase = life.phrases()[at];
      int query = phrase == Phrases.NONE ? Queries.EMPTY : query(phrase);
      byte action = phrase == Phrases.NONE ? Histories.BROWSE : Histories.SEARCH;
      histories.add(life.items()[at], query, life.times()[at], action);
      for (int i = at * slate; i < (at + 1) * slate; i++) {
        boolean clicked = life.shown()[i] == life.items()[at];
        exposures.add(life.shown()[i], query, clicked, at, life.times()[at]);
        odds.setAtIndex(Truth.FLOAT, event * slate + i - at * slate, life.odds()[i]);
      }
      eventIntents.set(Truth.BYTE, event++, life.intents()[at]);
    }
  }

  /** Queries are numbered in the order in which they are first typed. */
  private int query(int phrase) {
    if (queryOf[phrase] == UNSEEN) {
      queryOf[phrase] = queries.add(phrases.text(phrase));
    }
    return queryOf[phrase];
  }

  Histories histories() {
    return histories.build();
  }

  Queries queries() {
    return queries.build();
  }

  /** What was shown, unless slates are not recorded. */
  Optional<Exposures> exposures() {
    return slate == 0 ? Optional.empty() : Optional.of(exposures.build());
  }

  /** The intent of each event. */
  MemorySegment eventIntents() {
    return eventIntents;
  }

  /** The log-odds of a click for each exposure. */
  MemorySegment odds() {
    return odds;
  }
}
