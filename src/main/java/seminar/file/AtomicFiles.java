package seminar.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are either the old one or the new one, never half of the new one: everything is
 * written beside the target and moved into place at the end.
 */
public final class AtomicFiles {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final Pattern PART = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.part");

  private AtomicFiles() {}

  /** Writes to the given file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes the whole contents. */
    void write(Path file) throws IOException;
  }

  /** Replaces a file by the given bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, temporary -> Files.write(temporary, bytes));
  }

  /** Replaces a file by what the writer writes; if it fails, the file stays as it was. */
  public static void write(Path file, Writer writer) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = beside(target);
    try {
      writer.write(temporary);
      force(temporary);
      place(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a file that is whole, and on the disk, in place of another in the same folder. */
  static void place(Path whole, Path target) throws IOException {
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Replaces a folder that holds nothing else than files of the given names, as {@link
   * #writeFolder(Path, Writer)} does.
   *
   * @throws IOException if something else is there, which would be lost
   */
  public static void writeFolder(Path folder, Set<String> names, Writer writer) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new IOException(folder + " is a file: choose another folder");
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (!names.contains(name)) {
            throw new IOException(
                "%s holds %s, which would be lost: choose another folder or empty it"
                    .formatted(folder, name));
          }
        }
      }
    }
    writeFolder(folder, writer);
  }

  /**
   * Replaces a folder by what the writer puts into an empty one; if it fails, the folder stays as
   * it was. Whatever was there is lost, so the caller must know that it may be.
   */
  public static void writeFolder(Path folder, Writer writer) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    Files.createDirectories(target.getParent());
    Path temporary = beside(target);
    TemporaryFolder.delete(temporary);
    Files.createDirectory(temporary);
    Path old = temporary.resolveSibling(temporary.getFileName() + ".old");
    try {
      writer.write(temporary);
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          force(file);
        }
      }
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      if (Files.exists(old) && !Files.exists(target)) {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      }
      TemporaryFolder.delete(temporary);
      TemporaryFolder.delete(old);
    }
  }

  /**
   * Deletes what processes that were killed while they wrote a file left beside it. Whatever a
   * living process writes stays.
   */
  public static void sweep(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    String prefix = "." + target.getFileName() + ".";
    if (!Files.isDirectory(target.getParent())) {
      return;
    }
    try (Stream<Path> files = Files.list(target.getParent())) {
      for (Path other : files.toList()) {
        String name = other.getFileName().toString();
        if (name.startsWith(prefix) && abandoned(name.substring(prefix.length()))) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  /** Whether {@code PID-NUMBER.part} belongs to a process that is gone. */
  private static boolean abandoned(String name) {
    Matcher part = PART.matcher(name);
    if (!part.matches()) {
      return false;
    }
    long pid = Long.parseLong(part.group(1));
    if (pid == ProcessHandle.current().pid()) {
      // An earlier process had the same number, as happens in containers.
      return Long.parseLong(part.group(2)) > COUNT.get();
    }
    return ProcessHandle.of(pid).isEmpty();
  }

  /** Waits until the file is on the disk: a move must not overtake what it moves. */
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * A name of its own beside the target. The library's temporary files would be readable by their
   * owner alone, and stay so once moved.
   */
  static Path beside(Path target) {
    String unique = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    return target.resolveSibling("." + target.getFileName() + "." + unique + ".part");
  }
}
