package seminar.notebook;

import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import seminar.figure.MovingCurves;
import seminar.figure.VegaLite;

/** Charts that move, beside a picture for where nothing can. */
final class VegaLites {
  private VegaLites() {}

  static void show(MovingCurves curves, RenderContext context) {
    show(curves.chart(), context);
  }

  static void show(VegaLite chart, RenderContext context) {
    context.getOutputContainer().putData(VegaLite.MIME, chart.spec());
    chart
        .still()
        .ifPresent(
            picture -> context.renderIfRequested(MIMEType.IMAGE_PNG, () -> Pictures.png(picture)));
    context.renderIfRequested(MIMEType.TEXT_PLAIN, chart::toString);
  }
}
