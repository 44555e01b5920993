package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCommentsTest {
  private static final String SOURCE =
      """
      package p;
      /** The outer class. */
      public class Outer {
        /** A number. */
        public static final int NUMBER = 1;
        /** Makes one. */
        public Outer(int size) {}
        /** Without arguments. */
        void go() {}
        /** With a list. */
        void go(java.util.List<String> names, float... rest) {}
        /** The inner class. */
        record Inner(int x) {}
      }
      """;

  @TempDir Path folder;

  private static Optional<String> comment(SourceComments sources, String signature) {
    return sources.comment(JavaName.ofSignature(signature), List.of()).map(String::strip);
  }

  @Test
  void aFolderOfSourcesHasCommentsOfClassesAndMembers() throws IOException {
    Files.createDirectories(folder.resolve("p"));
    Files.writeString(folder.resolve("p/Outer.java"), SOURCE);
    checkAll(new SourceComments(List.of(folder)));
  }

  @Test
  void anArchiveOfSourcesDoesTheSame() throws IOException {
    Path archive = folder.resolve("lib-sources.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("p/Outer.java"));
      zip.write(SOURCE.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    checkAll(new SourceComments(List.of(archive)));
  }

  private static void checkAll(SourceComments sources) {
    assertEquals(Optional.of("The outer class."), comment(sources, "p.Outer"));
    assertEquals(Optional.of("The inner class."), comment(sources, "p.Outer.Inner(int x)"));
    assertEquals(Optional.of("A number."), comment(sources, "Outer.NUMBER:int"));
    assertEquals(Optional.of("Without arguments."), comment(sources, "void Outer.go()"));
    assertEquals(
        Optional.of("With a list."),
        comment(sources, "void Outer.go(List<String> names, float... rest)"));
    assertEquals(Optional.empty(), comment(sources, "void Outer.go(int x)"));
    assertEquals(Optional.empty(), comment(sources, "Absent"));
  }

  @Test
  void theDeclarationsOfCellsComeFirst() {
    SourceComments none = new SourceComments(List.of());
    String cell = "/** Twice. */ int twice(int x) { return 2 * x; }";
    assertEquals(
        Optional.of("Twice."),
        none.comment(JavaName.ofSignature("int twice(int x)"), List.of("int n;", cell))
            .map(String::strip));
  }

  @Test
  void anArchiveThatIsNoneIsAsGoodAsAbsent() throws IOException {
    Path broken = Files.writeString(folder.resolve("x-sources.jar"), "no archive");
    assertEquals(Optional.empty(), comment(new SourceComments(List.of(broken)), "p.Outer"));
  }
}
