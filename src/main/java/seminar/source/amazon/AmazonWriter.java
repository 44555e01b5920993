package seminar.source.amazon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.AtomicFiles;
import seminar.file.Progress;
import seminar.source.CorpusWriter;
import seminar.source.JsonFiles;
import seminar.source.PlainText;

/**
 * Writes {@code Exported_5.json.gz} and {@code meta_Exported.json.gz} with the keys of the release
 * of 2018: an event is a review of five stars without a text.
 *
 * <p>What the format cannot carry:
 *
 * <ul>
 *   <li>A typed query. The reader makes the query of an item of the first five words of its
 *       description; so a query comes back if every event of the item has it and it is these words
 *       of a part of the item's text. All others come back empty, and every event as browsing.
 *   <li>Times are in seconds; parts of a second are cut off. Where there are no times, an event at
 *       position p of its history is written as p seconds after 2000-01-01 (UTC).
 *   <li>Runs of blanks in texts and attributes come back as one blank. An attribute without the
 *       prefix {@code brand:} or {@code category:} comes back with the latter; so does a brand
 *       where an item has several.
 *   <li>Exposures, negatives and features, and users without an event.
 * </ul>
 */
public final class AmazonWriter implements CorpusWriter {
  private static final String CATEGORY = "Exported";
  private static final String ITEMS = "meta_" + CATEGORY + ".json.gz";
  private static final String REVIEWS = CATEGORY + "_5.json.gz";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM d, yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** 2000-01-01 in seconds since 1970. */
  private static final long START = 946_684_800;

  /** Makes the writer. */
  public AmazonWriter() {}

  @Override
  public String name() {
    return "amazon";
  }

  @Override
  public String description() {
    return "Amazon reviews of 2018: Exported_5.json.gz and meta_Exported.json.gz";
  }

  @Override
  public Map<String, String> readerOptions() {
    return Map.of("minUserEvents", "1", "minItemEvents", "1");
  }

  /**
   * Writes both files.
   *
   * @throws IllegalArgumentException if an event is earlier than 1970, or an id is empty or holds a
   *     blank that would not be read back
   */
  @Override
  public void write(Corpus corpus, Path folder, Progress progress) throws IOException {
    checkIds(corpus.catalog()::originalId, 1, corpus.catalog().size());
    checkIds(corpus.histories()::userId, 0, corpus.histories().users());
    AtomicFiles.writeFolder(
        folder,
        Set.of(ITEMS, REVIEWS),
        into -> {
          try (AmazonMeta meta = new AmazonMeta(corpus, into.resolve(ITEMS))) {
            meta.write(CATEGORY, progress);
          }
          reviews(corpus, into.resolve(REVIEWS), progress);
        });
  }

  private static void checkIds(IntFunction<String> ids, int first, int size) {
    for (int number = first; number < first + size; number++) {
      if (!PlainText.isId(ids.apply(number))) {
        throw new IllegalArgumentException(
            "the id '%s' is empty or has blanks that would not be read back"
                .formatted(ids.apply(number)));
      }
    }
  }

  private static void reviews(Corpus corpus, Path file, Progress progress) throws IOException {
    Histories histories = corpus.histories();
    try (JsonGenerator json = JsonFiles.create(file)) {
      for (int user = 0; user < histories.users(); user++) {
        String id = histories.userId(user);
        for (long event = histories.start(user); event < histories.start(user + 1); event++) {
          String asin = corpus.catalog().originalId(histories.item(event));
          review(json, id, asin, seconds(histories, event, event - histories.start(user)));
        }
        progress.at("writing " + file.getFileName(), user + 1L, histories.users());
      }
      json.writeRaw('\n');
    }
  }

  private static long seconds(Histories histories, long event, long position) {
    if (!histories.hasTimes()) {
      return START + position;
    }
    long time = histories.time(event);
    if (time < 0) {
      throw new IllegalArgumentException(
          "an event has the time %d ms: reviews begin with 1970".formatted(time));
    }
    return time / 1000;
  }

  private static void review(JsonGenerator json, String user, String asin, long seconds)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("overall", 5.0);
    json.writeBooleanField("verified", true);
    json.writeStringField("reviewTime", DAY.format(Instant.ofEpochSecond(seconds)));
    json.writeStringField("reviewerID", user);
    json.writeStringField("asin", asin);
    json.writeStringField("reviewerName", "");
    json.writeStringField("reviewText", "");
    json.writeStringField("summary", "");
    json.writeNumberField("unixReviewTime", seconds);
    json.writeEndObject();
  }
}
