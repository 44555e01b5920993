package seminar.kernel;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Cuts the text of a cell into snippets and lines that begin with {@code %}. */
final class CellText {
  private CellText() {}

  /** The first snippet of a text, and all that follows it. */
  record Cut(CompletionInfo info, String remaining) {}

  /**
   * The first snippet of a text. A line that begins with % ends what stands above it, unless that
   * goes on.
   *
   * @param lines whether there is such a line at all
   */
  static Cut firstSnippet(SourceCodeAnalysis analysis, String text, boolean lines) {
    int line = lines ? MagicText.firstLine(text) : -1;
    if (line >= 0) {
      CompletionInfo above = analysis.analyzeCompletion(text.substring(0, line));
      boolean ends =
          switch (above.completeness()) {
            case COMPLETE, EMPTY -> true;
            case COMPLETE_WITH_SEMI ->
                !above.remaining().isBlank() || MagicText.isKnown(text.substring(line));
            default -> false;
          };
      if (ends) {
        return new Cut(above, above.remaining() + text.substring(line));
      }
    }
    CompletionInfo info = analysis.analyzeCompletion(text);
    return new Cut(info, info.remaining());
  }

  /** What follows the line with {@code %} that a text begins with. */
  static String afterLine(String text) {
    int end = text.indexOf('\n', text.indexOf('%'));
    return end < 0 ? "" : text.substring(end);
  }
}
