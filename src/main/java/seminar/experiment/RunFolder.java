package seminar.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import seminar.file.Json;

/**
 * Finished runs, one file each. A run is found again by what it depends on, whatever it was called
 * when it was made: the full SEMINAR of Table 2 is that of Table 3 and a point of Figures 3 and 4.
 */
record RunFolder(Path folder) {
  private static final String REMEDY = "remove it to train anew";

  /** A run that can be kept. */
  interface Kept {
    /** The model. */
    String name();

    /** What the run depends on. */
    Run.Identity identity();
  }

  /**
   * A run that depends on the very same things.
   *
   * @param name what it is called now
   * @throws IOException if a file cannot be read
   */
  <R extends Kept> Optional<R> find(String name, Run.Identity identity, Class<R> type)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*-" + identity.hash() + ".json")) {
      for (Path file : files) {
        R run = read(file, type, Optional.of(name));
        if (run.identity().equals(identity)) {
          return Optional.of(run);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a run. The name of its file is the model in words, and what it depends on as a number.
   *
   * @throws IOException if its file cannot be written; an old one is then untouched
   */
  void add(Kept run) throws IOException {
    Json.write(folder.resolve(fileName(run.name(), run.identity()) + ".json"), run);
  }

  /** The name of a run's file without its end. */
  static String fileName(String name, Run.Identity identity) {
    String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-seed%d-%s".formatted(words, identity.seed(), identity.hash());
  }

  /** A run from its file, under another name if one is given. */
  static <R> R read(Path file, Class<R> type, Optional<String> name) throws IOException {
    try {
      ObjectNode run = (ObjectNode) Json.tree(file, REMEDY);
      name.ifPresent(value -> run.put("name", value));
      return Json.reader().treeToValue(run, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a run that can be read (%s): remove it to train anew"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
