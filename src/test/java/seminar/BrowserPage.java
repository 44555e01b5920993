package seminar;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page that a test reads, types into and clicks as a person would, by the DevTools protocol of
 * Chromium. Elements are named by selectors of CSS.
 */
public final class BrowserPage implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int ANSWER_SECONDS = 60;
  private static final int SHIFT = 8;

  /** Codes of the keys that are no characters. */
  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, "End", 35, "ArrowLeft", 37, "ArrowRight", 39);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process browser;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final WebSocket socket;

  /**
   * @param browser was started with a port for DevTools
   * @param profile its folder, in which it writes that port
   */
  BrowserPage(Process browser, Path profile) throws Exception {
    this.browser = browser;
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest pages =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%s/json/list".formatted(port(profile))))
              .build();
      String list = client.send(pages, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode one : JSON.readTree(list)) {
        if (one.get("type").asText().equals("page")) {
          socket =
              HttpClient.newHttpClient()
                  .newWebSocketBuilder()
                  .buildAsync(URI.create(one.get("webSocketDebuggerUrl").asText()), new Answers())
                  .get(START_SECONDS, TimeUnit.SECONDS);
          return;
        }
      }
    }
    throw new IOException("the browser has no page");
  }

  private String port(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 10 * START_SECONDS && browser.isAlive(); i++) {
      if (Files.exists(file) && Files.readAllLines(file).size() == 2) {
        return Files.readAllLines(file).getFirst();
      }
      Thread.sleep(100);
    }
    throw new IOException("the browser did not start");
  }

  /** Puts the pieces of messages together; those that answer nothing are events. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        try {
          JsonNode answer = JSON.readTree(message.toString());
          CompletableFuture<JsonNode> waiting = answers.remove(answer.path("id").asInt());
          if (waiting != null) {
            waiting.complete(answer);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        } finally {
          message.setLength(0);
        }
      }
      from.request(1);
      return null;
    }
  }

  private JsonNode ask(String method, ObjectNode parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    JsonNode reply = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (reply.has("error")) {
      throw new IOException(method + ": " + reply.get("error"));
    }
    return reply.get("result");
  }

  /** Goes to an address; what is there may be loading still. */
  public void open(String address) throws Exception {
    // As if its window were in front: without a focus JupyterLab has no current notebook.
    ask("Emulation.setFocusEmulationEnabled", JSON.createObjectNode().put("enabled", true));
    ask("Page.navigate", JSON.createObjectNode().put("url", address));
  }

  /** The value of an expression of JavaScript; of a promise, what it becomes. */
  public JsonNode evaluate(String script) throws Exception {
    JsonNode result =
        ask(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", script)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(script + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** The text that a person sees in all elements that a selector names. */
  public String text(String selector) throws Exception {
    return evaluate(
            "[...document.querySelectorAll(%s)].map(e => e.innerText).join('\\n')"
                .formatted(JSON.writeValueAsString(selector)))
        .asText();
  }

  /** How many elements a selector names. */
  public int count(String selector) throws Exception {
    return evaluate(
            "document.querySelectorAll(%s).length".formatted(JSON.writeValueAsString(selector)))
        .asInt();
  }

  /** Waits until an expression of JavaScript is true; fails with what is seen on the page. */
  public void await(String condition, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isTrue(condition)) {
      if (System.nanoTime() > end) {
        fail(
            "not within %d s: %s; the page shows:%n%s".formatted(seconds, condition, text("body")));
      }
      Thread.sleep(200);
    }
  }

  /** A page that loads has not all that the condition names. */
  private boolean isTrue(String condition) throws Exception {
    return evaluate(
            "(() => { try { return !!(%s); } catch (e) { return false; } })()".formatted(condition))
        .asBoolean();
  }

  /** Waits until an element shows a text. */
  public void awaitText(String selector, String text, int seconds) throws Exception {
    await(
        "[...document.querySelectorAll(%s)].some(e => e.innerText.includes(%s))"
            .formatted(JSON.writeValueAsString(selector), JSON.writeValueAsString(text)),
        seconds);
  }

  /** Clicks the middle of the first element that a selector names. */
  public void click(String selector) throws Exception {
    JsonNode place =
        evaluate(
            """
            (() => {
              const e = document.querySelector(%s);
              e.scrollIntoView({block: 'nearest'});
              const r = e.getBoundingClientRect();
              return {x: r.x + r.width / 2, y: r.y + r.height / 2};
            })()
            """
                .formatted(JSON.writeValueAsString(selector)));
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      ask(
          "Input.dispatchMouseEvent",
          JSON.createObjectNode()
              .put("type", type)
              .put("x", place.get("x").asDouble())
              .put("y", place.get("y").asDouble())
              .put("button", "left")
              .put("clickCount", 1));
    }
  }

  /** Types a text where the cursor is. */
  public void type(String text) throws Exception {
    ask("Input.insertText", JSON.createObjectNode().put("text", text));
  }

  /** Presses a key, such as {@code Tab}. */
  public void press(String key) throws Exception {
    press(key, 0);
  }

  /** Presses a key together with Shift. */
  public void pressWithShift(String key) throws Exception {
    press(key, SHIFT);
  }

  private void press(String key, int modifiers) throws Exception {
    for (String type : new String[] {"keyDown", "keyUp"}) {
      ObjectNode event =
          JSON.createObjectNode()
              .put("type", type)
              .put("key", key)
              .put("code", key)
              .put("modifiers", modifiers)
              .put("windowsVirtualKeyCode", KEYS.get(key));
      if (key.equals("Enter") && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      ask("Input.dispatchKeyEvent", event);
    }
  }

  /** Moves a slider (an {@code input} of the type {@code range}) and tells the page so. */
  public void slide(String selector, double value) throws Exception {
    evaluate(
        """
        (slider => {
          slider.value = %s;
          slider.dispatchEvent(new Event('input'));
        })(document.querySelector(%s))
        """
            .formatted(value, JSON.writeValueAsString(selector)));
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    List<ProcessHandle> helpers = browser.descendants().toList();
    browser.destroyForcibly().waitFor();
    for (ProcessHandle helper : helpers) {
      helper.destroyForcibly();
      helper.onExit().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
  }
}
