package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.serve.ExplainedSearch;
import seminar.serve.IndexedHistories;
import seminar.serve.IndexedHistories.Found;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Finds the events of a history that matter for an item, head by head; {@code explain} takes their
 * scores apart.
 */
@Command(
    name = "search",
    description = "Finds the events of an indexed history that each head of the model looks for.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  ${sys:seminar.invocation} search --data my-corpus --model my.model --index my-index"
          + " --user 17 --item 204"
    })
class SearchCommand extends SeminarCommand {
  private static final String[] CHANNELS = {"text", "picture", "attributes", "query"};
  private static final int TITLE = 40;

  @Mixin private CommonOptions common;
  @Mixin private IndexSource source;

  @Option(
      names = "--index",
      required = true,
      paramLabel = "DIR",
      description = "An index, as 'index' writes it.")
  private Path index;

  @Option(names = "--user", required = true, paramLabel = "ID", description = "Whose history.")
  private String user;

  @Option(names = "--item", required = true, paramLabel = "ID", description = "The candidate.")
  private String item;

  @Option(
      names = "-k",
      paramLabel = "K",
      defaultValue = "5",
      description = "Events of each head; default: ${DEFAULT-VALUE}.")
  private int k;

  /** Looks at the search more closely, if at all. */
  Optional<ExplainedSearch> closer(IndexedHistories histories, int user, int item)
      throws IOException {
    return Optional.empty();
  }

  /** What is said below the table of a head. */
  String below(ExplainedSearch search, int head, int k) {
    return "";
  }

  @Override
  void run() throws IOException {
    Corpus corpus;
    int person;
    List<Found> found;
    Optional<ExplainedSearch> closer;
    try (Console console = Console.of(common.quiet)) {
      IndexSource.Opened opened = source.open(console, common.seed);
      corpus = opened.corpus();
      person = corpus.user(user);
      console.step("searching", 0.1);
      IndexedHistories histories =
          IndexedHistories.open(opened.vectors(), opened.hash(), corpus, index);
      int candidate = corpus.item(item);
      found = histories.search(person, candidate, Queries.EMPTY, k);
      closer = closer(histories, person, candidate);
    }
    for (int h = 0; h < found.size(); h++) {
      int head = h;
      Table table = table(corpus, person, h, found.get(h), closer);
      print(table.name(), TextTable.of(table));
      closer.ifPresent(search -> print(below(search, head, k)));
      print("");
    }
  }

  private Table table(
      Corpus corpus, int person, int head, Found found, Optional<ExplainedSearch> closer) {
    Histories histories = corpus.histories();
    StringColumn event = StringColumn.create("event");
    StringColumn what = StringColumn.create("item");
    StringColumn score = StringColumn.create("score");
    StringColumn length = StringColumn.create("length");
    StringColumn cosine = StringColumn.create("cosine");
    StringColumn recency = StringColumn.create("recency");
    boolean isTimed = closer.isPresent() && anyOf(found.recency());
    StringColumn[] parts = new StringColumn[closer.isPresent() ? CHANNELS.length : 0];
    for (int c = 0; c < parts.length; c++) {
      parts[c] = StringColumn.create(CHANNELS[c]);
    }
    for (int i = 0; i < found.events().length; i++) {
      event.append("%,d".formatted(found.events()[i] + 1));
      int id = histories.item(histories.start(person) + found.events()[i]);
      String text = corpus.catalog().text(id);
      String title = text.isBlank() ? corpus.catalog().originalId(id) : text;
      what.append(plain(title));
      score.append(number(found.scores()[i]));
      if (closer.isPresent()) {
        ExplainedSearch.Parts whole = closer.get().parts(head, found.events()[i], 1);
        length.append(number(whole.length()));
        cosine.append(number(whole.cosine()));
      }
      for (int c = 0; c < parts.length; c++) {
        parts[c].append(number(found.parts()[i][c]));
      }
      recency.append(number(found.recency()[i]));
    }
    Table table =
        Table.create(
            "Head %d: %.0f %% of its exact best %d found, %.0f %% by codes alone"
                .formatted(
                    head + 1, 100 * found.recall(), found.events().length, 100 * found.byCodes()),
            what,
            event);
    if (closer.isPresent()) {
      table.addColumns(length, cosine);
    }
    table.addColumns(score).addColumns(parts);
    return isTimed ? table.addColumns(recency) : table;
  }

  private static boolean anyOf(float[] numbers) {
    for (float number : numbers) {
      if (number != 0) {
        return true;
      }
    }
    return false;
  }

  /** A title in one short line, without what a terminal would obey. */
  private static String plain(String title) {
    String line = title.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.substring(
        0, line.offsetByCodePoints(0, Math.min(TITLE, line.codePointCount(0, line.length()))));
  }

  /** With three decimals. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
