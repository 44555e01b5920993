package seminar.kernel;

import java.util.List;
import java.util.StringJoiner;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import seminar.kernel.Assistant.Described;

/** What an inspection shows: as text, as HTML and as Markdown, for the front end to choose. */
final class Tooltip {
  private static final int MAX_SHOWN = 12;

  private Tooltip() {}

  /** All forms of what was found. */
  static DisplayData of(List<Described> found) {
    StringJoiner text = new StringJoiner("\n\n");
    StringJoiner html = new StringJoiner("\n<hr>\n");
    StringJoiner markdown = new StringJoiner("\n\n---\n\n");
    for (Described one : found.subList(0, Math.min(MAX_SHOWN, found.size()))) {
      String words = CommentText.of(one.comment());
      String formatted = CommentHtml.of(one.comment());
      String signature = one.signature();
      text.add(words.isEmpty() ? signature : signature + "\n" + words.indent(2).stripTrailing());
      html.add(
          "<pre><code>%s</code></pre>\n%s".formatted(CommentHtml.escaped(signature), formatted));
      markdown.add("```java\n%s\n```\n\n%s".formatted(signature, formatted));
    }
    if (found.size() > MAX_SHOWN) {
      String more = "(%d more)".formatted(found.size() - MAX_SHOWN);
      text.add(more);
      html.add("<p>" + more + "</p>");
      markdown.add(more);
    }
    DisplayData data = new DisplayData(text.toString());
    data.putHTML(html.toString());
    data.putMarkdown(markdown.toString());
    return data;
  }
}
