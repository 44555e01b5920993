package seminar.source.table;

import java.io.IOException;
import java.util.List;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;

/** The ids of a log, as numbers as long as all of them are, or as texts. */
final class TableIds {
  private final boolean numbers;
  private final boolean sure;

  /** As the options say it. */
  TableIds(TableOptions options) {
    numbers = options.idsOfLog() == EventLog.Ids.NUMBERS;
    sure = options.ids() != TableOptions.Ids.AUTO;
  }

  /** An id is no number, and nobody has said that ids are. */
  static final class TextsFound extends IOException {
    private static final long serialVersionUID = 1;

    private TextsFound(String id) {
      super("the id '%s' is no number".formatted(id));
    }
  }

  /**
   * Checks an id without adding anything.
   *
   * @param name the column
   * @throws MalformedLine if it is none
   * @throws TextsFound if it is none of the kind that ids had so far
   */
  String checked(String name, String field) throws MalformedLine, IOException {
    String id = field.strip();
    if (PlainText.isNothing(id)) {
      throw new MalformedLine("%s is '%s', not an id".formatted(name, field));
    }
    if (numbers && !isNumber(id)) {
      if (!sure) {
        throw new TextsFound(id);
      }
      number(name, id);
    }
    return id;
  }

  /** Digits without leading noughts; of other ways to write a number 12.0 and 1.2e1. */
  private static boolean isNumber(String id) {
    boolean digits = true;
    for (int i = 0; i < id.length(); i++) {
      digits &= id.charAt(i) >= '0' && id.charAt(i) <= '9';
    }
    if (digits) {
      return id.length() <= 18 && (id.length() == 1 || id.charAt(0) != '0');
    }
    try {
      number("id", id);
      return true;
    } catch (MalformedLine e) {
      return false;
    }
  }

  private static long number(String name, String id) throws MalformedLine {
    return MalformedLine.whole(name, id, 0);
  }

  /** A checked id of an item as the corpus has it. */
  String known(String item) throws MalformedLine {
    return numbers ? Long.toString(number("item", item)) : item;
  }

  /** Adds an event of checked ids. */
  void add(
      EventLog log, String user, String item, int query, long time, byte action, EventLog.Role role)
      throws MalformedLine, IOException {
    if (numbers) {
      log.event(number("user", user), number("item", item), query, time, action, role);
    } else {
      log.event(user, item, query, time, action, role);
    }
  }

  /** Describes an item by its checked id. */
  void describe(EventLog log, String item, String text, List<String> attributes)
      throws MalformedLine, IOException {
    if (numbers) {
      log.item(number("item", item), text, attributes);
    } else {
      log.item(item, text, attributes);
    }
  }
}
