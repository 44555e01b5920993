package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    try (var files = Files.list(folder)) {
      assertEquals(
          stay.stream().sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    AtomicFiles.sweep(folder.resolve("missing").resolve("a"));
  }
}
