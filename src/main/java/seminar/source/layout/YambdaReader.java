package seminar.source.layout;

import java.io.IOException;
import java.util.List;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads Yambda, flat or sequential: {@code listens.parquet}, {@code likes.parquet} or {@code
 * multi_event.parquet}, with {@code artist_item_mapping.parquet} and {@code
 * album_item_mapping.parquet} beside or above it. A track counts as listened to from half of its
 * length on, as the authors have it ({@code threshold}); of several kinds of events listens and
 * likes are kept ({@code kinds}). The vectors of {@code embeddings.parquet}, made from the sound,
 * are picture features. Times count seconds from a day that is not told.
 *
 * <p>See:
 *
 * <pre>
 * A. Ploshkin et al. "Yambda-5B: a large-scale multi-modal dataset for ranking and retrieval".
 * RecSys, 2025.</pre>
 */
public final class YambdaReader extends LayoutReader {
  private static final String KIND = "event_type";
  private static final TableOptions OPTIONS =
      TableOptions.defaults()
          .withUser("uid")
          .withItem("item_id")
          .withTime("timestamp")
          .withTimeUnit(TimeUnit.SECONDS)
          .withRating("played_ratio_pct")
          .withThreshold(50)
          .withVector("normalized_embed")
          .withAttributes(List.of("artist_id", "album_id"));

  private static final Layout LAYOUT =
      new Layout(
          "yambda",
          "Yambda: listens.parquet, likes.parquet or multi_event.parquet, flat or sequential, with"
              + " artist_item_mapping.parquet and album_item_mapping.parquet",
          List.of("listens\\.parquet", "likes\\.parquet", "multi_event\\.parquet"),
          false,
          List.of("artist_item_mapping\\.parquet", "album_item_mapping\\.parquet"),
          "embeddings\\.parquet",
          OPTIONS,
          YambdaReader::told);

  /** With the usual options. */
  public YambdaReader() {
    super(LAYOUT);
  }

  private static TableOptions told(TableOptions options, Table log, List<Table> items)
      throws IOException {
    TableOptions told = options;
    if (log.has("item_ids")) {
      told = told.withItem("item_ids").withTime("timestamps");
      told =
          told.items().isEmpty() && told.vectors().isEmpty()
              ? told
              : told.withItemId(OPTIONS.item());
    }
    if (!log.has(told.rating()) || log.has(KIND)) {
      told = told.withThreshold(Double.NEGATIVE_INFINITY).withRating("");
    }
    if (log.has(KIND) && told.kind().isEmpty()) {
      told = told.withKind(KIND).withKinds(List.of("listen", "like"));
    }
    return told;
  }
}
