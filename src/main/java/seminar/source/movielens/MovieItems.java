package seminar.source.movielens;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.FeatureFiles;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;

/** What is known of each film: texts, attributes, and rows in matrices of features. */
final class MovieItems {
  /** Before the name of every genre, so that it is distinct from other attributes. */
  static final String GENRE = "genre:";

  /** What {@code movies.csv} says of a film without a genre. */
  static final String NO_GENRE = "(no genres listed)";

  private static final List<String> ITEM_COLUMNS =
      List.of(
          "movie_id",
          "title",
          "year",
          "genres",
          "mpaa",
          "release_date",
          "directors",
          "writers",
          "actors",
          "country",
          "plot",
          "has_poster",
          "in_ml1m",
          "in_small",
          "in_taglog");

  private final EventLog log;
  private final Map<Long, Integer> textRows = new HashMap<>();
  private final Map<Long, Integer> imageRows = new HashMap<>();
  private FeatureFiles features = FeatureFiles.none();

  /** Films that are described to this log. */
  MovieItems(EventLog log) {
    this.log = log;
  }

  /** The folder {@code items/} of the multi-modal set. */
  void readFolder(Path folder, SourceFiles files) throws IOException {
    files.tabs(folder.resolve("items.tsv"), ITEM_COLUMNS, this::item);
    features =
        new FeatureFiles(
            matrix(folder, "text_lsa_64.npy", "text_lsa_ids.txt", textRows, files),
            matrix(folder, "image_feat_512.npy", "image_feat_ids.txt", imageRows, files));
  }

  /**
   * A line of the raw table of films: movieId, title, genres. Films that are already known keep
   * what they have.
   */
  void movie(String[] fields) throws MalformedLine, IOException {
    long movie = MalformedLine.whole("movieId", fields[0], 0);
    List<String> genres = fields[2].equals(NO_GENRE) ? List.of() : attributes(GENRE, fields[2]);
    log.item(movie, PlainText.optional(fields[1]), genres);
  }

  private void item(String[] fields) throws MalformedLine, IOException {
    long movie = MalformedLine.whole("movie_id", fields[0], 0);
    Arrays.setAll(fields, i -> PlainText.optional(fields[i]));
    StringBuilder text = new StringBuilder(fields[1]);
    List<String> attributes = new ArrayList<>(attributes(GENRE, fields[3]));
    attributes.addAll(attributes("director:", fields[6]));
    attributes.addAll(attributes("actor:", fields[8]));
    attributes.addAll(attributes("country:", fields[9]));
    if (!fields[2].isEmpty()) {
      long year = MalformedLine.whole("year", fields[2], 1000);
      text.append(" (").append(year).append(')');
      attributes.add("decade:" + year / 10 + "0s");
    }
    if (!fields[10].isEmpty()) {
      text.append(". ").append(fields[10]);
    }
    log.item(movie, text.toString(), attributes);
  }

  private static List<String> attributes(String prefix, String names) {
    List<String> attributes = new ArrayList<>();
    for (String name : names.split("\\|")) {
      if (!PlainText.optional(name).isBlank()) {
        attributes.add(prefix + oneLine(name));
      }
    }
    return attributes;
  }

  /** A name without line breaks and without blanks around it. */
  static String oneLine(String name) {
    return name.replace('\n', ' ').replace('\r', ' ').strip();
  }

  /** A list of ids that says which row belongs to which film must be right throughout. */
  private static Optional<Path> matrix(
      Path folder, String name, String ids, Map<Long, Integer> rows, SourceFiles files)
      throws IOException {
    Path matrix = folder.resolve(name);
    if (!Files.exists(matrix)) {
      return Optional.empty();
    }
    files.hash(matrix);
    files.hash(folder.resolve(ids));
    List<String> lines = lines(folder.resolve(ids));
    for (int row = 0; row < lines.size(); row++) {
      try {
        rows.put(MalformedLine.whole("movie id", lines.get(row), 0), row);
      } catch (MalformedLine e) {
        throw new IOException(
            "%s:%d: %s; without it the rows of %s belong to nobody"
                .formatted(folder.resolve(ids), row + 1, e.getMessage(), name),
            e);
      }
    }
    return Optional.of(matrix);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IOException("%s is not UTF-8: fetch it again".formatted(file), e);
    }
  }

  FeatureFiles features() {
    return features;
  }

  /** A catalogue of the films that occur; the original ids are the film's numbers. */
  Catalog catalog() throws IOException {
    Catalog.Builder builder = new Catalog.Builder();
    int[] texts = new int[1];
    log.items(
        (id, text, attributes) -> {
          long movie = Long.parseLong(id);
          int textRow = textRows.getOrDefault(movie, Catalog.ABSENT);
          if (features.text().isEmpty() && !text.isEmpty()) {
            textRow = texts[0]++;
          }
          int imageRow = imageRows.getOrDefault(movie, Catalog.ABSENT);
          builder.add(id, text, attributes, textRow, imageRow);
        });
    return builder.build();
  }
}
