package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import seminar.file.AtomicFiles;
import seminar.file.Json;

/**
 * A picture and its JSON twin, {@code fig2.png} and {@code fig2.json}, and {@code fig2.svg} if it
 * is a {@link Drawing}. All are written beside their places and then moved, so a failure leaves the
 * old ones as they were. A picture made of pictures has no SVG, nor one whose SVG would be over a
 * megabyte.
 */
final class FigureFile {
  private static final int MOST_BYTES = 1_000_000;

  private final Map<String, Object> twin = new LinkedHashMap<>();

  /** A figure whose twin begins with what it shows. */
  FigureFile(String figure) {
    twin.put("figure", figure);
  }

  /** Adds something to the twin. */
  FigureFile with(String name, Object value) {
    twin.put(name, value);
    return this;
  }

  /** Adds all of this to the twin. */
  FigureFile with(Map<String, ?> more) {
    twin.putAll(more);
    return this;
  }

  /**
   * Writes them; the folder is made where it is missing.
   *
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if {@code png} does not end in {@code .png}
   */
  void write(BufferedImage image, Path png) throws IOException {
    Path json = twin(png);
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", picture)) {
      throw new IOException(png + ": this Java cannot write PNG files");
    }
    byte[] svg = image instanceof Drawing drawing ? drawing.svg() : new byte[0];
    Json.writePretty(json, twin);
    AtomicFiles.write(png, picture.toByteArray());
    Path lines = beside(png, ".svg");
    if (svg.length > 0 && svg.length <= MOST_BYTES) {
      AtomicFiles.write(lines, svg);
    } else {
      // One of an earlier picture would show something else.
      Files.deleteIfExists(lines);
    }
  }

  /** Where the twin of a picture lies. */
  static Path twin(Path png) {
    return beside(png, ".json");
  }

  private static Path beside(Path png, String end) {
    String name = png.getFileName().toString();
    if (!name.endsWith(".png")) {
      throw new IllegalArgumentException(
          "figure file is called %s: its name must end in .png".formatted(name));
    }
    return png.resolveSibling(name.substring(0, name.length() - 4) + end);
  }
}
