package seminar.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/**
 * Formulas in LaTeX as HTML, with MathML in it for readers of screens. The work is done by KaTeX, a
 * script that runs here in Java (Rhino), so that the page needs none; its fonts are part of {@link
 * #style}, so that the page needs no network either.
 *
 * <p>Thread safety: one thread at a time.
 *
 * @see <a href="https://katex.org/docs/supported">What KaTeX knows</a>
 */
public final class Formulas {
  private static final String KATEX = "/META-INF/resources/webjars/katex/%s/dist/";
  private static final String VERSION = "/META-INF/maven/org.webjars.npm/katex/pom.properties";

  /** The first form of a font in the style sheet, and those that old browsers would take. */
  private static final Pattern FONT =
      Pattern.compile(
          "url\\((fonts/[\\w-]+\\.woff2)\\) format\\(\"woff2\"\\)(?:,url\\([^)]*\\)"
              + " format\\([^)]*\\))*");

  private final String style;
  private final ScriptableObject scope;
  private final Function render;

  /**
   * Loads the script (about a second).
   *
   * @throws IOException if it is not on the class path
   */
  public Formulas() throws IOException {
    Properties version = new Properties();
    version.load(new StringReader(text(VERSION)));
    String folder = KATEX.formatted(version.getProperty("version"));
    style = style(folder);
    String script = text(folder + "katex.min.js");
    try (Context context = context()) {
      scope = context.initSafeStandardObjects();
      context.evaluateString(scope, script, "katex", 1, null);
      ScriptableObject katex = (ScriptableObject) scope.get("katex", scope);
      render = (Function) katex.get("renderToString", katex);
    }
  }

  private static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = Formulas.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("%s is not on the class path".formatted(name));
      }
      return in.readAllBytes();
    }
  }

  private static String style(String folder) throws IOException {
    Matcher font = FONT.matcher(text(folder + "katex.min.css"));
    StringBuilder css = new StringBuilder();
    while (font.find()) {
      String data = Page.data("font/woff2", bytes(folder + font.group(1)));
      font.appendReplacement(css, "url(" + data + ") format(\"woff2\")");
    }
    return font.appendTail(css).toString();
  }

  /** What a page with formulas needs: a style sheet that holds its fonts. */
  public String style() {
    return style;
  }

  /** Rhino's compiler makes methods too long for Java of such a script; its interpreter does. */
  private static Context context() {
    Context context = Context.enter();
    context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    context.setInterpretedMode(true);
    return context;
  }

  /**
   * A formula as HTML.
   *
   * @param latex without dollar signs
   * @param display whether it stands alone on its line
   * @throws IllegalArgumentException if KaTeX does not understand it
   */
  public String html(String latex, boolean display) {
    try (Context context = context()) {
      NativeObject options = new NativeObject();
      options.put("output", options, "htmlAndMathml");
      options.put("displayMode", options, display);
      options.put("throwOnError", options, true);
      options.put("strict", options, "ignore");
      Object drawn = render.call(context, scope, scope, new Object[] {latex, options});
      return Context.toString(drawn);
    } catch (RhinoException e) {
      throw new IllegalArgumentException(
          "formula '%s' cannot be drawn: %s".formatted(latex, e.details()), e);
    }
  }
}
