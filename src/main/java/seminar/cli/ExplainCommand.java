package seminar.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import seminar.data.Queries;
import seminar.retrieve.RecallLoss;
import seminar.serve.ExplainedSearch;
import seminar.serve.IndexedHistories;
import seminar.terminal.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * As {@link SearchCommand}, with what each channel, the length and, for a chosen event, each piece
 * of the vectors adds to a score, and where recall is lost.
 */
@Command(
    name = "explain",
    description =
        "Shows why events were chosen: what text, picture, attributes and query add to each score,"
            + " how long an event is for its history, and where a search by codes loses recall.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  ${sys:seminar.invocation} explain --data my-corpus --model my.model --index my-index"
          + " --user 17 --item 204 --event 31"
    })
final class ExplainCommand extends SearchCommand {
  private static final int PIECES = 8;

  @Option(
      names = "--event",
      paramLabel = "N",
      description =
          "An event by its number in the history; its score is shown piece by piece of the vectors,"
              + " exactly and by codes.")
  private Integer event;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Of how many of the best by codes exact scores are looked at where the loss of recall is"
              + " taken apart; default: ${DEFAULT-VALUE}.")
  private int candidates;

  @Override
  Optional<ExplainedSearch> closer(IndexedHistories histories, int user, int item)
      throws IOException {
    ExplainedSearch search = ExplainedSearch.of(histories, user, item, Queries.EMPTY);
    if (event != null && (event < 1 || event > search.events())) {
      throw new IllegalArgumentException(
          "--event is %d: the history has events 1 to %,d".formatted(event, search.events()));
    }
    return Optional.of(search);
  }

  @Override
  String below(ExplainedSearch search, int head, int k) {
    RecallLoss loss = search.loss(head, k, candidates);
    String lost =
        "Recall lost to the codebook: %s; to a target in codes: %s; to weights: %s; outside the"
            + " best %,d by codes: %s";
    String text =
        lost.formatted(
            percent(loss.codebook()),
            percent(loss.target()),
            percent(loss.weights()),
            candidates,
            percent(loss.candidates()));
    return event == null
        ? text
        : text
            + System.lineSeparator()
            + TextTable.of(pieces(search.parts(head, event - 1, PIECES)));
  }

  private Table pieces(ExplainedSearch.Parts parts) {
    StringColumn piece = StringColumn.create("event %,d".formatted(event));
    StringColumn exact = StringColumn.create("score");
    StringColumn codes = StringColumn.create("by codes");
    for (int b = 0; b < parts.pieces().length; b++) {
      piece.append("piece %d of %d".formatted(b + 1, PIECES));
      exact.append(number(parts.pieces()[b]));
      codes.append(number(parts.piecesByCodes()[b]));
    }
    piece.append("whole");
    exact.append(number(parts.score()));
    codes.append(number(parts.byCodes()));
    return Table.create("Pieces", piece, exact, codes);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
