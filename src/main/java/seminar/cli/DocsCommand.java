package seminar.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.file.AtomicFiles;
import seminar.terminal.Console;

/** Writes the pages of the public types by the JDK's own javadoc; a warning is an error. */
@Command(
    name = "docs",
    description = "Writes the library's documentation (Javadoc) as pages that need no network.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} docs")
final class DocsCommand extends SeminarCommand {
  /** Checks what is written, but asks for no tag that would only say the same again. */
  private static final String CHECKS = "-Xdoclint:all,-missing";

  /** Using the vector module is itself a warning, which nothing turns off. */
  private static final String UNAVOIDABLE = "[incubating]";

  /** Where the compiler writes what it makes of annotations: the withers of options. */
  private static final String GENERATED = "target/generated-sources/annotations";

  @Mixin private CommonOptions common;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the pages go, in place of what is there; default: target/docs.")
  private Path out;

  @Override
  void run() throws IOException {
    Path home = home().toAbsolutePath();
    Path folder = out == null ? home.resolve("target/docs") : out;
    if (Files.exists(folder) && !Files.exists(folder.resolve("element-list"))) {
      throw new IOException(
          "%s holds something else than such pages: name another folder with --out"
              .formatted(folder));
    }
    try (Console console = Console.of(common.quiet)) {
      console.step("documentation", 1);
      AtomicFiles.writeFolder(
          folder,
          into ->
              write(
                  home.resolve("src/main/java") + File.pathSeparator + home.resolve(GENERATED),
                  into));
    }
    print("Documentation: " + folder.resolve("index.html"));
  }

  private static void write(String sources, Path into) {
    ToolProvider javadoc =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IllegalStateException("this Java has no javadoc: use a JDK"));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int exit = javadoc.run(writer, writer, arguments(sources, into));
    List<String> lines = said.toString().lines().toList();
    List<String> complaints =
        lines.stream()
            .filter(line -> line.contains("warning: ") || line.contains("error: "))
            .filter(line -> !line.contains(UNAVOIDABLE))
            .toList();
    if (exit != 0 || !complaints.isEmpty()) {
      throw new IllegalStateException(
          "javadoc complains %d times:%n%s"
              .formatted(
                  complaints.size(), String.join("\n", complaints.isEmpty() ? lines : complaints)));
    }
  }

  private static String[] arguments(String sources, Path into) {
    return new String[] {
      "-quiet",
      "-notimestamp",
      "-encoding",
      "UTF-8",
      CHECKS,
      "-Xmaxwarns",
      "1000",
      "--add-modules",
      "jdk.incubator.vector",
      "-windowtitle",
      "Seminar",
      "--class-path",
      System.getProperty("java.class.path"),
      "--source-path",
      sources,
      "-subpackages",
      "seminar",
      "-d",
      into.toString()
    };
  }
}
