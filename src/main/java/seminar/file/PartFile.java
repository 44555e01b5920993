package seminar.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows beside its place and is moved there when it is whole: what is there is the old
 * one or the new one. Thread safety: one thread at a time.
 */
public final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final FileChannel channel;

  private PartFile(Path target, Path part, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /**
   * Begins a file; what processes that were killed left beside it goes.
   *
   * @throws IOException if nothing can be written there
   */
  public static PartFile of(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    AtomicFiles.sweep(target);
    Path part = AtomicFiles.beside(target);
    return new PartFile(
        target,
        part,
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Writes bytes behind those that are there. */
  public void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Writes bytes over those that are there, from a place on. */
  public void putAt(long place, ByteBuffer bytes) throws IOException {
    for (long at = place; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  /** How long the file is. */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Puts the file in its place, once it is on the disk.
   *
   * @throws IOException if it cannot; what was there is untouched then
   */
  public void finish() throws IOException {
    channel.force(true);
    channel.close();
    AtomicFiles.place(part, target);
  }

  /** Forgets the file unless it was finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
