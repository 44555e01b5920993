package seminar.source;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import seminar.file.Json;

/** Files of JSON: those of a run are read with its tally, new ones written. */
public final class JsonFiles {
  private static final int BUFFER = 1 << 16;
  private static final ObjectWriter WRITER =
      Json.writer().withRootValueSeparator("\n").with(JsonWriteFeature.ESCAPE_NON_ASCII);

  /** Python writes NaN, which JSON does not have. */
  private static final ObjectReader LINE =
      Json.reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  private JsonFiles() {}

  /** A new file of ASCII, one value a line; it is packed if its name ends with {@code .gz}. */
  public static JsonGenerator create(Path file) throws IOException {
    OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    boolean packed = file.getFileName().toString().endsWith(".gz");
    return WRITER.createGenerator(packed ? new GZIPOutputStream(bytes, BUFFER) : bytes);
  }

  /** Hears one object of a file that has one on each line. */
  @FunctionalInterface
  public interface Each {
    /**
     * Uses the object.
     *
     * @throws MalformedLine if it cannot be used
     * @throws IOException if the run cannot go on
     */
    void accept(JsonNode object) throws MalformedLine, IOException;
  }

  /** Hears one member of a JSON object. */
  @FunctionalInterface
  public interface Member {
    /**
     * Uses the member.
     *
     * @throws MalformedLine if it cannot be used
     * @throws IOException if the run cannot go on
     */
    void accept(String name, JsonNode value) throws MalformedLine, IOException;
  }

  /** Reads a file of one JSON object, or one such literal of Python, a line. */
  public static void lines(SourceFiles files, Path file, Each each) throws IOException {
    files.lines(
        file,
        (number, text) -> {
          if (number == 1) {
            isOneLine(file, text.strip());
          }
          each.accept(object(PythonLine.is(text) ? PythonLine.json(text) : text));
        });
  }

  /** A file whose JSON goes over many lines has none that could be read. */
  private static void isOneLine(Path file, String first) throws IOException {
    if (first.startsWith("[") || first.equals("{")) {
      throw new IOException(
          "%s is %s, and wanted is one JSON object a line: `jq -c %s FILE` writes it so"
              .formatted(
                  file,
                  first.equals("{") ? "JSON over several lines" : "a JSON array",
                  first.equals("{") ? "." : "'.[]'"));
    }
  }

  /** The JSON object that a line of text is. */
  public static JsonNode object(String text) throws MalformedLine {
    try {
      JsonNode node = LINE.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedLine("it is no JSON (%s)".formatted(e.getOriginalMessage()));
    }
    throw new MalformedLine("it is no JSON object");
  }

  /**
   * Reads a file that is one JSON object, member by member, however many there are. Members are
   * counted as if each had a line of its own.
   */
  public static void members(SourceFiles files, Path file, Member member) throws IOException {
    try (SourceText text = files.open(file, StandardCharsets.UTF_8);
        JsonParser parser = Json.reader().createParser(text.reader())) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      for (long number = 1; object && parser.nextToken() == JsonToken.FIELD_NAME; number++) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode value = parser.readValueAsTree();
        files.use(file, number, () -> member.accept(MalformedLine.text(name), value));
        files.report(text, number);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new IOException("%s is not one JSON object: fetch it again".formatted(file));
      }
      files.finish(text);
    } catch (EOFException | ZipException e) {
      throw SourceText.truncated(file, e);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not one JSON object (%s): fetch it again".formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
