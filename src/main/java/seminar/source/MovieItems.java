package seminar.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.FeatureFiles;

/** What is known of each film: texts, attributes, and rows in matrices of features. */
final class MovieItems {
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

  private final Map<Integer, Film> films = new HashMap<>();
  private final Map<Integer, Integer> textRows = new HashMap<>();
  private final Map<Integer, Integer> imageRows = new HashMap<>();
  private FeatureFiles features = FeatureFiles.none();

  private record Film(String text, List<String> attributes) {}

  /** The folder {@code items/} of the multi-modal set. */
  void readFolder(Path folder, SourceFiles files) throws IOException {
    files.tabs(folder.resolve("items.tsv"), ITEM_COLUMNS, this::item);
    features =
        new FeatureFiles(
            matrix(folder, "text_lsa_64.npy", "text_lsa_ids.txt", textRows, files),
            matrix(folder, "image_feat_512.npy", "image_feat_ids.txt", imageRows, files));
  }

  /** {@code movies.csv} of the raw layout; films that are already known keep what they have. */
  void readMovies(Path file, SourceFiles files) throws IOException {
    files.commas(
        file,
        List.of("movieId", "title", "genres"),
        fields -> {
          List<String> genres =
              fields[2].startsWith("(") ? List.of() : attributes("genre:", fields[2]);
          films.putIfAbsent(MalformedLine.id("movieId", fields[0]), new Film(fields[1], genres));
        });
  }

  private void item(String[] fields) throws MalformedLine {
    int movie = MalformedLine.id("movie_id", fields[0]);
    StringBuilder text = new StringBuilder(fields[1]);
    List<String> attributes = new ArrayList<>(attributes("genre:", fields[3]));
    attributes.addAll(attributes("director:", fields[6]));
    attributes.addAll(attributes("actor:", fields[8]));
    attributes.addAll(attributes("country:", fields[9]));
    if (!fields[2].isEmpty()) {
      long year = MalformedLine.number("year", fields[2], 1000);
      text.append(" (").append(year).append(')');
      attributes.add("decade:" + year / 10 + "0s");
    }
    if (!fields[10].isEmpty()) {
      text.append(". ").append(fields[10]);
    }
    films.put(movie, new Film(text.toString(), attributes));
  }

  private static List<String> attributes(String prefix, String names) {
    List<String> attributes = new ArrayList<>();
    for (String name : names.split("\\|")) {
      if (!name.isBlank()) {
        attributes.add(prefix + name.trim());
      }
    }
    return attributes;
  }

  /** A list of ids that says which row belongs to which film must be right throughout. */
  private static Optional<Path> matrix(
      Path folder, String name, String ids, Map<Integer, Integer> rows, SourceFiles files)
      throws IOException {
    Path matrix = folder.resolve(name);
    if (!Files.exists(matrix)) {
      return Optional.empty();
    }
    files.hash(matrix);
    files.hash(folder.resolve(ids));
    List<String> lines = Files.readAllLines(folder.resolve(ids), StandardCharsets.UTF_8);
    for (int row = 0; row < lines.size(); row++) {
      try {
        rows.put(MalformedLine.id("movie id", lines.get(row)), row);
      } catch (MalformedLine e) {
        throw new IOException(
            "%s:%d: %s; without it the rows of %s belong to nobody"
                .formatted(folder.resolve(ids), row + 1, e.getMessage(), name),
            e);
      }
    }
    return Optional.of(matrix);
  }

  FeatureFiles features() {
    return features;
  }

  /** A catalogue of these films, in the order given; the original ids are the film's numbers. */
  Catalog catalog(int[] movies) {
    Catalog.Builder builder = new Catalog.Builder();
    Film unknown = new Film("", List.of());
    int texts = 0;
    for (int movie : movies) {
      Film film = films.getOrDefault(movie, unknown);
      int textRow = textRows.getOrDefault(movie, Catalog.ABSENT);
      if (features.text().isEmpty() && !film.text().isEmpty()) {
        textRow = texts++;
      }
      builder.add(
          Integer.toString(movie),
          film.text(),
          film.attributes(),
          textRow,
          imageRows.getOrDefault(movie, Catalog.ABSENT));
    }
    return builder.build();
  }
}
