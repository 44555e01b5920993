package seminar.kernel;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Values in a line: the first elements of arrays, collections and maps, the first characters of
 * everything else.
 *
 * <p>Code of others, such as {@code toString}, runs in a thread of its own. It may throw, and is
 * waited for {@value #LIMIT_MILLIS} ms; what takes longer is stopped as a cell is.
 */
final class ShortValue {
  static final long LIMIT_MILLIS = 200;
  private static final int MAX_ELEMENTS = 5;
  private static final int MAX_CHARACTERS = 80;
  private static final int MAX_DEPTH = 2;

  private ShortValue() {}

  /** At most {@value #MAX_CHARACTERS} characters and how much is left out. */
  static String of(Object value) {
    if (value == null || value.getClass().getName().startsWith("java.lang.")) {
      return text(value, MAX_DEPTH);
    }
    FutureTask<String> look = new FutureTask<>(() -> textOrFailure(value));
    Thread thread = new Thread(look, "variables");
    thread.setDaemon(true);
    thread.start();
    try {
      return look.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      end(thread);
      return "(its text takes longer than %d ms)".formatted(LIMIT_MILLIS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "(stopped)";
    }
  }

  private static void end(Thread thread) {
    try {
      StopChecks.end(thread, LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String textOrFailure(Object value) {
    try {
      return text(value, MAX_DEPTH);
    } catch (Throwable e) {
      return "(its text cannot be had%s)".formatted(reason(e));
    }
  }

  /** An exception's own text may throw, too. */
  private static String reason(Throwable thrown) {
    try {
      return cut(": " + CellNames.tidy(thrown.toString()));
    } catch (Throwable e) {
      return "";
    }
  }

  private static String text(Object value, int depth) {
    return switch (value) {
      case null -> "null";
      case Character character -> "'" + character + "'";
      case CharSequence text -> quoted(text);
      case Object array when array.getClass().isArray() -> array(array, depth);
      case Collection<?> all -> elements(all.iterator(), all.size(), depth, "[]", "elements");
      case Map<?, ?> map -> elements(map.entrySet().iterator(), map.size(), depth, "{}", "entries");
      case Map.Entry<?, ?> entry ->
          text(entry.getKey(), depth) + "=" + text(entry.getValue(), depth);
      default -> cut(CellNames.tidy(String.valueOf(value)));
    };
  }

  private static String array(Object array, int depth) {
    int length = Array.getLength(array);
    Iterator<Object> elements =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < length;
          }

          @Override
          public Object next() {
            return Array.get(array, next++);
          }
        };
    return elements(elements, length, depth, "[]", "elements");
  }

  /** {@code [1, 2, 3, 4, 5, …] (1000 elements)}. */
  private static String elements(
      Iterator<?> elements, int size, int depth, String brackets, String unit) {
    StringJoiner text = new StringJoiner(", ", brackets.substring(0, 1), brackets.substring(1));
    int shown = 0;
    while (depth > 0
        && shown < MAX_ELEMENTS
        && text.length() < MAX_CHARACTERS
        && elements.hasNext()) {
      text.add(text(elements.next(), depth - 1));
      shown++;
    }
    if (shown >= size) {
      return cut(text.toString());
    }
    return cut(text.add("…").toString()) + " (%d %s)".formatted(size, unit);
  }

  private static String quoted(CharSequence text) {
    String head = text.subSequence(0, Math.min(MAX_CHARACTERS, text.length())).toString();
    String shown = head.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    return head.length() == text.length()
        ? '"' + shown + '"'
        : "\"%s…\" (%d characters)".formatted(shown, text.length());
  }

  private static String cut(String text) {
    int end = Math.min(MAX_CHARACTERS, text.length());
    String line = text.substring(0, end).replaceAll("\\s+", " ").strip();
    return end == text.length() ? line : line + "…";
  }
}
