package seminar.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import seminar.data.Progress;
import seminar.data.Sha256;

/** Opens the files of one run, line by line, and remembers the fingerprint of each. */
final class SourceFiles {
  private static final int REPORT_EVERY = 100_000;

  private final Progress progress;
  private final LineTally tally;
  private final Map<String, String> hashes = new LinkedHashMap<>();

  SourceFiles(Progress progress, LineTally tally) {
    this.progress = progress;
    this.tally = tally;
  }

  /** Hears one line of data, cut into its fields. */
  @FunctionalInterface
  interface Row {
    /**
     * Uses the fields.
     *
     * @throws MalformedLine if they cannot be used
     */
    void accept(String[] fields) throws MalformedLine;
  }

  LineTally tally() {
    return tally;
  }

  Map<String, String> hashes() {
    return hashes;
  }

  /** Reads lines of fields between tabs, without quoting; {@code .gz} is unpacked. */
  void tabs(Path file, List<String> header, Row row) throws IOException {
    try (BufferedReader lines = new BufferedReader(open(file))) {
      String first = lines.readLine();
      checkHeader(file, header, first == null ? new String[0] : first.split("\t", -1));
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        use(file, ++number, line.split("\t", -1), header.size(), row);
      }
    } catch (EOFException | ZipException e) {
      throw truncated(file, e);
    }
    tally.endOf(file);
  }

  /** Reads comma-separated values with quoting as in RFC 4180. */
  void commas(Path file, List<String> header, Row row) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setReadInputOnSeparateThread(false);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(1 << 20);
    settings.setNullValue("");
    settings.setEmptyValue("");
    CsvParser parser = new CsvParser(settings);
    try (Reader in = open(file)) {
      parser.beginParsing(in);
      String[] first = parser.parseNext();
      checkHeader(file, header, first == null ? new String[0] : first);
      for (String[] fields = parser.parseNext(); fields != null; fields = parser.parseNext()) {
        use(file, parser.getContext().currentLine(), fields, header.size(), row);
      }
    } catch (TextParsingException e) {
      throw new IOException(
          "%s cannot be parsed near line %d: correct it or fetch it again"
              .formatted(file, e.getLineIndex() + 1),
          e);
    }
    tally.endOf(file);
  }

  private void use(Path file, long number, String[] fields, int columns, Row row)
      throws IOException {
    tally.line();
    if (number % REPORT_EVERY == 0) {
      progress.at("reading " + file.getFileName(), number, 0);
    }
    try {
      if (fields.length != columns) {
        throw new MalformedLine("%d fields, not %d".formatted(fields.length, columns));
      }
      row.accept(fields);
    } catch (MalformedLine e) {
      tally.malformed(file, number, e.getMessage());
    }
  }

  private static void checkHeader(Path file, List<String> expected, String[] found)
      throws IOException {
    if (!expected.equals(Arrays.asList(found))) {
      throw new IOException(
          "%s begins with the columns %s, not %s: is it another file?"
              .formatted(file, String.join(" ", found), String.join(" ", expected)));
    }
  }

  private Reader open(Path file) throws IOException {
    progress.at("reading " + file.getFileName(), 0, 0);
    hash(file);
    InputStream in = Files.newInputStream(file);
    try {
      boolean packed = file.getFileName().toString().endsWith(".gz");
      InputStream unpacked = packed ? new GZIPInputStream(in, 1 << 16) : in;
      return new InputStreamReader(unpacked, StandardCharsets.UTF_8);
    } catch (EOFException | ZipException e) {
      in.close();
      throw truncated(file, e);
    }
  }

  /** Remembers the fingerprint of a file that is used. */
  void hash(Path file) throws IOException {
    require(file);
    hashes.put(file.getFileName().toString(), Sha256.of(file));
  }

  static void require(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is missing: give the folder into which the data set was unpacked".formatted(file));
    }
  }

  private static IOException truncated(Path file, IOException cause) {
    return new IOException(
        "%s is truncated or no gzip file (%s): fetch it again".formatted(file, cause.getMessage()),
        cause);
  }
}
