package seminar.notebook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart as a picture. */
final class Charts {
  private Charts() {}

  /** The chart as PNG, in base 64 as Jupyter wants it. */
  static String png(Chart<?, ?> chart) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  static String text(Chart<?, ?> chart) {
    return "chart '%s', %d × %d".formatted(chart.getTitle(), chart.getWidth(), chart.getHeight());
  }
}
