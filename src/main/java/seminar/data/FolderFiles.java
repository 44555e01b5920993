package seminar.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import seminar.file.Json;
import seminar.file.Sha256;

/**
 * What {@code manifest.json} says of the files of a corpus folder, and whether it is so.
 *
 * @param format the format of the folder and its version
 * @param corpus where the corpus comes from
 * @param files length and SHA-256 of each file, by name, in alphabetical order
 */
record FolderFiles(String format, Manifest corpus, Map<String, Entry> files) {
  static final String MANIFEST = "manifest.json";
  private static final String FAMILY = "seminar-corpus/";
  private static final String FORMAT = FAMILY + "2";

  /** A file of the folder. */
  record Entry(long bytes, String sha256) {}

  static void write(Path folder, Manifest corpus, Map<String, Entry> files) throws IOException {
    FolderFiles contents = new FolderFiles(FORMAT, corpus, files);
    Json.writePretty(folder.resolve(MANIFEST), contents);
  }

  /** Whether the folder holds a corpus of this or another version of the format. */
  static boolean isCorpus(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      return Files.isRegularFile(file)
          && Json.tree(file, "").path("format").asText().startsWith(FAMILY);
    } catch (IOException e) {
      return false; // nobody can say what it is
    }
  }

  static FolderFiles read(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is no corpus folder: it has no %s; make one with ./seminar corpus or ./seminar world"
              .formatted(folder, MANIFEST));
    }
    FolderFiles contents = Json.read(file, FolderFiles.class, "make the corpus again");
    if (!FORMAT.equals(contents.format())) {
      throw new IOException(broken(folder, MANIFEST + " does not say format " + FORMAT));
    }
    if (contents.corpus() == null || contents.files() == null) {
      throw new IOException(broken(folder, MANIFEST + " is incomplete"));
    }
    return contents;
  }

  /** The file of that name, once it is known to be whole. */
  Path whole(Path folder, String name, CheckedFiles memory) throws IOException {
    Path file = folder.resolve(name);
    Entry expected = files.get(name);
    Path within = file.toAbsolutePath().normalize().getParent();
    if (!folder.toAbsolutePath().normalize().equals(within) || expected == null) {
      throw new IOException(broken(folder, MANIFEST + " lists a wrong file " + name));
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(broken(folder, name + " is missing"));
    }
    long bytes = Files.size(file);
    if (bytes != expected.bytes()) {
      throw new IOException(
          broken(
              folder,
              "%s is %d bytes long, the manifest says %d: it is %s"
                  .formatted(
                      name,
                      bytes,
                      expected.bytes(),
                      bytes < expected.bytes() ? "truncated" : "changed")));
    }
    if (!memory.knows(file, expected.sha256())) {
      if (!Sha256.of(file).equals(expected.sha256())) {
        throw new IOException(broken(folder, name + " does not have the checksum of the manifest"));
      }
      memory.remember(file, expected.sha256());
    }
    return file;
  }

  /** One fingerprint of all checksums. */
  static String checksums(Map<String, Entry> files) {
    return checksums(files, files.keySet());
  }

  private static String checksums(Map<String, Entry> files, Iterable<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(files.get(name).sha256()).append(name).append('\n');
    }
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of the corpus, from the checksums of its columns; see {@link Corpus#hash()}. */
  String hash(Iterable<String> columns) {
    return checksums(files, columns).substring(0, 16);
  }

  static String broken(Path folder, String how) {
    return "%s: %s; make the corpus again".formatted(folder, how);
  }
}
