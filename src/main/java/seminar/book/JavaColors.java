package seminar.book;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seminar.file.Markup;

/** Java as HTML with comments, strings, keywords and numbers told apart. */
final class JavaColors {
  private static final List<String> KINDS = List.of("comment", "string", "keyword", "number");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>//[^\\n"
              + "]*|(?s:/\\*.*?\\*/))|(?<string>(?s:\"\"\".*?\"\"\")|\"(?:[^\"\\\\\\n"
              + "]|\\\\.)*\"|'(?:[^'\\\\\\n"
              + "]|\\\\.)+')"
              + "|\\b(?<keyword>abstract|boolean|break|byte|case|catch|char|class|continue|default|do"
              + "|double|else|enum|extends|false|final|finally|float|for|if|implements|import"
              + "|instanceof|int|interface|long|new|null|package|private|protected|public|record"
              + "|return|short|static|switch|this|throw|throws|true|try|var|void|while|yield)\\b"
              + "|\\b(?<number>\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?[fFdDlL]?)\\b");

  private JavaColors() {}

  /** Spans of class {@code comment}, {@code string}, {@code keyword} and {@code number}. */
  static String html(String source) {
    Matcher token = TOKEN.matcher(source);
    StringBuilder html = new StringBuilder();
    int end = 0;
    while (token.find()) {
      String kind = KINDS.stream().filter(name -> token.group(name) != null).findFirst().get();
      html.append(Markup.escape(source.substring(end, token.start())));
      html.append("<span class=\"%s\">%s</span>".formatted(kind, Markup.escape(token.group())));
      end = token.end();
    }
    return html.append(Markup.escape(source.substring(end))).toString();
  }
}
