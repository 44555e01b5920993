package seminar.source;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import seminar.file.Progress;
import seminar.file.Sha256;

/**
 * Opens the files of one run, line by line, and remembers the fingerprint of each. A line that
 * cannot be used is counted with its number; a file of too many such lines ends the run.
 */
public final class SourceFiles {
  private static final int REPORT_EVERY = 20_000;

  private final Progress progress;
  private final LineTally tally;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private long latin;

  /**
   * The files of a run.
   *
   * @param progress hears how much of each is read
   * @param malformedShare the largest share of malformed lines that a file may have
   */
  public SourceFiles(Progress progress, double malformedShare) {
    this.progress = progress;
    this.tally = new LineTally(malformedShare);
  }

  /** Hears one line of data, cut into its fields. */
  @FunctionalInterface
  public interface Row {
    /**
     * Uses the fields.
     *
     * @throws MalformedLine if they cannot be used
     * @throws IOException if the run cannot go on
     */
    void accept(String[] fields) throws MalformedLine, IOException;
  }

  /** Hears one line of data and where it stands. */
  @FunctionalInterface
  public interface NumberedRow {
    /**
     * Uses the fields.
     *
     * @param number of the line in its file, from 1
     * @throws MalformedLine if they cannot be used
     * @throws IOException if the run cannot go on
     */
    void accept(long number, String[] fields) throws MalformedLine, IOException;
  }

  /** Hears one line of text. */
  @FunctionalInterface
  public interface Line {
    /**
     * Uses the line.
     *
     * @param number counts from 1
     * @throws MalformedLine if it cannot be used
     * @throws IOException if the run cannot go on
     */
    void accept(long number, String text) throws MalformedLine, IOException;
  }

  LineTally tally() {
    return tally;
  }

  Map<String, String> hashes() {
    return hashes;
  }

  /** How many files were read as ISO-8859-1. */
  long latin() {
    return latin;
  }

  /** Hears how far the run has come. */
  public Progress progress() {
    return progress;
  }

  /**
   * Reads lines of fields between tabs, without quoting, whose columns are found as those of {@link
   * #commas(Path, List, List, Row)}; {@code .gz} is unpacked.
   */
  public void tabs(Path file, List<String> required, Row row) throws IOException {
    numberedTabs(file, required, (number, fields) -> row.accept(fields));
  }

  /** As {@link #tabs} for a file whose lines are known by their numbers. */
  public void numberedTabs(Path file, List<String> required, NumberedRow row) throws IOException {
    separated(file, Separation.tabs(), required, List.of(), row);
  }

  /**
   * Reads lines of fields that are told apart in some way.
   *
   * @param required columns that must be there
   * @param optional columns that may be; a missing one is empty in every row
   * @param row hears the required fields, then the optional ones
   */
  public void separated(
      Path file, Separation how, List<String> required, List<String> optional, NumberedRow row)
      throws IOException {
    if (how.quoted()) {
      quoted(file, how, required, optional, row);
    } else {
      unquoted(file, how, required, optional, row);
    }
  }

  private void unquoted(
      Path file, Separation how, List<String> required, List<String> optional, NumberedRow row)
      throws IOException {
    Pattern delimiter = Pattern.compile(how.delimiter(), Pattern.LITERAL);
    Header[] header = {how.header(file, required, optional)};
    read(
        file,
        StandardCharsets.UTF_8,
        (number, text) -> {
          String[] fields = delimiter.split(text, -1);
          if (header[0] == null) {
            header[0] = Header.of(file, fields, required, optional);
          } else {
            use(file, number, () -> row.accept(number, header[0].pick(fields)));
          }
        });
    if (header[0] == null) {
      throw empty(file);
    }
  }

  /**
   * Reads lines of so many fields without a header and without quoting, in UTF-8 or, where that is
   * what the file is, in ISO-8859-1, which is counted.
   *
   * @param separator between fields, such as {@code ::}
   */
  public void plain(Path file, String separator, int width, Row row) throws IOException {
    Charset charset = SourceText.charset(DataFolder.packedOrNot(file));
    latin += charset.equals(StandardCharsets.ISO_8859_1) ? 1 : 0;
    Pattern between = Pattern.compile(Pattern.quote(separator));
    long before = tally.lines();
    read(
        file,
        charset,
        (number, text) ->
            use(
                file,
                number,
                () -> {
                  String[] fields = between.split(MalformedLine.text(text), -1);
                  if (fields.length != width) {
                    throw new MalformedLine("%d fields, not %d".formatted(fields.length, width));
                  }
                  row.accept(fields);
                }));
    if (tally.lines() == before) {
      throw empty(file);
    }
  }

  /** Reads comma-separated values with quoting as in RFC 4180. */
  public void commas(Path file, List<String> required, Row row) throws IOException {
    commas(file, required, List.of(), row);
  }

