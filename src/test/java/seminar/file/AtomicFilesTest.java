package seminar.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void onlyWhatDeadProcessesLeftBesideTheFileIsSweptAway() throws IOException {
    long self = ProcessHandle.current().pid();
    long alive = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    List<String> stay =
        List.of(
            ".a.%d-1.part".formatted(alive),
            ".a.part",
            ".a.99999999999999999999-1.part",
            ".ab.999999999-1.part",
            "a",
            "a.999999999-1.part");
    List<String> go =
        List.of(".a.999999999-1.part", ".a.%d-%d.part".formatted(self, Long.MAX_VALUE / 10));
    for (String name : stay) {
      Files.writeString(folder.resolve(name), name);
    }
    for (String name : go) {
      Files.writeString(folder.resolve(name), name);
    }
    AtomicFiles.sweep(folder.resolve("a"));
    assertEquals(stay.stream().sorted().toList(), names(folder));
    AtomicFiles.sweep(folder.resolve("missing").resolve("a"));
  }

  @Test
  void aWriterThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    IOException torn =
        assertThrows(
            IOException.class,
            () ->
                AtomicFiles.write(
                    file,
                    temporary -> {
                      Files.writeString(temporary, "half of the n");
                      throw new IOException("the disk is full");
                    }));
    assertEquals("the disk is full", torn.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a"), names(folder));
  }

  @Test
  void aFolderIsTheOldOneUntilTheNewOneIsWhole() throws IOException {
    Path target = Files.createDirectory(folder.resolve("t"));
    Files.writeString(target.resolve("a"), "old");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFiles.writeFolder(
                target,
                temporary -> {
                  Files.createDirectory(temporary.resolve("inside"));
                  Files.writeString(temporary.resolve("inside/b"), "new");
                  throw new IllegalStateException();
                }));
    assertEquals(List.of("t"), names(folder));
    assertEquals("old", Files.readString(target.resolve("a")));
    AtomicFiles.writeFolder(target, temporary -> Files.writeString(temporary.resolve("b"), "new"));
    assertEquals(List.of("t"), names(folder));
    assertEquals(List.of("b"), names(target));
  }

  @Test
  void aFolderWithSomethingElseIsNotReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("t"));
    Files.writeString(target.resolve("mine"), "precious");
    IOException refused =
        assertThrows(
            IOException.class, () -> AtomicFiles.writeFolder(target, Set.of("a"), temporary -> {}));
    assertEquals(
        target + " holds mine, which would be lost: choose another folder or empty it",
        refused.getMessage());
    assertEquals("precious", Files.readString(target.resolve("mine")));
  }

  @Test
  void aTemporaryFolderIsGoneWithAllThatItHolds() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "stays");
    Path path;
    try (TemporaryFolder temporary = TemporaryFolder.in(folder, "work")) {
      path = temporary.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "x");
      Files.createSymbolicLink(path.resolve("link"), folder);
    }
    assertEquals(List.of("outside"), names(folder));
    assertEquals("stays", Files.readString(outside));
    TemporaryFolder.delete(path);
  }

  @Test
  void aLineThatWasCutOffDoesNotSwallowTheNext() throws IOException {
    Path file = folder.resolve("new/log");
    try (AppendedLines lines = AppendedLines.open(file)) {
      lines.write("one\nhalf");
      assertEquals("one\nhalf", Files.readString(file));
    }
    try (AppendedLines lines = AppendedLines.open(file)) {
      lines.write("two\n");
    }
    try (AppendedLines lines = AppendedLines.open(file)) {
      lines.write("three\n");
    }
    assertEquals("one\nhalf\ntwo\nthree\n", Files.readString(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
