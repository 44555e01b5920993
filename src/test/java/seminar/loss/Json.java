package seminar.loss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/** Numbers of {@code oracle/*.json}. */
final class Json {
  private Json() {}

  static JsonNode oracle(String name) {
    try {
      return new ObjectMapper().readTree(Json.class.getResourceAsStream("/oracle/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All numbers of nested lists, in order. */
  static double[] flat(JsonNode node) {
    return stream(node).toArray();
  }

  private static DoubleStream stream(JsonNode node) {
    return node.isNumber()
        ? DoubleStream.of(node.asDouble())
        : StreamSupport.stream(node.spliterator(), false).flatMapToDouble(Json::stream);
  }

  static int[] ints(JsonNode node) {
    return stream(node).mapToInt(x -> (int) x).toArray();
  }
}