  /**
   * Reads comma-separated values with quoting as in RFC 4180. Columns are found by their names, so
   * they may stand in any order, with others between them.
   *
   * @param required columns that must be there
   * @param optional columns that may be; a missing one is empty in every row
   * @param row hears the required fields, then the optional ones
   */
  public void commas(Path file, List<String> required, List<String> optional, Row row)
      throws IOException {
    quoted(file, Separation.commas(), required, optional, (number, fields) -> row.accept(fields));
  }

  private void quoted(
      Path file, Separation how, List<String> required, List<String> optional, NumberedRow row)
      throws IOException {
    try (SourceText text = open(file, StandardCharsets.UTF_8)) {
      CsvText csv = new CsvText(text.file(), text.reader(), how.delimiter().charAt(0));
      Header header = how.header(text.file(), required, optional);
      if (header == null) {
        header = Header.of(text.file(), csv.head(), required, optional);
      }
      while (csv.next()) {
        record(text, csv, header, row);
        report(text, csv.last());
      }
      finish(text);
    } catch (EOFException | ZipException e) {
      throw SourceText.truncated(file, e);
    }
  }

  /** Of a record that cannot be used every line is malformed that it holds. */
  private void record(SourceText text, CsvText csv, Header header, NumberedRow row)
      throws IOException {
    String why;
    try {
      if (csv.broken()) {
        throw new MalformedLine(CsvText.UNCLOSED);
      }
      row.accept(csv.first(), header.pick(csv.fields(), csv::field));
      tally.line();
      return;
    } catch (MalformedLine e) {
      why = e.getMessage();
    }
    for (long line = csv.first(); line <= csv.last(); line++) {
      tally.line();
      String inside = "it is inside a quote that opens on line %d".formatted(csv.first());
      tally.malformed(text.file(), line, line == csv.first() ? why : inside);
    }
  }

  /** Reads a file without a header line by line; blank lines at its end are none. */
  public void lines(Path file, Line line) throws IOException {
    read(
        file,
        StandardCharsets.UTF_8,
        (number, text) -> {
          boolean marked = number == 1 && text.startsWith(Header.BYTE_ORDER_MARK);
          String plain = marked ? text.substring(1) : text;
          use(file, number, () -> line.accept(number, MalformedLine.text(plain)));
        });
  }

  @FunctionalInterface
  private interface RawLine {
    void accept(long number, String text) throws IOException;
  }

  private void read(Path file, Charset charset, RawLine line) throws IOException {
    try (SourceText text = open(file, charset);
        BufferedReader lines = new BufferedReader(text.reader())) {
      long number = 0;
      List<String> blank = new ArrayList<>();
      for (String next = lines.readLine(); next != null; next = lines.readLine()) {
        if (next.isBlank() && next.indexOf('\t') < 0) {
          blank.add(next);
          continue;
        }
        for (String earlier : blank) {
          line.accept(++number, earlier);
        }
        blank.clear();
        line.accept(++number, next);
        report(text, number);
      }
      finish(text);
    } catch (EOFException | ZipException e) {
      throw SourceText.truncated(file, e);
    }
  }

  /** What is done with a line. */
  @FunctionalInterface
  interface Use {
    void run() throws MalformedLine, IOException;
  }

  /** Counts a line, and counts it again if it cannot be used. */
  void use(Path file, long number, Use use) throws IOException {
    tally.line();
    try {
      use.run();
    } catch (MalformedLine e) {
      tally.malformed(file, number, e.getMessage());
    }
  }

  /** Opens a file, packed or not, and says so. */
  SourceText open(Path file, Charset charset) throws IOException {
    SourceText text = SourceText.open(DataFolder.packedOrNot(file), charset);
    report(text.file(), 0, text.size());
    return text;
  }

  /** Reports how much of a file is read, now and then. */
  void report(SourceText text, long number) {
    if (number % REPORT_EVERY == 0) {
      report(text.file(), text.done(), text.size());
    }
  }

  /** Reports how much of a file is read. */
  void report(Path file, long done, long size) {
    progress.at("reading " + file.getFileName(), done, size);
  }

  /** The file is read to its end: remembers its fingerprint and judges its malformed lines. */
  void finish(SourceText text) throws IOException {
    remember(text.file(), text.hash());
    tally.endOf(text.file());
  }

  /** The same for a file that something else has read. */
  void finish(Path file) throws IOException {
    hash(file);
    tally.endOf(file);
  }

  static IOException empty(Path file) {
    return new IOException("%s is empty: fetch it again".formatted(file));
  }

  /** Remembers the fingerprint of a file that is used as it is. */
  public void hash(Path file) throws IOException {
    SourceText.require(file);
    remember(file, Sha256.of(file));
  }

  /** By the name of the file; parts of one name in several folders by their folders too. */
  private void remember(Path file, String hash) {
    String name = file.getFileName().toString();
    Path folder = file.toAbsolutePath().getParent();
    while (hashes.containsKey(name) && !hashes.get(name).equals(hash) && folder != null) {
      name = folder.getFileName() + "/" + name;
      folder = folder.getParent();
    }
    hashes.put(name, hash);
  }
}
