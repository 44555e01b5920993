package seminar.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  @TempDir Path folder;

  enum Kind {
    SMALL,
    LARGE
  }

  record Part(int seed, Kind kind) {}

  record Whole(String name, List<Part> parts, double rate) {}

  private static final Whole WHOLE = new Whole("π 🙂", List.of(new Part(7, Kind.LARGE)), 0.1 + 0.2);

  @Test
  void whatIsWrittenIsTheSameBytesAsEver() throws IOException {
    Path file = folder.resolve("new/whole.json");
    String line =
        "{\"name\":\"π \\uD83D\\uDE42\",\"parts\":[{\"seed\":7,\"kind\":\"LARGE\"}],"
            + "\"rate\":0.30000000000000004}";
    Json.write(file, WHOLE);
    assertEquals(line, Files.readString(file));
    assertEquals(WHOLE, Json.read(file, Whole.class, "write it anew"));
    Json.writePretty(file, new Whole("x", List.of(new Part(7, Kind.LARGE)), 1));
    assertEquals(
        """
        {
          "name" : "x",
          "parts" : [ {
            "seed" : 7,
            "kind" : "LARGE"
          } ],
          "rate" : 1.0
        }\
        """,
        Files.readString(file));
    assertEquals("\"π\"", Json.text("π"));
  }

  @Test
  void keysAreSortedWhereThatIsAskedFor() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", 1L);
    map.put("a", 2.0f);
    assertEquals("{\"b\":1,\"a\":2.0}", Json.node(map).toString());
    assertEquals("{\"a\":2.0,\"b\":1}", Json.sortedNode(map).toString());
    assertEquals(Json.sortedNode(map), Json.node(map), "they are the same value");
  }

  @Test
  void malformedJsonIsOneSentenceWithFileAndPlaceAndWhatToDo() throws IOException {
    assertEquals(
        "line 2, column 3: Unexpected character ('x' (code 120)): was expecting double-quote to"
            + " start field name: remove it",
        refused("{\n  x: 1}"));
    assertEquals(
        "line 2, column 1: 'names' is not known; there is name, parts, rate: remove it",
        refused("{\n\"names\":1,\n\n\"rate\":2}"));
    assertEquals(
        "line 2, column 2: parts[1].seed is 'many': it must be a whole number: remove it",
        refused("{\"parts\":[{\"seed\":1,\"kind\":\"LARGE\"},\n{\"seed\":\"many\"}]}"));
    assertEquals(
        "parts[0].kind is 'huge': it must be one of SMALL, LARGE: remove it",
        withoutPlace(refused("{\"parts\":[{\"kind\":\"huge\"}]}")));
    assertEquals(
        "parts is something else: it must be a list: remove it",
        withoutPlace(refused("{\"parts\":7}")));
  }

  @Test
  void anEmptyFileIsRefusedInJsonAndInYaml() throws IOException {
    assertEquals(
        "No content to map due to end-of-input: remove it", withoutPlace(refused("")), "JSON");
    Path file = Files.writeString(folder.resolve("a.json"), "null");
    assertEquals(
        file + " is empty: remove it",
        assertThrows(Json.Malformed.class, () -> Json.read(file, Whole.class, "remove it"))
            .getMessage());
  }

  @Test
  void yamlIsReadAsStrictly() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "name: x\nparts: [{seed: 3}]\n");
    Whole read = Json.yaml(file, Whole.class, "correct it");
    assertEquals(new Whole("x", List.of(new Part(3, null)), 0), read);
    Files.writeString(file, "name: x\nnom: y\n");
    String message =
        assertThrows(Json.Malformed.class, () -> Json.yaml(file, Whole.class, "correct it"))
            .getMessage();
    assertEquals(
        file + ", line 2, column 1: 'nom' is not known; there is name, parts, rate: correct it",
        message);
  }

  @Test
  void whatHasNoJsonLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");
    assertThrows(IllegalArgumentException.class, () -> Json.write(file, new Object()));
    assertThrows(IOException.class, () -> Json.writePretty(file, new Object()));
    assertEquals("old", Files.readString(file));
  }

  private String refused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), text);
    String message =
        assertThrows(Json.Malformed.class, () -> Json.read(file, Whole.class, "remove it"))
            .getMessage();
    assertEquals(file + ", ", message.substring(0, (file + ", ").length()));
    assertEquals(1, message.lines().count());
    return message.substring((file + ", ").length());
  }

  private static String withoutPlace(String message) {
    return message.replaceFirst("^line \\d+, column \\d+: ", "");
  }
}
