package seminar.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file that grows by lines, which reach it at once, so that it can be followed and survives
 * a crash.
 */
public final class AppendedLines implements AutoCloseable {
  private final FileChannel channel;

  private AppendedLines(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a file behind its last line, or begins it. A line that a crash cut off is ended, so that
   * it does not swallow the next one.
   *
   * @throws IOException if the file cannot be written
   */
  public static AppendedLines open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    AppendedLines lines = new AppendedLines(channel);
    long length = channel.size();
    channel.position(length);
    ByteBuffer last = ByteBuffer.allocate(1);
    if (length > 0 && channel.read(last, length - 1) == 1 && last.get(0) != '\n') {
      lines.write("\n");
    }
    return lines;
  }

  /** Appends text as it is: whoever writes a line ends it. */
  public void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
