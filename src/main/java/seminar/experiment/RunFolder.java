package seminar.experiment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Finished runs, one file each. A run is found again by what it depends on, whatever it was called
 * when it was made: the full SEMINAR of Table 2 is that of Table 3 and a point of Figures 3 and 4.
 */
record RunFolder(Path folder) {
  /**
   * A run that depends on the very same things.
   *
   * @param name what it is called now
   * @throws IOException if a file cannot be read
   */
  Optional<RankedRun> find(String name, RankedRun.Identity identity) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*-" + identity.hash() + ".json")) {
      for (Path file : files) {
        RankedRun run = RankedRun.read(file);
        if (run.identity().equals(identity)) {
          return Optional.of(run.named(name));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a run.
   *
   * @throws IOException if its file cannot be written
   */
  void add(RankedRun run) throws IOException {
    run.write(folder.resolve(fileName(run.name(), run.identity())));
  }

  /** The name of the file of a run: the model in words, and what it depends on as a number. */
  static String fileName(String name, RankedRun.Identity identity) {
    String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-seed%d-%s.json".formatted(words, identity.seed(), identity.hash());
  }
}
