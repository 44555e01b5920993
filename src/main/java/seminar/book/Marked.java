package seminar.book;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown whose formulas are taken out before Markdown sees them, since it would take their
 * underscores and backslashes for its own, and put back into the HTML that it gives.
 *
 * <p>Formulas are {@code $…$} in one line and {@code $$…$$} in any; in code there are none, and a
 * dollar sign after a backslash is one.
 *
 * @param text with a mark in place of each formula
 * @param formulas in the order of their marks
 */
record Marked(String text, List<Formula> formulas) {
  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<code>(?ms:^ {0,3}```.*?^ {0,3}```)|(?s:(?<!`)(`+)(?!`).+?(?<!`)\\2(?!`)))"
              + "|(?<escape>\\\\[\\\\$])"
              + "|(?s:\\$\\$(?<display>.+?)\\$\\$)"
              + "|\\$(?<inline>(?! )(?:[^$\\n\\\\]|\\\\.)+?)(?<! )\\$(?!\\d)");
  private static final Pattern MARK = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

  /**
   * A formula.
   *
   * @param latex without dollar signs
   * @param display whether it stands on its own line
   */
  record Formula(String latex, boolean display) {}

  /** Takes the formulas out. */
  static Marked of(String markdown) {
    List<Formula> formulas = new ArrayList<>();
    Matcher piece = PIECE.matcher(markdown);
    StringBuilder text = new StringBuilder();
    while (piece.find()) {
      boolean display = piece.group("display") != null;
      String latex = display ? piece.group("display") : piece.group("inline");
      String put = piece.group();
      if (latex != null) {
        put = "" + OPEN + formulas.size() + CLOSE;
        formulas.add(new Formula(latex.strip(), display));
      }
      piece.appendReplacement(text, Matcher.quoteReplacement(put));
    }
    return new Marked(piece.appendTail(text).toString(), formulas);
  }

  /** Puts drawn formulas in the place of the marks. */
  static String restore(String html, List<String> drawn) {
    return MARK.matcher(html)
        .replaceAll(mark -> Matcher.quoteReplacement(drawn.get(Integer.parseInt(mark.group(1)))));
  }
}
