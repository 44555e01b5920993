package seminar.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON and YAML, to records and back. A field that a record does not have is refused; what cannot
 * be read is told in one sentence: file, line, column, what was expected, what to do.
 */
public final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader READER = JSON.reader();
  private static final YAMLMapper YAML = new YAMLMapper();

  private Json() {}

  /** A file that does not hold what it should. */
  public static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    private Malformed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reads values; whoever asks may make it stricter or more lenient for itself. */
  public static ObjectReader reader() {
    return READER;
  }

  /** Writes values on one line; whoever asks may have them written otherwise. */
  public static ObjectWriter writer() {
    return JSON.writer();
  }

  /**
   * Reads a file.
   *
   * @param remedy what to do if it is malformed, such as {@code remove it to train anew}
   * @throws Malformed if it is no JSON, or none of this type
   * @throws IOException if it cannot be read
   */
  public static <T> T read(Path file, Class<T> type, String remedy) throws IOException {
    return read(JSON.readerFor(type), file, remedy);
  }

  /**
   * Reads a file of whatever JSON.
   *
   * @param remedy what to do if it is malformed
   * @throws Malformed if it is no JSON
   * @throws IOException if it cannot be read
   */
  public static JsonNode tree(Path file, String remedy) throws IOException {
    return read(JSON.readerFor(JsonNode.class), file, remedy);
  }

  /**
   * Reads a file of YAML.
   *
   * @param remedy what to do if it is malformed
   * @throws Malformed if it is no YAML, or none of this type
   * @throws IOException if it cannot be read
   */
  public static <T> T yaml(Path file, Class<T> type, String remedy) throws IOException {
    return read(YAML.readerFor(type), file, remedy);
  }

  private static <T> T read(ObjectReader reader, Path file, String remedy) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    T value;
    try {
      value = reader.readValue(bytes);
    } catch (JsonProcessingException e) {
      throw new Malformed(
          "%s, %s%s: %s".formatted(file, place(reader, bytes, e), why(e), remedy), e);
    }
    if (value == null) {
      throw new Malformed("%s is empty: %s".formatted(file, remedy), null);
    }
    return value;
  }

  /** A value as a file would give it back, so that numbers compare by what is written. */
  public static JsonNode node(Object value) {
    return node(JSON.writer(), value);
  }

  /** As {@link #node(Object)}, with the entries of maps in the order of their keys. */
  public static JsonNode sortedNode(Object value) {
    return node(JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS), value);
  }

  private static JsonNode node(ObjectWriter writer, Object value) {
    try {
      return JSON.readTree(writer.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw hasNone(value, e);
    }
  }

  /** A value on one line. */
  public static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw hasNone(value, e);
    }
  }

  /** A value on one line, in UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw hasNone(value, e);
    }
  }

  private static IllegalArgumentException hasNone(Object value, JsonProcessingException e) {
    return new IllegalArgumentException("%s has no JSON: %s".formatted(value, why(e)), e);
  }

  /**
   * Replaces a file by a value on one line.
   *
   * @throws IOException if the file cannot be written; the old one is then untouched
   */
  public static void write(Path file, Object value) throws IOException {
    AtomicFiles.write(file, bytes(value));
  }

  /**
   * Replaces a file by a value that a person reads, one member a line.
   *
   * @throws IOException if the file cannot be written; the old one is then untouched
   */
  public static void writePretty(Path file, Object value) throws IOException {
    AtomicFiles.write(
        file, JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value));
  }

  /** {@code line 2, column 7: }, if that is known. */
  private static String place(ObjectReader reader, byte[] bytes, JsonProcessingException e)
      throws IOException {
    JsonLocation at = e.getLocation();
    if (e instanceof JsonMappingException mapping) {
      // What does not fit a record is found out at its end: it is looked for by its path.
      JsonPointer pointer = JsonPointer.compile(pointer(mapping));
      try (JsonParser tokens = reader.createParser(bytes)) {
        while (tokens.nextToken() != null) {
          if (tokens.getParsingContext().pathAsPointer().equals(pointer)) {
            at = tokens.currentTokenLocation();
            break;
          }
        }
      } catch (JsonProcessingException malformed) {
        at = malformed.getLocation();
      }
    }
    boolean known = at != null && at.getLineNr() > 0;
    return known ? "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr()) : "";
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /** What is wrong, in a few words. */
  public static String why(JsonProcessingException e) {
    return String.valueOf(what(e)).lines().findFirst().orElse("");
  }

  private static String what(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "'%s' is not known; there is %s"
              .formatted(
                  unknown.getPropertyName(),
                  unknown.getKnownPropertyIds().stream()
                      .map(Object::toString)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case JsonMappingException refused when refused.getCause() != null ->
          refused.getCause() instanceof JsonProcessingException cause
              ? cause.getOriginalMessage()
              : refused.getCause().getMessage();
      case MismatchedInputException other when !other.getPath().isEmpty() ->
          "%s %s: it must be %s"
              .formatted(path(other), found(other), expected(other.getTargetType()));
      default -> e.getOriginalMessage();
    };
  }

  private static String found(MismatchedInputException e) {
    if (e instanceof InvalidFormatException format) {
      return "is '%s'".formatted(format.getValue());
    }
    return e.getOriginalMessage().startsWith("Missing") ? "is missing" : "is something else";
  }

  /** Where a value stands, such as {@code runs[2].seed}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "something else";
    } else if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == double.class || type == Double.class || type == float.class) {
      return "a number";
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    } else if (type == String.class) {
      return "a text";
    } else if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type)
        ? "a map"
        : "an object with the fields of " + type.getSimpleName();
  }
}
