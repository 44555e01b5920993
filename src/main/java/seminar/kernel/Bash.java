package seminar.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Runs a text in bash. */
final class Bash {
  private Bash() {}

  /**
   * @param out told each line that is printed, both streams
   * @throws IllegalStateException if there is no bash, or it ends with another code than 0
   * @throws InterruptedException if it was stopped; what it started is stopped too
   */
  static void run(String script, Consumer<String> out) throws IOException, InterruptedException {
    Process process = start();
    try {
      Thread reader =
          Thread.ofPlatform()
              .daemon()
              .name("bash")
              .start(
                  () -> {
                    try (BufferedReader lines = process.inputReader()) {
                      lines.lines().forEach(out);
                    } catch (IOException | RuntimeException e) {
                      // It was stopped.
                    }
                  });
      try (Writer in = process.outputWriter()) {
        in.write(script);
      }
      int code = process.waitFor();
      reader.join();
      if (code != 0) {
        throw new IllegalStateException("bash ended with " + code);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static Process start() {
    try {
      return new ProcessBuilder("bash", "-s").redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException("there is no bash on this machine", e);
    }
  }
}
