package seminar.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cells of a notebook say as it is stored, beside what they say when it is run.
 *
 * <p>On one machine all numbers are the same. On others sums have another order, training takes a
 * slightly different path, and a name or rank may change: numbers agree if they differ by no more
 * than a tenth of the larger, or by 0.02.
 *
 * @param numbers how many numbers were compared
 * @param differing where numbers or kinds of outputs differ, a sentence each
 */
record StoredOutputs(int numbers, List<String> differing) {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?|\\.\\d+)(?:[eE]-?\\d+)?");

  static StoredOutputs compare(Path stored, Path executed) throws IOException {
    List<JsonNode> before = codeCells(stored);
    List<JsonNode> after = codeCells(executed);
    List<String> differing = new ArrayList<>();
    int numbers = 0;
    if (before.size() != after.size()) {
      differing.add("%d code cells became %d".formatted(before.size(), after.size()));
    }
    for (int cell = 0; cell < Math.min(before.size(), after.size()); cell++) {
      List<String> was = kinds(before.get(cell));
      List<String> is = kinds(after.get(cell));
      if (!was.equals(is)) {
        differing.add("code cell %d: stored %s, now %s".formatted(cell, was, is));
        continue;
      }
      List<Double> x = numbers(before.get(cell));
      List<Double> y = numbers(after.get(cell));
      numbers += Math.max(x.size(), y.size());
      for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
        String old = i < x.size() ? x.get(i).toString() : "nothing";
        String now = i < y.size() ? y.get(i).toString() : "nothing";
        if (i >= x.size() || i >= y.size() || !agree(x.get(i), y.get(i))) {
          differing.add("code cell %d, number %d: stored %s, now %s".formatted(cell, i, old, now));
        }
      }
    }
    return new StoredOutputs(numbers, differing);
  }

  /** Share of numbers that agree. */
  double agreement() {
    return numbers == 0 ? 1 : 1 - (double) differing.size() / numbers;
  }

  private static boolean agree(double a, double b) {
    return Math.abs(a - b) <= Math.max(0.02, 0.1 * Math.max(Math.abs(a), Math.abs(b)));
  }

  private static List<JsonNode> codeCells(Path notebook) throws IOException {
    JsonNode cells = new ObjectMapper().readTree(notebook.toFile()).get("cells");
    return cells
        .valueStream()
        .filter(cell -> cell.get("cell_type").asText().equals("code"))
        .toList();
  }

  private static List<String> kinds(JsonNode cell) {
    return cell.get("outputs")
        .valueStream()
        .map(output -> output.get("output_type").asText() + mimeTypes(output))
        .toList();
  }

  private static String mimeTypes(JsonNode output) {
    return output
        .path("data")
        .propertyStream()
        .map(each -> " " + each.getKey())
        .sorted()
        .collect(Collectors.joining());
  }

  private static List<Double> numbers(JsonNode cell) {
    String text =
        cell.get("outputs")
            .valueStream()
            .flatMap(StoredOutputs::texts)
            .collect(Collectors.joining("\n"));
    return NUMBER
        .matcher(text)
        .results()
        .map(found -> Double.valueOf(found.group().replace(",", "")))
        .toList();
  }

  /** Text of a stream or the plain form of a value; pictures have none. */
  private static Stream<String> texts(JsonNode output) {
    JsonNode data = output.path("data");
    if (data.has("image/png")) {
      return Stream.empty();
    }
    JsonNode text = output.has("text") ? output.get("text") : data.path("text/plain");
    return text.isArray() ? text.valueStream().map(JsonNode::asText) : Stream.of(text.asText());
  }
}
