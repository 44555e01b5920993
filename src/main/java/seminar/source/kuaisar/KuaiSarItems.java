package seminar.source.kuaisar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;
import seminar.source.WordList;

/** The descriptions of the items of KuaiSAR, as far as an event names them. */
final class KuaiSarItems {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  private static final char DELETE = 0x7F;

  private final EventLog log;
  private final KuaiSarEvents events;
  private final Map<Long, List<String>> more = new HashMap<>();
  private long unmet;

  KuaiSarItems(EventLog log, KuaiSarEvents events) {
    this.log = log;
    this.events = events;
  }

  void read(Path folder, SourceFiles files) throws IOException {
    Path attributes = folder.resolve(KuaiSarFormat.ATTRIBUTES);
    if (DataFolder.has(attributes)) {
      files.tabs(attributes, List.of("item_id", "attribute"), this::attribute);
    }
    List<String> wanted =
        new ArrayList<>(
            List.of("caption", "author_id", KuaiSarFormat.MUSIC, "item_type", "upload_type"));
    for (String level : KuaiSarFormat.LEVELS) {
      wanted.add(level + KuaiSarFormat.CATEGORY_ID);
      wanted.add(level + KuaiSarFormat.CATEGORY_NAME);
      wanted.add(level + KuaiSarFormat.CATEGORY_ENGLISH);
    }
    files.commas(folder.resolve(KuaiSarFormat.ITEMS), List.of("item_id"), wanted, this::describe);
  }

  /** How many descriptions were of items that no event names. */
  long unmet() {
    return unmet;
  }

  private void attribute(String[] fields) throws MalformedLine {
    long item = MalformedLine.whole("item_id", fields[0], 0);
    if (fields[1].isBlank()) {
      throw new MalformedLine("attribute of item %d has no name".formatted(item));
    }
    if (events.met(item)) {
      more.computeIfAbsent(item, id -> new ArrayList<>()).add(fields[1]);
    }
  }

  private void describe(String[] fields) throws MalformedLine, IOException {
    long item = MalformedLine.whole("item_id", fields[0], 0);
    if (!events.met(item)) {
      unmet++;
      return;
    }
    String text = caption(fields[1]);
    List<String> attributes = new ArrayList<>();
    number("author:", "author_id", fields[2], attributes);
    number("music:", KuaiSarFormat.MUSIC, fields[3], attributes);
    for (int level = 1; level <= KuaiSarFormat.LEVELS.size(); level++) {
      category(level, fields, 3 + 3 * level, attributes);
    }
    word("type:", fields[4], attributes);
    word("upload:", fields[5], attributes);
    attributes.addAll(more.getOrDefault(item, List.of()));
    log.item(item, text, attributes);
  }

  /** The words of a list joined by blanks; what is no list is a text. */
  private static String caption(String field) throws MalformedLine {
    String caption = field.strip();
    if (!WordList.isList(caption)) {
      return isNothing(caption) ? "" : caption;
    }
    return String.join(" ", WordList.of("caption", caption));
  }

  private static void number(String kind, String name, String field, List<String> attributes)
      throws MalformedLine {
    long id = id(name, field);
    if (id > 0) {
      attributes.add(kind + id);
    }
  }

  private static void category(int level, String[] fields, int at, List<String> attributes)
      throws MalformedLine {
    long id = id(KuaiSarFormat.LEVELS.get(level - 1) + KuaiSarFormat.CATEGORY_ID, fields[at]);
    boolean english = !isNothing(fields[at + 2]);
    String name = line(fields[english ? at + 2 : at + 1]);
    if (id > 0 && !name.equalsIgnoreCase(KuaiSarFormat.UNKNOWN)) {
      attributes.add("category" + level + ":" + id + (isNothing(name) ? "" : " " + name));
    }
  }

  private static void word(String kind, String field, List<String> attributes) {
    String word = line(field);
    if (isWord(word)) {
      attributes.add(kind + word);
    }
  }

  /** Whether a text is kept as it is where a field holds a word. */
  static boolean isWord(String text) {
    return !isNothing(text)
        && !text.equals("0")
        && !text.equals(KuaiSarFormat.UNKNOWN_CATEGORY)
        && text.equals(line(text));
  }

  private static long id(String name, String field) throws MalformedLine {
    return isNothing(field) ? 0 : MalformedLine.whole(name, field, Long.MIN_VALUE);
  }

  /** A text on one line, with single blanks. */
  private static String line(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == DELETE || c == ' ' && i > 0 && text.charAt(i - 1) == ' ') {
        return SPACE.matcher(text).replaceAll(" ").strip();
      }
    }
    return text.strip();
  }

  /** Whether a field says nothing. */
  static boolean isNothing(String field) {
    return PlainText.isNothing(field) || field.strip().equalsIgnoreCase(KuaiSarFormat.UNKNOWN);
  }
}
