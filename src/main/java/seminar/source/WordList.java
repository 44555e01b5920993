package seminar.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import seminar.file.Json;

/** Lists of numbers or words in one field of a table, such as {@code [20, 34, 3]}. */
public final class WordList {
  private static final ObjectReader LIST =
      Json.reader()
          .with(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private WordList() {}

  /** Whether a field is written as a list. */
  public static boolean isList(String text) {
    return text.startsWith("[");
  }

  /**
   * The elements of a list. Numbers become plain decimal numbers, {@code 20.0} becomes {@code 20};
   * words stand in single or double quotes.
   *
   * @param name the column, for messages
   */
  public static List<String> of(String name, String text) throws MalformedLine {
    String list = text.strip();
    if (list.length() < 2 || !isList(list) || !list.endsWith("]")) {
      throw malformed(name, text);
    }
    List<String> words = new ArrayList<>();
    if (list.indexOf('"') >= 0 || list.indexOf('\'') >= 0) {
      quoted(name, list, words);
    } else if (!list.substring(1, list.length() - 1).isBlank()) {
      for (String number : list.substring(1, list.length() - 1).split(",", -1)) {
        words.add(Long.toString(MalformedLine.whole(name, number.strip(), Long.MIN_VALUE)));
      }
    }
    return words;
  }

  private static void quoted(String name, String list, List<String> words) throws MalformedLine {
    try {
      for (JsonNode word : LIST.readTree(list)) {
        if (word.isTextual()) {
          words.add(word.textValue());
        } else {
          words.add(Long.toString(MalformedLine.whole(name, word.asText(), Long.MIN_VALUE)));
        }
      }
    } catch (JsonProcessingException e) {
      throw malformed(name, list);
    }
  }

  private static MalformedLine malformed(String name, String text) {
    return new MalformedLine("%s is '%s', not a list".formatted(name, text));
  }

  /** The elements as a list in one field: words in double quotes, numbers as they are. */
  public static String write(List<String> words, boolean numbers) {
    if (numbers) {
      return "[" + String.join(", ", words) + "]";
    }
    return "[" + words.stream().map(Json::text).collect(Collectors.joining(", ")) + "]";
  }
}
