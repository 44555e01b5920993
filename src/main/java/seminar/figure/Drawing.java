package seminar.figure;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;

/**
 * A picture that remembers how it was drawn, so that it can be written as SVG as well: lines and
 * letters that stay sharp at any size.
 */
final class Drawing extends BufferedImage {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int DECIMALS = 2;

  private final int width;
  private final int height;
  private final Consumer<Graphics2D> strokes;

  /**
   * Draws on white.
   *
   * @param width in units of length; a picture has {@link Style#SCALE} pixels for each
   * @param height in units of length
   * @param strokes draws; called once for each kind of file
   */
  Drawing(int width, int height, Consumer<Graphics2D> strokes) {
    super(width * Style.SCALE, height * Style.SCALE, TYPE_INT_RGB);
    this.width = width;
    this.height = height;
    this.strokes = strokes;
    Graphics2D g = createGraphics();
    g.scale(Style.SCALE, Style.SCALE);
    draw(g);
    g.dispose();
  }

  private void draw(Graphics2D g) {
    Style.smooth(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    strokes.accept(g);
  }

  /** The same as SVG, its letters as text. */
  byte[] svg() throws IOException {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment("Seminar");
    context.setPrecision(DECIMALS);
    SVGGraphics2D g = new SVGGraphics2D(context, false);
    g.setSVGCanvasSize(new Dimension(width, height));
    draw(g);
    StringWriter out = new StringWriter();
    g.stream(out, true);
    // Nobody needs the document type, and some readers would get it from the network.
    return out.toString().replaceFirst("<!DOCTYPE[^>]*>\\s*", "").getBytes(StandardCharsets.UTF_8);
  }

  private static Document document() {
    try {
      DOMImplementation dom =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
      return dom.createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java cannot make XML", e);
    }
  }
}
