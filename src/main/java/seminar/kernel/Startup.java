package seminar.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a kernel runs before its first cell: the usual imports, then what the environment says.
 *
 * <p>{@value #PATHS} names files of Java, jshell or notebooks, separated like a class path; {@value
 * #CODE} is code itself; {@value #CLASS_PATH} names jars and folders of classes.
 */
final class Startup {
  static final String PATHS = "SEMINAR_STARTUP_SCRIPTS_PATH";
  static final String CODE = "SEMINAR_STARTUP_SCRIPT";
  private static final String CLASS_PATH = "SEMINAR_CLASSPATH";

  /** What a cell sees without asking: JShell's own imports, and the notebook's functions. */
  static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;
      """;

  private Startup() {}

  /**
   * A script with the name under which it is spoken of.
   *
   * @param code what to run
   */
  record Script(String name, String code) {}

  /**
   * What an environment puts on the class path of cells.
   *
   * @throws IOException if a folder cannot be read
   * @throws IllegalArgumentException if there is no such file
   */
  static List<Path> classPath(Map<String, String> environment) throws IOException {
    return MagicFiles.entries(paths(environment, CLASS_PATH));
  }

  private static List<String> paths(Map<String, String> environment, String name) {
    return Arrays.stream(environment.getOrDefault(name, "").split(File.pathSeparator))
        .filter(path -> !path.isBlank())
        .toList();
  }

  /**
   * The scripts that an environment asks for, in their order.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if there is no such file
   */
  static List<Script> scripts(Map<String, String> environment) throws IOException {
    List<Script> scripts = new ArrayList<>();
    for (String path : paths(environment, PATHS)) {
      Path file = MagicFiles.existing(path.strip());
      for (String code : MagicFiles.cells(file)) {
        scripts.add(new Script(file.getFileName().toString(), code));
      }
    }
    String code = environment.getOrDefault(CODE, "");
    if (!code.isBlank()) {
      scripts.add(new Script(CODE, code));
    }
    return scripts;
  }
}
