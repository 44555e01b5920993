package seminar.world;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * Makes all histories, many at a time, and writes them down in order, so that the result does not
 * depend on the number of threads.
 */
final class LogWriter {
  private static final double LENGTH_SIGMA = 0.9;

  /** Intents are less unlike in popularity than items are. */
  private static final double INTENT_SKEW = 0.8;

  private static final int UNSEEN = -1;

  /** Histories that are held before they are written down. */
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

  private LogWriter(WorldOptions options) {
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

  /** Writes down every history of a world. */
  static LogWriter of(WorldOptions options, ItemTable table, Workers workers, Progress progress) {
    LogWriter writer = new LogWriter(options);
    ItemStrata strata = new ItemStrata(table, options.intents(), options.memory().brands());
    double[] popularity = popularity(options);
    HistoryMaker.UserHistory[] block =
        new HistoryMaker.UserHistory[Math.min(BLOCK, options.users())];
    for (int first = 0; first < options.users(); first += block.length) {
      int base = first;
      progress.at("writing histories", first, options.users());
      int n = Math.min(block.length, options.users() - first);
      workers.forEach(
          n,
          (shard, from, to) -> {
            HistoryMaker maker = new HistoryMaker(options, strata, writer.phrases, popularity);
            for (int i = from; i < to; i++) {
              block[i] = maker.make(base + i, writer.lengths[base + i]);
            }
          });
      for (int i = 0; i < n; i++) {
        writer.write(base + i, block[i]);
      }
    }
    progress.at("writing histories", options.users(), options.users());
    return writer;
  }

  /** How popular each intent is: a Zipf law over their numbers. */
  static double[] popularity(WorldOptions options) {
    double[] weights =
        IntStream.rangeClosed(1, options.intents())
            .mapToDouble(rank -> Math.pow(rank, -INTENT_SKEW * options.popularitySkew()))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private int length(int user) {
    WorldOptions.Behaviour behaviour = options.behaviour();
    SplittableRandom rng = Rng.stream("world/length/" + user, options.seed());
    double excess = behaviour.meanLength() - behaviour.minLength();
    int length;
    do {
      double logNormal =
          Math.exp(LENGTH_SIGMA * rng.nextGaussian() - LENGTH_SIGMA * LENGTH_SIGMA / 2);
      length = (int) (behaviour.minLength() + excess * logNormal);
    } while (length > behaviour.maxLength());
    return length;
  }

  private void write(int user, HistoryMaker.UserHistory history) {
    histories.user(Integer.toString(user + 1));
    exposures.user();
    for (int at = 0; at < history.items().length; at++) {
      int phrase = history.phrases()[at];
      int query = phrase == Phrases.NONE ? Queries.EMPTY : query(phrase);
      byte action = phrase == Phrases.NONE ? Histories.BROWSE : Histories.SEARCH;
      histories.add(history.items()[at], query, history.times()[at], action);
      for (int i = at * slate; i < (at + 1) * slate; i++) {
        boolean clicked = history.shown()[i] == history.items()[at];
        exposures.add(history.shown()[i], query, clicked, at, history.times()[at]);
        odds.setAtIndex(Truth.FLOAT, event * slate + i - at * slate, history.odds()[i]);
      }
      eventIntents.set(Truth.BYTE, event++, history.intents()[at]);
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
