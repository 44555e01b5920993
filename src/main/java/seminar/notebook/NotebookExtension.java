package seminar.notebook;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** Teaches a kernel how to show tables, charts, records, lists of records, arrays and verdicts. */
public final class NotebookExtension implements Extension {
  @Override
  public void install(BaseKernel kernel) {
    Renderer renderer = kernel.getRenderer();
    html(renderer, Table.class, Tables::html, Tables::text);
    html(renderer, Record.class, Records::html, Records::text);
    html(renderer, Feedback.class, Feedback::html, Feedback::toString);
    png(renderer, Chart.class, Pictures::png, Pictures::text);
    png(renderer, BufferedImage.class, Pictures::png, Pictures::text);
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

  private static <T> void html(
      Renderer renderer, Class<T> type, Function<T, String> html, Function<T, String> text) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.TEXT_HTML)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (value, context) -> {
              context.renderIfRequested(MIMEType.TEXT_HTML, () -> html.apply(value));
              context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> text.apply(value));
            });
  }

  private static <T> void png(
      Renderer renderer, Class<T> type, Function<T, String> png, Function<T, String> text) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.IMAGE_PNG)
        .preferring(MIMEType.TEXT_PLAIN)
        .register(
            (value, context) -> {
              context.renderIfRequested(MIMEType.IMAGE_PNG, () -> png.apply(value));
              context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> text.apply(value));
            });
  }

  /** A list of records of one class is a table; any other list is its text. */
  private static void list(List<?> list, RenderContext context) {
    if (Records.sameClass(list)) {
      context.getOutputContainer().putData(MIMEType.TEXT_HTML, Records.html(list));
    }
    context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> ShortText.text(list));
  }
}
