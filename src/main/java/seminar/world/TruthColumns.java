package seminar.world;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import seminar.data.Corpus;
import seminar.data.Exposures;

/**
 * The truth as columns of little-endian numbers.
 *
 * @param itemIntents [items + 1] bytes, entry 0 unused
 * @param textIntents [items + 1] bytes
 * @param imageIntents [items + 1] bytes
 * @param cold [items + 1] bytes, 1 for a cold item
 * @param popularity [items + 1] floats
 * @param eventIntents [events] bytes
 * @param clickLogOdds [exposures] floats
 */
record TruthColumns(
    MemorySegment itemIntents,
    MemorySegment textIntents,
    MemorySegment imageIntents,
    MemorySegment cold,
    MemorySegment popularity,
    MemorySegment eventIntents,
    MemorySegment clickLogOdds) {
  private static final String ITEM_INTENT = "truth-item-intent.i8";
  private static final String TEXT_INTENT = "truth-text-intent.i8";
  private static final String IMAGE_INTENT = "truth-image-intent.i8";
  private static final String COLD = "truth-item-cold.i8";
  private static final String POPULARITY = "truth-item-popularity.f32";
  private static final String EVENT_INTENT = "truth-event-intent.i8";
  private static final String ODDS = "truth-click-log-odds.f32";

  /** Finds the column of that name. */
  @FunctionalInterface
  interface Source {
    MemorySegment column(String name) throws IOException;
  }

  static TruthColumns of(ItemTable table, LogWriter chronicle) {
    MemorySegment cold = Arena.ofAuto().allocate(table.items() + 1);
    MemorySegment popularity = Arena.ofAuto().allocate(Float.BYTES * (table.items() + 1L), 4);
    for (int item = 1; item <= table.items(); item++) {
      cold.set(Truth.BYTE, item, (byte) (table.cold()[item] ? 1 : 0));
      popularity.setAtIndex(Truth.FLOAT, item, table.weights()[item]);
    }
    return new TruthColumns(
        MemorySegment.ofArray(table.intents()),
        MemorySegment.ofArray(table.textIntents()),
        MemorySegment.ofArray(table.imageIntents()),
        cold,
        popularity,
        chronicle.eventIntents(),
        chronicle.odds());
  }

  /**
   * The columns that lie beside a corpus.
   *
   * @throws IOException if one is missing or does not fit the corpus
   */
  static TruthColumns read(Corpus corpus, Source source) throws IOException {
    long entries = corpus.catalog().size() + 1L;
    long exposures = corpus.exposures().map(Exposures::size).orElse(0L);
    return new TruthColumns(
        sized(ITEM_INTENT, entries, source),
        sized(TEXT_INTENT, entries, source),
        sized(IMAGE_INTENT, entries, source),
        sized(COLD, entries, source),
        sized(POPULARITY, Float.BYTES * entries, source),
        sized(EVENT_INTENT, corpus.histories().events(), source),
        sized(ODDS, Float.BYTES * exposures, source));
  }

  private static MemorySegment sized(String name, long bytes, Source source) throws IOException {
    MemorySegment column = source.column(name);
    if (column.byteSize() != bytes) {
      throw new IOException(
          "%s has %d bytes, the corpus asks for %d: make the world again"
              .formatted(name, column.byteSize(), bytes));
    }
    return column;
  }

  Map<String, MemorySegment> byName() {
    Map<String, MemorySegment> columns = new TreeMap<>();
    columns.put(ITEM_INTENT, itemIntents);
    columns.put(TEXT_INTENT, textIntents);
    columns.put(IMAGE_INTENT, imageIntents);
    columns.put(COLD, cold);
    columns.put(POPULARITY, popularity);
    columns.put(EVENT_INTENT, eventIntents);
    columns.put(ODDS, clickLogOdds);
    return columns;
  }
}
