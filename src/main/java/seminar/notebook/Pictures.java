package seminar.notebook;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** Pictures and charts as PNG, and in words for where no picture can be shown. */
final class Pictures {
  private Pictures() {}

  /** The chart as PNG, in base 64 as Jupyter wants it. */
  static String png(Chart<?, ?> chart) {
    return png(BitmapEncoder.getBufferedImage(chart));
  }

  /** The picture as PNG, in base 64, as small as PNG makes it: notebooks keep their pictures. */
  static String png(RenderedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(png)) {
      ImageWriteParam small = writer.getDefaultWriteParam();
      small.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      small.setCompressionQuality(0);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), small);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
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
