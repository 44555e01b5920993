package seminar.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Where a result came from: what one needs to make it again.
 *
 * @param version version of Seminar
 * @param commit commit of the sources, with {@code +changes} where they were edited since; {@code
 *     unknown} outside a checkout
 * @param java version of Java, or {@code unknown}
 * @param platform operating system and architecture, or {@code unknown}
 * @param threads threads that worked, 0 where that is not known; results do not depend on them
 * @param backend name of what computed
 * @param device where it computed and by what
 */
public record Provenance(
    String version,
    String commit,
    String java,
    String platform,
    int threads,
    String backend,
    String device) {
  /** What stands where something is not known. */
  public static final String UNKNOWN = "unknown";

  /** What computed, called by its {@code toString}. */
  public interface Computer {
    /** Where it computed and by what, in words. */
    String device();
  }

  /** Records of before say nothing of a backend: it was the CPU's. */
  public Provenance {
    backend = backend == null ? "cpu" : backend;
    device = device == null ? "CPU, by OpenBLAS and the Vector API" : device;
  }

  private Provenance(String version, String commit, String java, String platform, int threads) {
    this(version, commit, java, platform, threads, null, null);
  }

  /** The provenance of what a file says the version of and nothing else. */
  public static Provenance of(String version) {
    return new Provenance(version, UNKNOWN, UNKNOWN, UNKNOWN, 0);
  }

  /** The provenance of results made by this program, here and now. */
  public static Provenance here(int threads) {
    return new Provenance(
        programVersion(),
        commitOf(Path.of(System.getProperty("seminar.home", ""))),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        threads);
  }

  /** The same with another number of threads. */
  public Provenance withThreads(int value) {
    return new Provenance(version, commit, java, platform, value, backend, device);
  }

  /** The same of what another backend computed. */
  public Provenance on(Computer value) {
    return new Provenance(
        version, commit, java, platform, threads, value.toString(), value.device());
  }

  /** The version of this program. */
  public static String programVersion() {
    Properties build = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/seminar/build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    return build.getProperty("version", UNKNOWN);
  }

  private static String commitOf(Path home) {
    if (!Files.exists(home.toAbsolutePath().resolve(".git"))) {
      return UNKNOWN;
    }
    String head = git(home, "rev-parse", "--short=12", "HEAD");
    String changes = git(home, "status", "--porcelain", "--", "src", "pom.xml");
    return changes.isEmpty() ? head : head + "+changes";
  }

  /** What git answers in one line; "unknown" where there is no git or it does not answer. */
  private static String git(Path home, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(home.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        String answer = new String(out.readAllBytes()).strip();
        boolean answered = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        return answered ? answer : UNKNOWN;
      }
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
