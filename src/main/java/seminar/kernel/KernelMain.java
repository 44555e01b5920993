package seminar.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** The program that Jupyter starts, with the path of a connection file as its only argument. */
public final class KernelMain {
  private KernelMain() {}

  /**
   * Serves one notebook until it is told to shut down.
   *
   * @throws Exception if the connection file cannot be read or a port not be bound
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("expects one argument, the path of a connection file");
    }
    String connection = Files.readString(Path.of(arguments[0]));
    QueueConnection jupyter = new QueueConnection(KernelConnectionProperties.parse(connection));
    JavaKernel kernel = new JavaKernel("seminar-java", "1.0", jupyter);
    kernel.onStartup();
    jupyter.connect();
    jupyter.waitUntilClose();
    // Threads that cells left behind must not keep the process.
    System.exit(0);
  }
}
