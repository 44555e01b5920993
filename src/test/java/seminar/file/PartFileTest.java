package seminar.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that grow beside their place. */
class PartFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsTheOldOneUntilItIsFinished() throws Exception {
    Path file = folder.resolve("deep/file");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "old");
    try (PartFile part = PartFile.of(file)) {
      part.put(bytes("12345"));
      part.put(bytes("678"));
      part.putAt(2, bytes("ab"));
      part.put(bytes("9"));
      assertEquals(9, part.size());
      assertEquals("old", Files.readString(file));
      part.finish();
    }
    assertEquals("12ab56789", Files.readString(file));
    assertEquals(List.of("file"), names(file.getParent()));
  }

  @Test
  void oneThatIsNotFinishedLeavesNothing() throws Exception {
    Path file = folder.resolve("file");
    try (PartFile part = PartFile.of(file)) {
      part.put(bytes("12345"));
    }
    assertEquals(List.of(), names(folder));
    Files.writeString(folder.resolve(".file.999999999-1.part"), "of a process that was killed");
    Files.writeString(folder.resolve("other"), "stays");
    PartFile.of(file).close();
    assertEquals(List.of("other"), names(folder));
    assertThrows(IOException.class, () -> PartFile.of(folder.resolve("other/file")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes());
  }
}
