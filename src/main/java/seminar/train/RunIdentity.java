package seminar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

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
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

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
        model, json(options), JsonNodeFactory.instance.objectNode(), corpus, version);
  }

  RunIdentity with(TrainOptions value) {
    return new RunIdentity(model, options, json(value), corpus, version);
  }

  /** As a file would give it back, so that numbers compare by value. */
  private static JsonNode json(Object options) {
    try {
      return JSON.readTree(JSON.writeValueAsString(options));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("these options have no JSON: " + options, e);
    }
  }

  /** The first thing in which another run differs, with both values; empty if it is the same. */
  Optional<String> difference(RunIdentity other) {
    return difference("run", JSON.valueToTree(this), JSON.valueToTree(other));
  }

  private static Optional<String> difference(String name, JsonNode mine, JsonNode others) {
    if (mine.equals(others)) {
      return Optional.empty();
    }
    if (!mine.isObject() || !others.isObject()) {
      return Optional.of("%s is %s in the file, %s here".formatted(name, others, mine));
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
}
