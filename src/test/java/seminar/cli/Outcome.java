package seminar.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** What a command answered. */
record Outcome(int exit, String out, String err) {
  /** Runs {@code ./seminar} with these words in this process. */
  static Outcome of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new Outcome(line.execute(words), out.toString(), err.toString());
  }
}
