package seminar.source.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import seminar.source.Separation;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads the atomic files of RecBole: {@code X.inter}, or its parts {@code X.train.inter} and so on,
 * and {@code X.item}. Users are {@code user_id}; items are {@code item_id}, or what the first
 * column of {@code X.item} is called. Of the columns of items those of the types {@code token} and
 * {@code token_seq} are attributes, or texts if they are called title, name, text, description or
 * the like. A {@code label} says what was taken of what was shown.
 *
 * <p>See:
 *
 * <pre>
 * W. X. Zhao et al. "RecBole: towards a unified, comprehensive and efficient framework for
 * recommendation algorithms". CIKM, 2021.</pre>
 */
public final class RecBoleReader extends LayoutReader {
  private static final String LABEL = "label";
  private static final Pattern TEXT =
      Pattern.compile(
          "(.*_)?(title|name|text|description|caption|plot|abstract|headline)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS = Pattern.compile("(?i).*(url|image|img).*");
  private static final TableOptions OPTIONS =
      TableOptions.defaults()
          .withUser("user_id")
          .withItem("item_id")
          .withTime("timestamp")
          .withRating("rating")
          .withFormat(Table.Format.ATOMIC);

  private static final Layout LAYOUT =
      new Layout(
          "recbole",
          "RecBole: X.inter with X.item",
          List.of("[^.]+\\.inter", ".+\\.(train|valid|test)\\.inter", ".+\\.inter"),
          true,
          List.of(".+\\.item"),
          "",
          OPTIONS,
          RecBoleReader::told);

  /** With the usual options. */
  public RecBoleReader() {
    super(LAYOUT);
  }

  private static TableOptions told(TableOptions options, Table log, List<Table> items)
      throws IOException {
    TableOptions told = options;
    if (!log.has(told.item()) && !items.isEmpty()) {
      told = told.withItem(items.getFirst().columns().getFirst());
    }
    if (told.time().equals(OPTIONS.time()) && !log.has(told.time())) {
      told = told.withTimeUnit(TimeUnit.AUTO).withTime("");
    }
    if (told.rating().equals(OPTIONS.rating()) && !log.has(told.rating())) {
      told = told.withThreshold(OPTIONS.threshold()).withRating("");
    }
    if (told.clicked().isEmpty() && log.has(LABEL)) {
      told = told.withClicked(LABEL);
    }
    return described(told, items);
  }

  private static TableOptions described(TableOptions options, List<Table> items)
      throws IOException {
    if (!options.text().isEmpty() || !options.attributes().isEmpty()) {
      return options;
    }
    List<String> text = new ArrayList<>();
    List<String> attributes = new ArrayList<>();
    for (Table table : items) {
      for (String column : Separation.tabs().names(table.file())) {
        String name = column.substring(0, column.indexOf(':') < 0 ? 0 : column.lastIndexOf(':'));
        boolean words = column.endsWith(":token") || column.endsWith(":token_seq");
        if (!words || name.equals(options.item()) || ADDRESS.matcher(name).matches()) {
          continue;
        }
        if (TEXT.matcher(name).matches()) {
          text.add(column);
        } else {
          attributes.add(name);
        }
      }
    }
    return options
        .withText(text.stream().distinct().toList())
        .withAttributes(attributes.stream().distinct().toList());
  }
}
