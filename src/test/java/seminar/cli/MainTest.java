package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  static Iterable<String> commands() {
    return Main.commandLine().getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertEquals(0, run(command, "--help"));
    assertTrue(out.toString().contains("./seminar " + command), out::toString);
    assertTrue(out.toString().contains("Example"), out::toString);
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "reproduc, there is no command 'reproduc' (did you mean reproduce?); see ./seminar --help",
    "xyzzy, there is no command 'xyzzy'; see ./seminar --help",
    "--xyzzy, unknown option: '--xyzzy'; see ./seminar --help",
    "lab --xyzzy, unknown option: '--xyzzy'; see ./seminar lab --help",
    "lab --heap lots, --heap is 'lots': write a size such as 4g; see ./seminar lab --help",
    "lab --plain, --plain goes with --install-only or --remove; see ./seminar lab --help",
    "lab no.ipynb, there is no notebook no.ipynb in notebooks/; see ./seminar lab --help",
    "'', a command is missing; see ./seminar --help"
  })
  void wrongArgumentsAreOneSentenceAndExitCode2(String line, String sentence) {
    assertEquals(2, run(line.isEmpty() ? new String[0] : line.split(" ")));
    assertEquals("seminar: " + sentence, err.toString().strip());
    assertEquals("", out.toString());
  }

  @Test
  void everyCommandThatTheDocumentsShowIsThere() throws Exception {
    Pattern shown = Pattern.compile("\\./seminar ([a-z]+)");
    for (String name :
        List.of("README.md", "CONTRIBUTING.md", "data/README.md", "docs/SCRIPTING.md")) {
      Matcher found = shown.matcher(Files.readString(Path.of(name)));
      while (found.find()) {
        assertTrue(
            Main.commandLine().getSubcommands().containsKey(found.group(1)),
            name + ": " + found.group());
      }
    }
  }

  @Test
  void aFailureIsOneSentenceUnlessItsPlaceIsAskedFor() {
    assertEquals(CommandLine.ExitCode.SOFTWARE, run("test"));
    assertEquals(1, err.toString().lines().count());
    assertEquals(CommandLine.ExitCode.SOFTWARE, run("test", "--stacktrace"));
    assertTrue(err.toString().contains("at seminar.cli.LauncherCommand"), err::toString);
  }
}
