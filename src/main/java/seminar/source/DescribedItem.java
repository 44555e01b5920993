package seminar.source;

import java.util.ArrayList;
import java.util.List;

/** What one description of an item, or several of them together, say of it. */
final class DescribedItem {
  private static final String JOINT = ". ";

  private final int number;
  private final String id;
  private final List<String> texts = new ArrayList<>();
  private final List<String> attributes = new ArrayList<>();

  /** An item of which nothing is said yet. */
  DescribedItem(int number, String id) {
    this.number = number;
    this.id = id;
  }

  /** Adds a description; null where nothing describes the item. */
  void add(String text, String joined) {
    if (text != null
        && !text.isEmpty()
        && texts.stream().noneMatch(known -> known.contains(text))) {
      texts.add(text);
    }
    if (joined != null && !joined.isEmpty()) {
      attributes.addAll(List.of(joined.split(EventLog.SEPARATOR)));
    }
  }

  /** Its number. */
  int number() {
    return number;
  }

  /** Its id in the log. */
  String id() {
    return id;
  }

  /** Its texts, joined by full stops; a text that an earlier one holds is left out. */
  String text() {
    return String.join(JOINT, texts);
  }

  /** Its attributes. */
  List<String> attributes() {
    return attributes;
  }
}
