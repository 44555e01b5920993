package seminar.book;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/**
 * Formulas in LaTeX as MathML, which browsers draw by themselves: no script, no fonts, no network.
 * The work is done by KaTeX, a script that runs here in Java (Rhino).
 *
 * <p>Thread safety: one thread at a time.
 *
 * @see <a href="https://katex.org/docs/supported">What KaTeX knows</a>
 */
public final class Formulas {
  private static final String KATEX = "/META-INF/resources/webjars/katex/%s/dist/katex.min.js";
  private static final String VERSION = "/META-INF/maven/org.webjars.npm/katex/pom.properties";

  private final ScriptableObject scope;
  private final Function render;

  /**
   * Loads the script (about a second).
   *
   * @throws IOException if it is not on the class path
   */
  public Formulas() throws IOException {
    Properties version = new Properties();
    version.load(new java.io.StringReader(resource(VERSION)));
    String script = resource(KATEX.formatted(version.getProperty("version")));
    try (Context context = context()) {
      scope = context.initSafeStandardObjects();
      context.evaluateString(scope, script, "katex", 1, null);
      ScriptableObject katex = (ScriptableObject) scope.get("katex", scope);
      render = (Function) katex.get("renderToString", katex);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Formulas.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("%s is not on the class path".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
  public String mathml(String latex, boolean display) {
    try (Context context = context()) {
      NativeObject options = new NativeObject();
      options.put("output", options, "mathml");
      options.put("displayMode", options, display);
      options.put("throwOnError", options, true);
      options.put("strict", options, "ignore");
      Object html = render.call(context, scope, scope, new Object[] {latex, options});
      return Context.toString(html);
    } catch (RhinoException e) {
      throw new IllegalArgumentException(
          "formula '%s' cannot be drawn: %s".formatted(latex, e.details()), e);
    }
  }
}
