package seminar.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import seminar.book.MarkdownText.Section;
import seminar.book.StoredNotebook.Cell;
import seminar.book.StoredNotebook.Output;
import seminar.file.AtomicFiles;
import seminar.file.Markup;

/**
 * The course as a book: a page for each notebook, with the outputs that are stored in it, and a
 * table of contents. Pages need no network and no other files.
 */
public final class Book {
  private static final String TITLE = "Seminar: a course in lifelong, multi-modal search";
  private static final String ABOUT =
      """
      <p>Each chapter is a Jupyter notebook in Java, shown with the outputs of its last run. It stands
      alone: read them in any order, or open them with <code>./seminar lab</code> and change them.</p>
      """;

  private final List<StoredNotebook> notebooks;
  private final Formulas formulas;

  private Book(List<StoredNotebook> notebooks, Formulas formulas) {
    this.notebooks = List.copyOf(notebooks);
    this.formulas = formulas;
  }

  /** A chapter, drawn. */
  private record Chapter(StoredNotebook notebook, List<Section> sections, String body) {
    String page() {
      return notebook.name() + ".html";
    }
  }

  /**
   * The book of all notebooks of a folder, in the order of their names.
   *
   * @throws IOException if a notebook cannot be read, has the name of the table of contents, or
   *     there is none
   */
  public static Book of(Path folder) throws IOException {
    return of(folder, new Formulas());
  }

  static Book of(Path folder, Formulas formulas) throws IOException {
    List<StoredNotebook> notebooks = new ArrayList<>();
    for (Path file : StoredNotebook.in(folder)) {
      StoredNotebook notebook = StoredNotebook.read(file);
      if (notebook.name().equalsIgnoreCase("index")) {
        throw new IOException(
            "%s: its page would be the table of contents: give the notebook another name"
                .formatted(file));
      }
      notebooks.add(notebook);
    }
    return new Book(notebooks, formulas);
  }

  /** How many chapters it has. */
  public int chapters() {
    return notebooks.size();
  }

  /**
   * Writes {@code index.html} and a page for each notebook. Pages of an earlier book in the folder
   * are replaced, other files stay.
   *
   * @return the table of contents
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if a cell has an error as its output, or something that cannot
   *     be drawn; the message names notebook and cell, and nothing is written
   */
  public Path write(Path folder) throws IOException {
    Set<String> names = notebooks.stream().map(StoredNotebook::name).collect(Collectors.toSet());
    List<Chapter> chapters = new ArrayList<>();
    for (StoredNotebook notebook : notebooks) {
      chapters.add(chapter(notebook, names));
    }
    Files.createDirectories(folder);
    for (int i = 0; i < chapters.size(); i++) {
      Chapter chapter = chapters.get(i);
      Page page =
          new Page(
              chapter.notebook.title(), formulas.style(), navigation(chapters, i), chapter.body);
      AtomicFiles.write(folder.resolve(chapter.page()), page.bytes());
    }
    Path index = folder.resolve("index.html");
    AtomicFiles.write(index, new Page(TITLE, formulas.style(), "", contents(chapters)).bytes());
    return index;
  }

  private Chapter chapter(StoredNotebook notebook, Set<String> names) throws IOException {
    MarkdownText text =
        new MarkdownText(notebook.file().toAbsolutePath().getParent(), names, formulas);
    StringBuilder body = new StringBuilder();
    for (Cell cell : notebook.cells()) {
      try {
        body.append(html(cell, text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s, cell %d: %s"
                .formatted(notebook.file().getFileName(), cell.number(), e.getMessage()),
            e);
      }
    }
    return new Chapter(notebook, text.sections(), body.toString());
  }

  private static String html(Cell cell, MarkdownText text) throws IOException {
    return switch (cell.kind()) {
      case MARKDOWN -> text.html(cell.source());
      case RAW -> "<pre>" + Markup.escape(cell.source()) + "</pre>\n";
      case CODE -> {
        StringBuilder html = new StringBuilder();
        if (!cell.source().isBlank()) {
          html.append("<pre class=\"code\"><code>");
          html.append(JavaColors.html(cell.source())).append("</code></pre>\n");
        }
        for (Output output : cell.outputs()) {
          html.append(Outputs.html(output)).append('\n');
        }
        yield html.toString();
      }
    };
  }

  private static String navigation(List<Chapter> chapters, int at) {
    String before = at > 0 ? link(chapters.get(at - 1), "← ", "") : "";
    String after = at + 1 < chapters.size() ? link(chapters.get(at + 1), "", " →") : "";
    return "<span>%s</span><a href=\"index.html\">Contents</a><span>%s</span>"
        .formatted(before, after);
  }

  private static String link(Chapter chapter, String before, String after) {
    return "<a href=\"%s\">%s%s%s</a>"
        .formatted(
            Markup.escape(chapter.page()), before, Markup.escape(chapter.notebook.title()), after);
  }

  private static String contents(List<Chapter> chapters) {
    StringBuilder html = new StringBuilder("<h1>" + Markup.escape(TITLE) + "</h1>\n" + ABOUT);
    html.append("<ol class=\"contents\">\n");
    for (Chapter chapter : chapters) {
      html.append("<li>").append(link(chapter, "", "")).append("<ul>");
      for (Section section : chapter.sections) {
        if (section.level() == 2) {
          html.append(
              "<li><a href=\"%s#%s\">%s</a></li>"
                  .formatted(Markup.escape(chapter.page()), section.anchor(), section.html()));
        }
      }
      html.append("</ul></li>\n");
    }
    return html.append("</ol>\n").toString();
  }
}
