package seminar.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import seminar.file.Json;

/**
 * What a training is a training of: a checkpoint belongs to it alone.
 *
 * @param model what kind of model, such as {@code SEMINAR}
 * @param options the model's options as JSON
 * @param training the training's options as JSON, seed included
 * @param corpus hash of the corpus ({@code Corpus.hash()})
 * @param version version of the code: other code may compute other bits
 */
public record RunIdentity(
    String model, JsonNode options, JsonNode training, String corpus, String version) {
  /** Checks that nothing is missing. */
  public RunIdentity {
    if (model == null || options == null || training == null || corpus == null || version == null) {
      throw new IllegalArgumentException(
          "a run has model, options, training, corpus and version: one is missing");
    }
  }

  /**
   * The identity of a run, but for the options of the training, which the {@link Trainer} knows.
   *
   * @param options a record of options, or several as a map
   */
  public static RunIdentity of(String model, Object options, String corpus, String version) {
    return new RunIdentity(
        model, Json.sortedNode(options), JsonNodeFactory.instance.objectNode(), corpus, version);
  }

  RunIdentity with(TrainOptions value) {
    return new RunIdentity(model, options, Json.sortedNode(value), corpus, version);
  }

  /** The first thing in which another run differs, with both values; empty if it is the same. */
  Optional<String> difference(RunIdentity other) {
    return difference("run", Json.node(this), Json.node(other));
  }

  private static Optional<String> difference(String name, JsonNode mine, JsonNode others) {
    if (mine.equals(others)) {
      return Optional.empty();
    }
    if (!mine.isObject() || !others.isObject()) {
      return Optional.of(
          "%s is %s in the file, %s here".formatted(name, shown(others), shown(mine)));
    }
    Set<String> fields = new LinkedHashSet<>();
    for (JsonNode node : new JsonNode[] {mine, others}) {
      Iterator<String> names = node.fieldNames();
      names.forEachRemaining(fields::add);
    }
    for (String field : fields) {
      Optional<String> found = difference(name + "." + field, mine.path(field), others.path(field));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "not said" : value.toString();
  }
}
