package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.kernel.MavenLibraries.Library;

/** Libraries from a repository of this test, which the settings put in place of all others. */
class MavenLibrariesTest {
  @TempDir private Path folder;
  private MavenRepositories repositories;
  private MavenLibraries libraries;

  @BeforeEach
  void aRepositoryAndSettings() throws IOException {
    publish("leaf", "2.0", "");
    publish(
        "tool",
        "1.0",
        "<dependencies><dependency><groupId>here</groupId><artifactId>leaf</artifactId>"
            + "<version>2.0</version></dependency></dependencies>");
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors><mirror><id>ours</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
        </settings>
        """
            .formatted(folder.resolve("local"), folder.resolve("remote").toUri()));
    repositories = new MavenRepositories(folder.resolve("home"));
    libraries = new MavenLibraries(repositories);
  }

  private void publish(String artifact, String version, String dependencies) throws IOException {
    Path place = folder.resolve("remote/here").resolve(artifact).resolve(version);
    Files.createDirectories(place);
    Files.writeString(
        place.resolve(artifact + "-" + version + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>here</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>"
            .formatted(artifact, version, dependencies));
    Files.writeString(place.resolve(artifact + "-" + version + ".jar"), artifact);
  }

  private static List<String> names(List<Library> found) {
    return found.stream().map(one -> one.name() + " " + one.version()).toList();
  }

  @Test
  void aLibraryComesWithWhatItNeedsThroughTheMirrorOfTheSettings() throws IOException {
    List<Library> found = libraries.named(List.of("here:tool:1.0"));
    assertEquals(List.of("here:tool 1.0", "here:leaf 2.0"), names(found));
    assertTrue(found.getFirst().file().startsWith(folder.resolve("local")));
    assertEquals("tool", Files.readString(found.getFirst().file()));
  }

  @Test
  void whatIsInTheLocalRepositoryNeedsNoOther() throws IOException {
    libraries.named(List.of("here:tool:1.0"));
    Files.move(folder.resolve("remote"), folder.resolve("gone"));
    assertEquals(2, libraries.named(List.of("here:tool:1.0")).size());
  }

  @Test
  void aFileAloneIsFetchedOnceAndSaysSo() throws IOException {
    List<Long> heard = new ArrayList<>();
    Path file = repositories.file("here:tool:1.0", heard::add);
    assertTrue(file.startsWith(folder.resolve("local")));
    assertEquals("tool", Files.readString(file));
    assertEquals(0, heard.getFirst());
    assertEquals(4, heard.getLast());
    assertFalse(Files.exists(folder.resolve("local/here/leaf")), "nor what it needs");
    heard.clear();
    Files.move(folder.resolve("remote"), folder.resolve("gone"));
    assertEquals(file, repositories.file("here:tool:1.0", heard::add));
    assertEquals(List.of(), heard);
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class, () -> repositories.file("here:leaf:2.0", heard::add));
    assertTrue(
        missing.getMessage().startsWith("here:leaf:2.0 cannot be had: "), missing.getMessage());
    assertTrue(missing.getMessage().contains("without a network"), missing.getMessage());
    assertThrows(IllegalArgumentException.class, () -> repositories.file("leaf", heard::add));
  }

  @Test
  void aProjectGivesItsLibraries() throws IOException {
    Path pom = folder.resolve("pom.xml");
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion>
          <groupId>p</groupId><artifactId>p</artifactId><version>1</version>
          <properties><tool>1.0</tool></properties>
          <dependencies><dependency><groupId>here</groupId><artifactId>tool</artifactId>
            <version>${tool}</version></dependency></dependencies>
        </project>
        """);
    assertEquals(List.of("here:tool 1.0", "here:leaf 2.0"), names(libraries.ofPom(pom)));
  }

  @Test
  void whatIsNotFoundSaysWhatAndWhereAndWhatToDo() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> libraries.named(List.of("here:none:1.0")))
            .getMessage();
    assertTrue(
        message.startsWith("here:none:1.0 cannot be had: not found: here:none:jar:1.0."), message);
    assertTrue(message.contains("and ours (file:"), message);
    assertTrue(message.contains(folder.resolve("home/settings.xml").toString()), message);
    assertThrows(IllegalArgumentException.class, () -> libraries.named(List.of("tool")));
  }

  @Test
  void aLibraryStaysInTheVersionThatCameFirst() {
    List<String> notes = new ArrayList<>();
    try (JShell shell = Shells.running(new CellControl())) {
      ClassPath classPath = new ClassPath(shell, notes::add);
      classPath.add(List.of(new Library("here:tool", "1.0", folder.resolve("a.jar"))));
      classPath.add(List.of(new Library("here:tool", "1.0", folder.resolve("a.jar"))));
      assertEquals(List.of(), notes);
      classPath.add(List.of(new Library("here:tool", "1.1", folder.resolve("b.jar"))));
      assertEquals(List.of("tool 1.1 is not added: version 1.0 is in use since before."), notes);
      assertEquals(1, classPath.added().size());
    }
  }
}
