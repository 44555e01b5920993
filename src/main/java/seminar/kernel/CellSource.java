package seminar.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a snippet stands: in which cell, from which character on.
 *
 * @param cell the number of the cell, as Jupyter shows it in brackets
 * @param text the whole cell
 * @param offset index in the cell of the snippet's first character
 */
record CellSource(int cell, String text, int offset) {
  /** The line of the cell, from 1, that holds a character of the snippet. */
  int lineAt(int position) {
    int end = Math.clamp(offset + (long) position, 0, text.length());
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  /** The line of the cell, from 1, that is line {@code snippetLine}, from 1, of the snippet. */
  int line(int snippetLine) {
    return lineAt(0) + snippetLine - 1;
  }

  /** The text of a line, from 1; empty outside the cell. */
  String textOf(int line) {
    List<String> lines = text.lines().toList();
    return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
  }

  /**
   * A line of the cell with its number, a caret under a character of the snippet, and a message.
   *
   * @param position index in the snippet of the character to mark
   */
  List<String> marked(int position, String message) {
    int line = lineAt(position);
    int at = Math.clamp(offset + (long) position, 0, text.length());
    int column = at - (text.lastIndexOf('\n', at - 1) + 1);
    String number = Integer.toString(line);
    String margin = " ".repeat(number.length()) + " | " + indent(textOf(line), column);
    List<String> out = new ArrayList<>();
    out.add(number + " | " + textOf(line));
    String mark = "^ ";
    for (String part : message.lines().toList()) {
      out.add(margin + mark + part.strip());
      mark = "  ";
    }
    return out;
  }

  /** Blanks as wide as the first characters of a line, whose tabs stay tabs. */
  private static String indent(String line, int columns) {
    StringBuilder blanks = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      blanks.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
    }
    return blanks.toString();
  }
}
