package seminar.notebook;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.RenderFunction;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import seminar.figure.MovingCurves;
import seminar.figure.VegaLite;
import seminar.kernel.VariableList;
import tech.tablesaw.api.Table;

/**
 * Teaches a kernel how to show tables, charts, charts that move, records, lists of records, arrays
 * and feedback.
 */
public final class NotebookExtension implements Extension {
  @Override
  public void install(BaseKernel kernel) {
    install(kernel.getRenderer());
  }

  static void install(Renderer renderer) {
    show(renderer, Table.class, MIMEType.TEXT_HTML, Tables::html, Tables::text);
    show(renderer, Record.class, MIMEType.TEXT_HTML, Records::html, Records::text);
    show(renderer, Feedback.class, MIMEType.TEXT_HTML, Feedback::html, Feedback::toString);
    show(renderer, VariableList.class, MIMEType.TEXT_HTML, Tables::html, VariableList::toString);
    show(renderer, Chart.class, MIMEType.IMAGE_PNG, Pictures::png, Pictures::text);
    show(renderer, MovingCurves.class, VegaLites::show);
    show(renderer, VegaLite.class, VegaLites::show);
    show(renderer, BufferedImage.class, MIMEType.IMAGE_PNG, Pictures::png, Pictures::text);
    renderer
        .createRegistration(List.class)
        .preferring(MIMEType.TEXT_PLAIN)
        .supporting(MIMEType.TEXT_HTML)
        .register(NotebookExtension::list);
    renderer
        .createRegistration(Object.class)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (value, context) ->
                context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> ShortText.text(value)));
  }

  /** In a form of its own, and as text where that cannot be shown. */
  private static <T> void show(
      Renderer renderer,
      Class<T> type,
      MIMEType form,
      Function<T, String> formed,
      Function<T, String> text) {
    renderer
        .createRegistration(type)
        .preferring(form)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (value, context) -> {
              context.renderIfRequested(form, () -> formed.apply(value));
              context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> text.apply(value));
            });
  }

  /** By a picture and text at least; other forms beside. */
  private static <T> void show(Renderer renderer, Class<T> type, RenderFunction<T> shown) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.IMAGE_PNG)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(shown);
  }

  /** A list of records of one class is a table; any other list is its text. */
  private static void list(List<?> list, RenderContext context) {
    if (Records.sameClass(list)) {
      context.getOutputContainer().putData(MIMEType.TEXT_HTML, Records.html(list));
    }
    context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> ShortText.text(list));
  }
}
