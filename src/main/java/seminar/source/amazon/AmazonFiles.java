package seminar.source.amazon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seminar.source.DataFolder;

/**
 * The two files of a category: reviews and descriptions.
 *
 * @param category such as {@code Gift_Cards}
 * @param reviews the 5-core where it is there, else all reviews
 * @param meta the descriptions
 */
record AmazonFiles(String category, Path reviews, Path meta) {
  private static final Pattern NAME = Pattern.compile("(?:reviews_)?(.+?)(_5)?\\.json(\\.gz)?");

  /** The first of these that is there is read. */
  private static final List<String> ENDS = List.of("_5.json.gz", "_5.json", ".json.gz", ".json");

  /** Finds the files of a category; an empty name asks for the only one there is. */
  static AmazonFiles in(Path folder, String category) throws IOException {
    Map<String, Path> found = reviews(folder);
    if (found.isEmpty()) {
      throw new IOException(
          "%s has no reviews such as Gift_Cards_5.json.gz: give the folder that holds them%s"
              .formatted(folder, DataFolder.below(folder, NAME.asMatchPredicate())));
    }
    if (category.isEmpty() && found.size() > 1) {
      throw new IOException(
          "%s has reviews of %s: say which with the option category"
              .formatted(folder, String.join(", ", found.keySet())));
    }
    String chosen = category.isEmpty() ? found.keySet().iterator().next() : category;
    if (!found.containsKey(chosen)) {
      throw new IOException(
          "%s has no reviews of %s: there is %s"
              .formatted(folder, chosen, String.join(", ", found.keySet())));
    }
    return new AmazonFiles(chosen, found.get(chosen), meta(folder, chosen));
  }

  private static Map<String, Path> reviews(Path folder) throws IOException {
    String[] names = folder.toFile().list();
    if (names == null) {
      throw new IOException(
          "%s is no folder: give the one that holds the reviews".formatted(folder));
    }
    Map<String, Path> found = new TreeMap<>();
    for (String name : names) {
      Matcher matcher = NAME.matcher(name);
      if (!name.startsWith("meta_") && matcher.matches()) {
        found.merge(matcher.group(1), folder.resolve(name), AmazonFiles::preferred);
      }
    }
    return found;
  }

  private static Path preferred(Path one, Path other) {
    int difference = rank(one) - rank(other);
    return difference < 0 || difference == 0 && one.compareTo(other) < 0 ? one : other;
  }

  private static int rank(Path file) {
    String name = file.getFileName().toString();
    return ENDS.indexOf(ENDS.stream().filter(name::endsWith).findFirst().orElseThrow());
  }

  private static Path meta(Path folder, String category) throws IOException {
    List<Path> places = new ArrayList<>();
    for (String end : List.of(".json.gz", ".json")) {
      places.add(folder.resolve("meta_" + category + end));
      if (Files.isRegularFile(places.getLast())) {
        return places.getLast();
      }
    }
    throw new IOException(
        "%s is missing, which describes the items of the reviews beside it"
            .formatted(places.getFirst()));
  }
}
