package seminar.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The files that a kernel needs besides its specification, in one folder of its own: with them it
 * works wherever the project and the local Maven repository have gone.
 *
 * <p>A file on the same disk is linked (a hard link), so that it takes no room and stays when the
 * original is deleted; otherwise it is copied. Files come into place in one step each, so that a
 * kernel that runs keeps those that it has open.
 */
public final class KernelLibrary {
  static final String NAME = "lib";

  private final Path folder;
  private final Set<String> names = new HashSet<>();

  private KernelLibrary(Path folder) {
    this.folder = folder;
  }

  /**
   * The library of a kernel.
   *
   * @param dataFolder a data folder of Jupyter, such as {@code ~/.local/share/jupyter}
   * @param kernel the kernel's name, such as {@code seminar-java}
   * @throws IOException if its folder cannot be made
   */
  public static KernelLibrary of(Path dataFolder, String kernel) throws IOException {
    Path folder = KernelSpec.folder(dataFolder.toAbsolutePath(), kernel).resolve(NAME);
    return new KernelLibrary(Files.createDirectories(folder));
  }

  /** Where the files lie. */
  public Path folder() {
    return folder;
  }

  /**
   * Takes files in, each under its own name.
   *
   * @param files jars and other files
   * @return where they are now, in the same order
   * @throws IOException if one cannot be read or written
   */
  public List<Path> add(List<Path> files) throws IOException {
    Path[] added = new Path[files.size()];
    for (int i = 0; i < added.length; i++) {
      added[i] = add(files.get(i));
    }
    return List.of(added);
  }

  private Path add(Path file) throws IOException {
    Path source = file.toRealPath();
    Path there = place(file.getFileName().toString());
    if (Files.exists(there) && Files.isSameFile(source, there)) {
      return there;
    }
    Path fresh = fresh();
    try {
      Files.createLink(fresh, source);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(source, fresh);
    }
    return replace(fresh, there);
  }

  /**
   * Takes the files of a folder in as one archive.
   *
   * @param tree a folder, such as one of classes
   * @param name the archive's, such as {@code classes.jar}
   * @return the archive
   * @throws IOException if a file cannot be read or the archive not be written
   */
  public Path pack(Path tree, String name) throws IOException {
    Path there = place(name);
    Path fresh = fresh();
    try (OutputStream file = Files.newOutputStream(fresh);
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> all = Files.walk(tree, FileVisitOption.FOLLOW_LINKS)) {
      jar.setLevel(Deflater.BEST_SPEED);
      for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(tree.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, jar);
      }
    }
    return replace(fresh, there);
  }

  /**
   * Removes what an earlier installation had and this one has not.
   *
   * @throws IOException if a file cannot be removed
   */
  public void prune() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!names.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  /** A name that no other file of this installation has. */
  private Path place(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name = "_" + name;
    }
    return folder.resolve(name);
  }

  private Path fresh() throws IOException {
    Path fresh = Files.createTempFile(folder, "new", ".new");
    Files.delete(fresh);
    return fresh;
  }

  private static Path replace(Path fresh, Path there) throws IOException {
    return Files.move(
        fresh, there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
