package seminar.notebook;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** Pictures and charts as PNG, and in words for where no picture can be shown. */
final class Pictures {
  private Pictures() {}

  /** The chart as PNG, in base 64 as Jupyter wants it. */
  static String png(Chart<?, ?> chart) {
    return png(BitmapEncoder.getBufferedImage(chart));
  }

  /** The picture as PNG, in base 64. */
  static String png(RenderedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  static String text(Chart<?, ?> chart) {
    return "chart '%s', %d × %d".formatted(chart.getTitle(), chart.getWidth(), chart.getHeight());
  }

  static String text(RenderedImage picture) {
    return "picture, %d × %d".formatted(picture.getWidth(), picture.getHeight());
  }
}
