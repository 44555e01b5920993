package seminar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A browser without a screen that looks at pages for the tests: Chromium or Chrome from {@code
 * SEMINAR_BROWSER} or PATH. Tests are skipped where there is none.
 */
public final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int SECONDS = 120;
  private static final Pattern WIDTH = Pattern.compile("\\[(\\d+): (\\d+) of (\\d+)([^\\]]*)\\]");

  /** Tells of each page how wide it is and what sticks out of it. */
  private static final String RULER =
      """
      <!doctype html><body>%s<pre id="found"></pre><script>
      addEventListener('load', () => {
        document.querySelectorAll('iframe').forEach((frame, i) => {
          const page = frame.contentDocument, root = page.documentElement;
          let out = '';
          if (root.scrollWidth > root.clientWidth) {
            page.querySelectorAll('body *').forEach(e => {
              if (out.length < 200 && e.getBoundingClientRect().right > root.clientWidth + 1)
                out += ' ' + e.tagName;
            });
          }
          found.textContent += `[${i}: ${root.scrollWidth} of ${root.clientWidth}${out}]`;
        });
      });
      </script></body>
      """;

  private final Path program;

  private Browser(Path program) {
    this.program = program;
  }

  /** The browser of this machine; skips the test where there is none. */
  public static Browser find() {
    Optional<Path> found =
        Stream.concat(
                Stream.ofNullable(System.getenv("SEMINAR_BROWSER")).map(Path::of),
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "no Chromium or Chrome on PATH nor in SEMINAR_BROWSER: nobody looks at the pages");
    return new Browser(found.get());
  }

  /**
   * The pages that are wider than the screen.
   *
   * @param width of the screen in CSS pixels
   * @return a line for each, empty if all fit
   */
  public List<String> tooWide(List<Path> pages, int width, Path scratch) throws Exception {
    StringBuilder frames = new StringBuilder();
    for (Path page : pages) {
      frames.append(
          "<iframe style=\"border:0;width:%dpx;height:800px\" src=\"%s\"></iframe>"
              .formatted(width, page.toUri()));
    }
    Path ruler = scratch.resolve("ruler.html");
    Files.writeString(ruler, RULER.formatted(frames));
    String dom = run(scratch, "--dump-dom", "--allow-file-access-from-files", "" + ruler.toUri());
    Matcher found = WIDTH.matcher(dom.substring(Math.max(0, dom.indexOf("<pre id=\"found\">"))));
    List<String> wide = new ArrayList<>();
    int seen = 0;
    while (found.find()) {
      assertEquals(width, Integer.parseInt(found.group(3)), "width of the screen");
      seen++;
      if (Integer.parseInt(found.group(2)) > width) {
        wide.add(pages.get(Integer.parseInt(found.group(1))).getFileName() + found.group());
      }
    }
    assertEquals(pages.size(), seen, dom.length() > 2000 ? "pages measured" : dom);
    return wide;
  }

  /**
   * What a page becomes once it has drawn itself and a script has used it; without a network.
   *
   * @param script runs in the page two seconds after it is loaded
   * @return the page as HTML three seconds later, errors of its scripts in front
   */
  public String used(Path page, String script, Path scratch) throws Exception {
    String html = Files.readString(page);
    Path copy = scratch.resolve("used.html");
    String errors =
        "<pre id=\"errors\"></pre><script>for (const name of ['error', 'unhandledrejection'])"
            + " addEventListener(name, e => document.getElementById('errors').append(e.message ||"
            + " e.reason));</script>";
    String use = "<script>setTimeout(() => {%s}, 2000)</script>".formatted(script);
    Files.writeString(
        copy, html.replaceFirst("<body>", "<body>" + errors).replace("</body>", use + "</body>"));
    return run(
        scratch,
        "--dump-dom",
        "--virtual-time-budget=5000",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "" + copy.toUri());
  }

  /** A picture of the first {@code height} CSS pixels of a page. */
  public BufferedImage screenshot(Path page, int width, int height, Path png) throws Exception {
    String size = "--window-size=%d,%d".formatted(width, height);
    run(png.getParent(), size, "--screenshot=" + png, "" + page.toUri());
    return ImageIO.read(png.toFile());
  }

  /** How many different colours a picture has; one means that it is blank. */
  public static long colours(BufferedImage picture) {
    return Arrays.stream(
            picture.getRGB(
                0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
        .distinct()
        .count();
  }

  /** A page on which a test can act; {@code scratch} is a folder for what the browser writes. */
  public BrowserPage open(String address, Path scratch) throws Exception {
    List<String> command =
        command(
            scratch,
            "--remote-debugging-port=0",
            "--no-proxy-server",
            "--window-size=1400,1600",
            "about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("browser.out").toFile())
            .start();
    BrowserPage page = new BrowserPage(process, scratch.resolve("profile"));
    page.open(address);
    return page;
  }

  private List<String> command(Path scratch, String... words) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"));
    command.addAll(List.of("--no-first-run", "--user-data-dir=" + scratch.resolve("profile")));
    command.addAll(List.of(words));
    return command;
  }

  private String run(Path scratch, String... words) throws IOException, InterruptedException {
    List<String> command = command(scratch, words);
    File out = scratch.resolve("browser.out").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out)
            .redirectError(scratch.resolve("browser.err").toFile())
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new IOException("%s took over %d s".formatted(program, SECONDS));
    }
    assertEquals(0, process.exitValue(), Files.readString(scratch.resolve("browser.err")));
    return Files.readString(out.toPath());
  }
}
