package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Figures as pixels and as lines. */
class DrawingTest {
  private static final Consumer<Graphics2D> STROKES =
      g -> {
        g.setColor(Style.INK);
        g.setFont(Style.TEXT);
        g.drawString("a < b & c", 10, 30);
        g.drawLine(0, 0, 50, 40);
      };

  @Test
  void pixelsAreThoseOfThePlainWay() {
    BufferedImage plain =
        new BufferedImage(100 * Style.SCALE, 50 * Style.SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = plain.createGraphics();
    g.scale(Style.SCALE, Style.SCALE);
    Style.smooth(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 100, 50);
    STROKES.accept(g);
    g.dispose();
    Drawing drawing = new Drawing(100, 50, STROKES);
    assertArrayEquals(pixels(plain), pixels(drawing));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void svgKeepsItsLettersAsTextAndIsAlwaysTheSame() throws Exception {
    byte[] svg = new Drawing(100, 50, STROKES).svg();
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg))
            .getDocumentElement();
    assertEquals("svg", root.getTagName());
    assertEquals("100", root.getAttribute("width"));
    assertTrue(root.getTextContent().contains("a < b & c"), root.getTextContent());
    assertArrayEquals(svg, new Drawing(100, 50, STROKES).svg());
  }

  @Test
  void aChartIsWrittenAsPngJsonAndSvg(@TempDir Path folder) throws Exception {
    Curves panel = Curves.of("Panel", "x", "y").line("a line", List.of(1, 2), List.of(3, 4));
    BufferedImage image = Curves.image("Heading", "below", List.of(panel));
    Path png = folder.resolve("fig.png");
    new FigureFile("a").with(Map.of("a", 1)).write(image, png);
    byte[] svg = Files.readAllBytes(folder.resolve("fig.svg"));
    assertTrue(svg.length < 100_000, "bytes: " + svg.length);
    String text = new String(svg, StandardCharsets.UTF_8);
    assertTrue(text.contains("Heading") && text.contains("a line"), text);
    assertFalse(text.contains("data:image"), "pixels within the lines");
    assertFalse(text.contains("<!DOCTYPE"), "a document type that is on the network");
  }

  @Test
  void aPictureOfPicturesHasNoSvgAndLeavesNoOldOne(@TempDir Path folder) throws Exception {
    Path png = folder.resolve("fig.png");
    new FigureFile("a").write(new Drawing(100, 50, STROKES), png);
    assertTrue(Files.exists(folder.resolve("fig.svg")));
    new FigureFile("a").write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), png);
    assertFalse(Files.exists(folder.resolve("fig.svg")));
    assertTrue(Files.exists(png));
  }
}
