package seminar.book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import seminar.file.Markup;

/**
 * Markdown of one notebook as HTML: formulas drawn, pictures put into the page, links to other
 * notebooks led to their pages, headings collected for the table of contents. HTML in Markdown is
 * shown as text, not taken as HTML.
 */
final class MarkdownText {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Map<String, String> PICTURES =
      Map.of("png", "image/png", "svg", "image/svg+xml", "jpg", "image/jpeg", "jpeg", "image/jpeg");

  private final Parser parser = Parser.builder().extensions(TABLES).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .attributeProviderFactory(context -> this::attributes)
          .build();
  private final Path folder;
  private final Set<String> pages;
  private final Formulas formulas;
  private final List<Section> sections = new ArrayList<>();

  /**
   * A heading.
   *
   * @param anchor its id in the page
   * @param level 1 for the title
   * @param html its text, formulas drawn
   */
  record Section(String anchor, int level, String html) {}

  /**
   * The text of a notebook in a folder.
   *
   * @param pages names of the notebooks that have a page
   */
  MarkdownText(Path folder, Set<String> pages, Formulas formulas) {
    this.folder = folder;
    this.pages = Set.copyOf(pages);
    this.formulas = formulas;
  }

  /** Headings so far. */
  List<Section> sections() {
    return List.copyOf(sections);
  }

  /**
   * A cell as HTML.
   *
   * @throws IllegalArgumentException if a formula, a link or a picture in it is wrong
   */
  String html(String markdown) throws IOException {
    Marked marked = Marked.of(markdown);
    List<String> drawn =
        marked.formulas().stream()
            .map(formula -> formulas.html(formula.latex(), formula.display()))
            .toList();
    Node document = parser.parse(marked.text());
    try {
      document.accept(new Destinations());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    int first = sections.size();
    String html = renderer.render(document);
    sections
        .subList(first, sections.size())
        .replaceAll(
            section ->
                new Section(section.anchor, section.level, Marked.restore(section.html, drawn)));
    return Marked.restore(html, drawn)
        .replace("<table>", "<div class=\"wide\"><table>")
        .replace("</table>", "</table></div>");
  }

  /** Gives headings their ids. */
  private void attributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Heading heading) {
      String text = TextContentRenderer.builder().build().render(heading).strip();
      String anchor = anchor(text);
      sections.add(new Section(anchor, heading.getLevel(), Markup.escape(text)));
      attributes.put("id", anchor);
    }
  }

  /** A name that no heading of this notebook has yet. */
  private String anchor(String text) {
    String plain = plain(text);
    String base = plain.isEmpty() ? "section" : plain;
    String anchor = base;
    for (int i = 2; taken(anchor); i++) {
      anchor = base + "-" + i;
    }
    return anchor;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private boolean taken(String anchor) {
    return sections.stream().anyMatch(section -> section.anchor.equals(anchor));
  }

  /** Leads links to pages and puts pictures into the page. */
  private final class Destinations extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      String to = link.getDestination();
      int hash = to.indexOf('#');
      String file = hash < 0 ? to : to.substring(0, hash);
      String anchor = hash < 0 ? "" : "#" + plain(to.substring(hash + 1));
      if (file.endsWith(".ipynb")) {
        String page = file.substring(0, file.length() - ".ipynb".length());
        if (!pages.contains(page)) {
          throw new IllegalArgumentException(
              "there is no notebook for the link to %s".formatted(to));
        }
        link.setDestination(page + ".html" + anchor);
      } else if (to.startsWith("#")) {
        link.setDestination(anchor);
      } else if (!to.startsWith("https://")) {
        throw new IllegalArgumentException(
            "the link to %s leads out of the book: name a notebook or https://…".formatted(to));
      }
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      String name = image.getDestination();
      String mime = PICTURES.get(name.substring(name.lastIndexOf('.') + 1));
      Path file = folder.resolve(name);
      if (mime == null || !Files.isRegularFile(file)) {
        throw new IllegalArgumentException("there is no picture %s to be put in".formatted(name));
      }
      try {
        image.setDestination(Page.data(mime, Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
