package seminar.source.kuairand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seminar.source.DataFolder;

/**
 * The files of one version of KuaiRand in a folder.
 *
 * @param version such as {@code pure}, {@code 1k} or {@code 27k}
 * @param standard what the recommender showed, in order of time
 * @param random what was shown at random
 * @param features of videos
 */
record KuaiRandFiles(String version, List<Path> standard, List<Path> random, Path features) {
  private static final Pattern NAME =
      Pattern.compile(
          "(log_standard|log_random|video_features_basic)(?:_\\d_\\d\\d_to_\\d_\\d\\d)?_(\\w+?)"
              + "(?:_part\\d+)?\\.csv");

  /** Of a file that is there packed and unpacked, the unpacked one counts. */
  static KuaiRandFiles of(Path folder) throws IOException {
    TreeMap<String, Path> found = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> list = Files.list(folder)) {
        list.sorted().forEach(file -> found.putIfAbsent(unpacked(file), file));
      }
    }
    List<Path> standard = new ArrayList<>();
    List<Path> random = new ArrayList<>();
    Path features = folder.resolve("video_features_basic_pure.csv");
    TreeSet<String> versions = new TreeSet<>();
    for (Path file : found.values()) {
      Matcher name = NAME.matcher(unpacked(file));
      if (name.matches()) {
        versions.add(name.group(2));
        switch (name.group(1)) {
          case "log_standard" -> standard.add(file);
          case "log_random" -> random.add(file);
          default -> features = file;
        }
      }
    }
    if (versions.size() > 1) {
      throw new IOException(
          "%s has several versions of KuaiRand, %s: give a folder of one"
              .formatted(folder, String.join(", ", versions)));
    }
    return new KuaiRandFiles(
        versions.isEmpty() ? "" : versions.first(), standard, random, features);
  }

  private static String unpacked(Path file) {
    return DataFolder.unpacked(file.getFileName().toString());
  }
}
