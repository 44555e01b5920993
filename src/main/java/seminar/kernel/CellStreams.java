package seminar.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/**
 * Standard output and error of cells, sent in batches: one message each {@value #PERIOD_MILLIS} ms
 * and not one for each {@code println}.
 *
 * <p>What several threads print keeps its order, across both streams. Threads that outlive their
 * cell print below the cell that ran last. {@link #flush()} sends at once; it must precede anything
 * that is shown, or the order would be wrong. What a cell reads is asked of the front end, with the
 * line that the cell began to print as the question.
 */
final class CellStreams extends JupyterIO {
  private static final int PERIOD_MILLIS = 100;
  private static final int MAX_PENDING = 1 << 20;
  private static final int MAX_QUESTION = 1 << 10;

  private final Object sending = new Object();
  private UnaryOperator<String> tidy = UnaryOperator.identity();
  private List<Batch> pending = new ArrayList<>();
  private int pendingChars;
  private final StringBuilder openLine = new StringBuilder();
  private final QueueConnection connection;
  private volatile ShellReplyEnvironment cell;
  private volatile boolean takesQuestions;

  /** Consecutive text of one stream. */
  private record Batch(boolean error, StringBuilder text) {}

  CellStreams(QueueConnection connection) {
    super(StandardCharsets.UTF_8);
    this.connection = connection;
  }

  /**
   * Takes the place of the process's own streams.
   *
   * @param tidy applied to each piece of text that is printed, mostly a line
   * @param before run before what was printed is sent, each {@value #PERIOD_MILLIS} ms
   */
  void install(UnaryOperator<String> tidy, Runnable before) {
    this.tidy = tidy;
    System.setOut(new PrintStream(new Writer(false), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Writer(true), false, StandardCharsets.UTF_8));
    System.setIn(new CellInput(this::ask));
    // What the class IO reads with; the process may have been started in a poorer language.
    System.setProperty("stdin.encoding", StandardCharsets.UTF_8.name());
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("output").unstarted(task));
    Runnable send =
        () -> {
          before.run();
          flush();
        };
    clock.scheduleWithFixedDelay(send, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * From now on output and displays belong to this cell.
   *
   * @param takesQuestions whether its front end answers what the cell reads
   */
  void attach(ShellReplyEnvironment environment, boolean takesQuestions) {
    flush();
    cell = environment;
    this.takesQuestions = takesQuestions;
    setEnv(environment);
  }

  /** The cell has ended; displays have no place until the next one begins. */
  void detach(ShellReplyEnvironment environment) {
    flush();
    takesQuestions = false;
    retractEnv(environment);
  }

  /** Says a line below what the cell printed, as an error, wherever the cell has sent its own. */
  void note(String line) {
    add(true, line + "\n");
  }

  /** Sends what was printed so far. */
  void flush() {
    synchronized (sending) {
      ShellReplyEnvironment to = cell;
      if (to != null) {
        for (Batch batch : take()) {
          if (batch.error) {
            to.writeToStdErr(batch.text.toString());
          } else {
            to.writeToStdOut(batch.text.toString());
          }
        }
      }
    }
  }

  private String ask() throws InterruptedException {
    ShellReplyEnvironment of = cell;
    if (of == null || !takesQuestions) {
      return null;
    }
    String question = takeOpenLine();
    flush();
    return connection.ask(of.getContext(), question);
  }

  /** The line that was begun, which is not sent as output any more, since it is a question. */
  private synchronized String takeOpenLine() {
    String question = openLine.toString();
    openLine.setLength(0);
    if (!pending.isEmpty() && !pending.getLast().error) {
      StringBuilder last = pending.getLast().text;
      int unsent = Math.min(question.length(), last.length());
      last.setLength(last.length() - unsent);
      pendingChars -= unsent;
      if (last.isEmpty()) {
        pending.removeLast();
      }
    }
    return question;
  }

  private synchronized List<Batch> take() {
    List<Batch> taken = pending;
    pending = new ArrayList<>();
    pendingChars = 0;
    return taken;
  }

  /** Returns whether so much is pending that the printing thread should send it. */
  private synchronized boolean add(boolean error, String text) {
    if (pending.isEmpty() || pending.getLast().error != error) {
      pending.add(new Batch(error, new StringBuilder()));
    }
    pending.getLast().text.append(text);
    pendingChars += text.length();
    if (!error) {
      int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
      openLine.setLength(end < 0 ? openLine.length() : 0);
      openLine.append(text, Math.max(end + 1, text.length() - MAX_QUESTION), text.length());
      openLine.delete(0, Math.max(0, openLine.length() - MAX_QUESTION)); // dots without an end
    }
    return pendingChars > MAX_PENDING;
  }

  /** Receives whole characters, as PrintStream encodes them. */
  private final class Writer extends OutputStream {
    private final boolean error;

    Writer(boolean error) {
      this.error = error;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (add(error, tidy.apply(new String(bytes, from, length, StandardCharsets.UTF_8)))) {
        CellStreams.this.flush();
      }
    }
  }
}
