package seminar.source.s3rec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.file.AtomicFiles;
import seminar.file.CsvFile;
import seminar.file.Progress;
import seminar.source.CorpusWriter;
import seminar.source.JsonFiles;
import seminar.source.WrittenIds;

/**
 * Writes the files of S³-Rec and those that the paper's code adds to them, of a set called {@code
 * Exported}: {@code Exported.txt}, {@code Exported_queries.txt}, {@code
 * Exported_item2attributes.json}, and {@code Exported_sample.txt} where the corpus has negatives.
 * The words of keywords and the names of attributes, for which S³-Rec has no place, stand beside
 * them in {@code Exported_keywords.tsv} and {@code Exported_attributes.tsv}.
 *
 * <p>What the format cannot carry: times (the order of events is kept), texts and features of
 * items, exposures, the text of a query beside its keywords, whether an event came from a search
 * (one with a query is), the stage of negatives (it is the test), and users without an event. Users
 * and items keep their ids if all of them are plain numbers of at most 31 bits, else they have
 * their numbers in the corpus, counted from 1.
 */
public final class S3RecWriter implements CorpusWriter {
  private static final String SET = "Exported";

  /** Makes the writer. */
  public S3RecWriter() {}

  @Override
  public String name() {
    return "s3rec";
  }

  @Override
  public String description() {
    return "S3-Rec: X.txt, X_queries.txt, X_item2attributes.json, X_sample.txt; X is " + SET;
  }

  @Override
  public Map<String, String> readerOptions() {
    return Map.of("minUserEvents", "1");
  }

  @FunctionalInterface
  private interface Content {
    void write(BufferedWriter out) throws IOException;
  }

  /**
   * Writes all files.
   *
   * @throws IllegalArgumentException if the name of an attribute or a keyword is empty or holds a
   *     tab or the end of a line
   */
  @Override
  public void write(Corpus corpus, Path folder, Progress progress) throws IOException {
    WrittenIds ids = WrittenIds.of(corpus, 1, Integer.MAX_VALUE);
    AtomicFiles.writeFolder(
        folder,
        new S3RecFiles(folder, SET).written(),
        into -> {
          S3RecFiles files = new S3RecFiles(into, SET);
          file(files.sequences(), out -> histories(corpus, ids, out, progress));
          file(files.queries(), out -> queries(corpus, ids, out, progress));
          attributes(corpus, ids, files.attributes());
          names(files.keywordNames(), corpus.queries()::keyword, corpus.queries().vocabulary());
          names(
              files.attributeNames(),
              corpus.catalog()::attributeName,
              corpus.catalog().attributeVocabulary());
          if (corpus.negatives().isPresent()) {
            file(files.negatives(), out -> negatives(corpus.negatives().orElseThrow(), ids, out));
          }
        });
  }

  private static void file(Path file, Content content) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      content.write(out);
    }
  }

  private static void histories(
      Corpus corpus, WrittenIds ids, BufferedWriter out, Progress progress) throws IOException {
    Histories histories = corpus.histories();
    eachEvent(corpus, ids, out, progress, event -> ids.item(histories.item(event)), "sequences");
  }

  private static void queries(Corpus corpus, WrittenIds ids, BufferedWriter out, Progress progress)
      throws IOException {
    Histories histories = corpus.histories();
    eachEvent(
        corpus,
        ids,
        out,
        progress,
        event -> {
          int[] tokens = corpus.queries().tokens(histories.query(event));
          return tokens.length == 0
              ? "0"
              : Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(","));
        },
        "queries");
  }

  @FunctionalInterface
  private interface Field {
    String of(long event);
  }

  /** A line for each user: the user, then a field for each event. */
  private static void eachEvent(
      Corpus corpus,
      WrittenIds ids,
      BufferedWriter out,
      Progress progress,
      Field field,
      String what)
      throws IOException {
    Histories histories = corpus.histories();
    for (int user = 0; user < histories.users(); user++) {
      if (histories.length(user) > 0) {
        out.write(ids.user(user));
        for (long event = histories.start(user); event < histories.start(user + 1); event++) {
          out.write(' ');
          out.write(field.of(event));
        }
        out.write('\n');
      }
      progress.at("writing " + what, user + 1L, histories.users());
    }
  }

  private static void attributes(Corpus corpus, WrittenIds ids, Path file) throws IOException {
    try (JsonGenerator json = JsonFiles.create(file)) {
      json.writeStartObject();
      for (int item = 1; item <= corpus.catalog().size(); item++) {
        json.writeFieldName(ids.item(item));
        int[] attributes = corpus.catalog().attributes(item);
        json.writeArray(attributes, 0, attributes.length);
      }
      json.writeEndObject();
    }
  }

  private static void negatives(Negatives negatives, WrittenIds ids, BufferedWriter out)
      throws IOException {
    for (int i = 0; i < negatives.size(); i++) {
      out.write(ids.user(negatives.user(i)));
      for (int item : negatives.of(i)) {
        out.write(' ');
        out.write(ids.item(item));
      }
      out.write('\n');
    }
  }

  private static void names(Path file, IntFunction<String> names, int size) throws IOException {
    try (CsvFile table = CsvFile.tabs(file, S3RecNames.COLUMNS)) {
      for (int id = 1; id <= size; id++) {
        if (names.apply(id).isEmpty()) {
          throw new IllegalArgumentException("name %d is empty: S³-Rec reads none".formatted(id));
        }
        table.row(Integer.toString(id), names.apply(id));
      }
    }
  }
}
