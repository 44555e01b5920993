package seminar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserPageTest {
  @TempDir Path temporary;

  @Test
  void aTestClicksTypesPressesAndSlides() throws Exception {
    Path html = temporary.resolve("page.html");
    Files.writeString(
        html,
        """
        <!doctype html><body>
        <button onclick="said.textContent += ' clicked'">B</button>
        <input id="words" onkeydown="if (event.key === 'Tab') said.textContent += ' tab'">
        <input id="slider" type="range" min="0" max="10" value="5"
          oninput="said.textContent += ' at ' + this.value">
        <p id="said"></p></body>
        """);
    try (BrowserPage page = Browser.find().open(html.toUri().toString(), temporary)) {
      page.await("document.querySelector('#said')", 30);
      page.click("button");
      page.awaitText("#said", "clicked", 10);
      page.click("#words");
      page.type("a b");
      page.press("Tab");
      assertEquals("a b", page.evaluate("words.value").asText());
      page.slide("#slider", 7);
      page.slide("#slider", 6);
      assertEquals("clicked tab at 7 at 6", page.text("#said"));
      assertEquals(2, page.count("input"));
    }
  }
}
