package seminar.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Standard input of cells: whoever reads it asks the front end for a line.
 *
 * <p>Where the front end takes no questions, or no cell runs, reading throws and says so. One
 * object serves all cells, since {@link IO} and students keep readers of it.
 */
final class CellInput extends InputStream {
  /** The package into which JShell puts the classes of cells. */
  private static final String CELLS = "REPL.";

  private final Questions questions;
  private byte[] line = {};
  private int at;

  CellInput(Questions questions) {
    this.questions = questions;
  }

  /** Who answers. */
  @FunctionalInterface
  interface Questions {
    /**
     * @return a line without its end; null where nobody can be asked
     * @throws InterruptedException if the thread is interrupted while it waits for an answer
     */
    String ask() throws InterruptedException;
  }

  @Override
  public synchronized int read() throws IOException {
    if (at == line.length) {
      line = (answer() + "\n").getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return line[at++] & 0xff;
  }

  @Override
  public synchronized int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    bytes[from] = (byte) read();
    int more = Math.min(length - 1, available());
    System.arraycopy(line, at, bytes, from + 1, more);
    at += more;
    return 1 + more;
  }

  @Override
  public synchronized int available() {
    return line.length - at;
  }

  private String answer() throws InterruptedIOException {
    String answer;
    try {
      answer = questions.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the cell was stopped while it waited for input");
    }
    if (answer == null) {
      throw refused();
    }
    return answer;
  }

  /** Of the frames of a scanner or reader, which are many and say nothing, none is kept. */
  private static RuntimeException refused() {
    RuntimeException refused =
        new UnsupportedOperationException(
            "a cell cannot read standard input here, since nobody can be asked:"
                + " write the value into the cell");
    refused.setStackTrace(
        Arrays.stream(refused.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(CELLS))
            .toArray(StackTraceElement[]::new));
    return refused;
  }
}
