package seminar.source.layout;

import java.util.List;
import seminar.source.table.TableOptions;

/**
 * Reads pairs as SASRec has them: a file such as {@code ml-1m.txt} with a user and an item in each
 * line and a blank between them, the events of a user in their order. There are no times and
 * nothing describes items.
 *
 * <p>See:
 *
 * <pre>
 * W.-C. Kang, J. McAuley. "Self-attentive sequential recommendation". ICDM, 2018.</pre>
 */
public final class PairsReader extends LayoutReader {
  private static final Layout LAYOUT =
      Layout.of(
          "pairs",
          "Pairs as SASRec has them: X.txt, a user and an item in each line",
          List.of(".+\\.txt"),
          false,
          List.of(),
          TableOptions.defaults()
              .withUser("user")
              .withItem("item")
              .withColumns(List.of("user", "item"))
              .withDelimiter(" "));

  /** With the usual options. */
  public PairsReader() {
    super(LAYOUT);
  }
}
