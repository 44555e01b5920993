package seminar.source.layout;

import java.io.IOException;
import java.util.List;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads MicroLens: {@code MicroLens-50k_pairs.csv} or that of another size, with {@code
 * MicroLens-50k_titles.csv} or, without a line of names, {@code MicroLens-100k_title_en.csv}.
 *
 * <p>See:
 *
 * <pre>
 * Y. Ni, Y. Cheng, X. Liu, J. Fu, Y. Li, X. He, Y. Zhang, F. Yuan. "A content-driven micro-video
 * recommendation dataset at scale". arXiv:2309.15379, 2023.</pre>
 */
public final class MicroLensReader extends LayoutReader {
  private static final String TITLE = "title";

  private static final Layout LAYOUT =
      new Layout(
          "microlens",
          "MicroLens: MicroLens-X_pairs.csv with MicroLens-X_titles.csv or"
              + " MicroLens-X_title_en.csv",
          List.of("MicroLens-[^_]+_pairs\\.csv"),
          false,
          List.of("MicroLens-[^_]+_(titles|title_en)\\.csv"),
          "",
          TableOptions.defaults()
              .withUser("user")
              .withItem("item")
              .withTime("timestamp")
              .withTimeUnit(TimeUnit.MILLISECONDS)
              .withText(List.of(TITLE)),
          MicroLensReader::told);

  /** With the usual options. */
  public MicroLensReader() {
    super(LAYOUT);
  }

  private static TableOptions told(TableOptions options, Table log, List<Table> items)
      throws IOException {
    boolean named = items.isEmpty() || items.getFirst().has(TITLE);
    return named ? options : options.withItemColumns(List.of(options.item(), TITLE));
  }
}
