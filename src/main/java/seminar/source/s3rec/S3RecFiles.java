package seminar.source.s3rec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seminar.source.DataFolder;

/**
 * The files of one set; only the sequences must be there.
 *
 * @param folder where they are
 * @param set the name with which all of them begin, such as {@code Beauty}
 */
record S3RecFiles(Path folder, String set) {
  private static final String END = ".txt";
  private static final List<String> OTHERS =
      List.of("_queries.txt", "_sample.txt", "_sample_queries.txt");

  /** Finds a set; an empty name asks for the only one there is. */
  static S3RecFiles in(Path folder, String set) throws IOException {
    if (!set.isEmpty()) {
      return new S3RecFiles(folder, set);
    }
    String[] names = folder.toFile().list();
    if (names == null) {
      throw new IOException("%s is no folder: give the one of the set".formatted(folder));
    }
    List<String> sets =
        Arrays.stream(names)
            .map(DataFolder::unpacked)
            .filter(S3RecFiles::isSequences)
            .map(name -> name.substring(0, name.length() - END.length()))
            .distinct()
            .sorted()
            .toList();
    if (sets.isEmpty()) {
      throw new IOException(
          "%s has no sequences such as Beauty.txt: give the folder of the set%s"
              .formatted(folder, DataFolder.below(folder, S3RecFiles::isSequences)));
    }
    if (sets.size() > 1) {
      throw new IOException(
          "%s has %s: say which with the option set".formatted(folder, String.join(", ", sets)));
    }
    return new S3RecFiles(folder, sets.getFirst());
  }

  private static boolean isSequences(String name) {
    return name.endsWith(END) && OTHERS.stream().noneMatch(name::endsWith);
  }

  private Path file(String end) {
    return folder.resolve(set + end);
  }

  /** A user and items on each line. */
  Path sequences() {
    return file(END);
  }

  /** A user and queries on each line. */
  Path queries() {
    return file("_queries.txt");
  }

  /** A user and negatives on each line. */
  Path negatives() {
    return file("_sample.txt");
  }

  /** The attributes of each item. */
  Path attributes() {
    return file("_item2attributes.json");
  }

  /** A query that was made of each item. */
  Path dummyQueries() {
    return file("_id2dummy_query.json");
  }

  /** The words of keyword ids. */
  Path keywordNames() {
    return file("_keywords.tsv");
  }

  /** The names of attribute ids. */
  Path attributeNames() {
    return file("_attributes.tsv");
  }

  /** The names of all files that a corpus may be written to. */
  Set<String> written() {
    return Stream.of(
            sequences(), queries(), negatives(), attributes(), keywordNames(), attributeNames())
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }
}
