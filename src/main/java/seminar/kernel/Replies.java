package seminar.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;

/**
 * Replies that the library has not, or not as the protocol wants them; what it sends is the JSON of
 * any object.
 */
final class Replies {
  private static final Gson JSON = new Gson();

  private Replies() {}

  /** A reply of a type whose content is the JSON of a map. */
  @SuppressWarnings("unchecked")
  static Message<Object> of(MessageContext request, MessageType<?> type, Map<String, ?> content) {
    return new Message<>(request, (MessageType<Object>) type, content);
  }

  /** A cell that ran. */
  static Map<String, Object> executed(int count, Map<String, Object> expressions) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("status", "ok");
    content.put("execution_count", count);
    content.put("payload", List.of());
    content.put("user_expressions", expressions);
    return content;
  }

  /** The value of an expression that a front end sent beside a cell. */
  static Map<String, Object> value(DisplayData shown) {
    JsonObject json = JSON.toJsonTree(shown).getAsJsonObject();
    return Map.of("status", "ok", "data", json.get("data"), "metadata", json.get("metadata"));
  }

  /** The failure of an expression that a front end sent beside a cell. */
  static Map<String, Object> failure(CellError error) {
    return Map.of(
        "status",
        "error",
        "ename",
        error.kind(),
        "evalue",
        error.getMessage(),
        "traceback",
        error.lines());
  }
}
