package seminar.rank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;

/**
 * Tribuo's provenance of a model as JSON: trainer with all options and seed, data, versions. Times
 * of day are left out, so that the same training gives the same text.
 */
final class Provenances {
  private Provenances() {}

  static String json(ObjectProvenance provenance) {
    return node(provenance).toPrettyString();
  }

  private static JsonNode node(Provenance provenance) {
    return switch (provenance) {
      case ObjectProvenance object -> fields(object);
      case MapProvenance<?> map -> fields(map);
      case ListProvenance<?> list -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list.forEach(entry -> array.add(node(entry)));
        yield array;
      }
      default -> TextNode.valueOf(provenance.toString());
    };
  }

  private static <P extends Provenance> ObjectNode fields(Iterable<Pair<String, P>> entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Pair<String, P> entry : entries) {
      if (!(entry.getB() instanceof DateTimeProvenance)) {
        object.set(entry.getA(), node(entry.getB()));
      }
    }
    return object;
  }
}
