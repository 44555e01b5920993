package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLibraryTest {
  @TempDir Path temporary;

  private Path file(String name, String text) throws Exception {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> names(KernelLibrary library) throws Exception {
    try (Stream<Path> files = Files.list(library.folder())) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesStayWhenTheirOriginalsAreGone() throws Exception {
    Path one = file("repository/a/one.jar", "1");
    Path link = Files.createSymbolicLink(temporary.resolve("two.jar"), file("real.jar", "2"));
    KernelLibrary library = KernelLibrary.of(temporary.resolve("data"), "java-x");
    List<Path> added = library.add(List.of(one, link));
    library.prune();
    Files.delete(one);
    Files.delete(temporary.resolve("real.jar"));
    Path folder = temporary.resolve("data/kernels/java-x/lib");
    assertEquals(List.of(folder.resolve("one.jar"), folder.resolve("two.jar")), added);
    assertEquals("1", Files.readString(added.get(0)));
    assertEquals("2", Files.readString(added.get(1)));
  }

  @Test
  void filesOfOneNameAreKeptApart() throws Exception {
    KernelLibrary library = KernelLibrary.of(temporary.resolve("data"), "java-x");
    List<Path> added = library.add(List.of(file("a/one.jar", "a"), file("b/one.jar", "b")));
    assertEquals("a", Files.readString(added.get(0)));
    assertEquals("b", Files.readString(added.get(1)));
  }

  @Test
  void anotherInstallationReplacesWhatIsNewAndRemovesWhatIsNotThere() throws Exception {
    Path old = file("old.jar", "old");
    Path same = file("same.jar", "same");
    Path changed = file("changed.jar", "before");
    Path data = temporary.resolve("data");
    KernelLibrary.of(data, "java-x").add(List.of(old, same, changed));
    Files.delete(changed);
    file("changed.jar", "after");
    KernelLibrary library = KernelLibrary.of(data, "java-x");
    List<Path> added = library.add(List.of(same, changed));
    library.prune();
    assertEquals("after", Files.readString(added.get(1)));
    assertEquals(List.of("changed.jar", "same.jar"), names(library));
  }

  @Test
  void aFolderIsPackedWithItsFolders() throws Exception {
    file("classes/p/A.class", "A");
    file("classes/top.txt", "top");
    KernelLibrary library = KernelLibrary.of(temporary.resolve("data"), "java-x");
    Path jar = library.pack(temporary.resolve("classes"), "classes.jar");
    try (JarFile packed = new JarFile(jar.toFile())) {
      assertEquals(
          List.of("p/A.class", "top.txt"), packed.stream().map(entry -> entry.getName()).toList());
    }
  }

  @Test
  void aKernelIsRemovedWithItsFilesAndThoseOfOthersStay() throws Exception {
    Path data = temporary.resolve("data");
    KernelLibrary.of(data, "java-x").add(List.of(file("one.jar", "1")));
    Path folder =
        new KernelSpec(
                "java-x",
                "Java",
                Path.of("java"),
                List.of(),
                List.of(Path.of("a")),
                java.util.Map.of())
            .install(data);
    Path foreign = file("data/kernels/java-y/kernel.json", "{\"argv\": [\"python\"]}");
    assertTrue(KernelSpec.remove(data, "java-x"));
    assertFalse(Files.exists(folder));
    assertFalse(KernelSpec.remove(data, "java-x"));
    assertFalse(KernelSpec.remove(data, "java-y"));
    assertTrue(Files.exists(foreign));
    assertTrue(Files.exists(temporary.resolve("one.jar")));
  }
}
