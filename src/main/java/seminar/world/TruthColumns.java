package seminar.world;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
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

  static TruthColumns of(ItemTable table, LogWriter log) {
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
        log.eventIntents(),
        log.odds());
  }

  /**
   * The columns that lie beside a corpus.
   *
   * @throws IOException if one is missing or does not fit the corpus
   */
  static TruthColumns read(Corpus corpus, Path folder) throws IOException {
    long entries = corpus.catalog().size() + 1L;
    long exposures = corpus.exposures().map(Exposures::size).orElse(0L);
    return new TruthColumns(
        sized(ITEM_INTENT, entries, folder),
        sized(TEXT_INTENT, entries, folder),
        sized(IMAGE_INTENT, entries, folder),
        sized(COLD, entries, folder),
        sized(POPULARITY, Float.BYTES * entries, folder),
        sized(EVENT_INTENT, corpus.histories().events(), folder),
        sized(ODDS, Float.BYTES * exposures, folder));
  }

  private static MemorySegment sized(String name, long bytes, Path folder) throws IOException {
    MemorySegment column = CorpusFolder.companion(folder, name);
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
