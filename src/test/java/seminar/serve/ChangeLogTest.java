package seminar.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.model.GivenItem;

class ChangeLogTest {
  private static final String OF = "model 1, corpus 2";

  @TempDir private Path folder;

  /** What a log tells, as text. */
  private static final class Told implements ChangeLog.Reader {
    private final List<String> all = new ArrayList<>();

    @Override
    public void event(int user, Event event) {
      all.add(user + " " + event);
    }

    @Override
    public void user(String id) {
      all.add(id);
    }

    @Override
    public void item(String id, String title, GivenItem item) {
      all.add(
          id
              + title
              + item.text().map(Arrays::toString)
              + item.image().map(Arrays::toString)
              + Arrays.toString(item.attributes()));
    }
  }

  private Path file() {
    return folder.resolve("changes.log");
  }

  private List<String> told() throws IOException {
    Told told = new Told();
    ChangeLog.open(file(), OF, told).close();
    return told.all;
  }

  private static void write(ChangeLog log) throws IOException {
    log.event(3, new Event(7, 2, -5L));
    log.user("ünï");
    log.item(
        "kettle",
        "a red kettle",
        new GivenItem(Optional.of(new float[] {1, -2.5f}), Optional.empty(), new int[] {4, 1, 4}));
    log.event(0, new Event(1, 0, Long.MAX_VALUE));
  }

  private static final List<String> WRITTEN =
      List.of(
          "3 Event[item=7, query=2, time=-5]",
          "ünï",
          "kettlea red kettleOptional[[1.0, -2.5]]Optional.empty[4, 1, 4]",
          "0 Event[item=1, query=0, time=" + Long.MAX_VALUE + "]");

  @Test
  void whatWasWrittenIsTold() throws IOException {
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      write(log);
      log.force();
    }
    assertEquals(WRITTEN, told());
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      assertEquals(0, log.cut());
      log.user("late");
    }
    assertEquals("late", told().getLast());
  }

  /** A process may end anywhere in a record: the whole ones before it are there. */
  @Test
  void aLogCutAnywhereOpensAtItsLastWholeRecord() throws IOException {
    List<Long> ends = new ArrayList<>();
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      ends.add(Files.size(file()));
      log.event(3, new Event(7, 2, -5L));
      ends.add(Files.size(file()));
      log.user("ünï");
      ends.add(Files.size(file()));
    }
    byte[] whole = Files.readAllBytes(file());
    for (int size = 0; size <= whole.length; size++) {
      Files.write(file(), Arrays.copyOf(whole, size));
      Told told = new Told();
      try (ChangeLog log = ChangeLog.open(file(), OF, told)) {
        int length = size;
        int records = (int) ends.stream().filter(end -> end <= length).count() - 1;
        assertEquals(Math.max(0, records), told.all.size(), size + " bytes");
        if (records >= 0) {
          assertEquals(size - ends.get(records), log.cut());
        }
        log.user("next");
      }
      assertEquals("next", told().getLast());
    }
  }

  @Test
  void aDamagedRecordWithOthersBehindItIsAnErrorAndNothingIsCut() throws IOException {
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      write(log);
    }
    byte[] whole = Files.readAllBytes(file());
    for (int at : new int[] {0, 9, 20, 60, 70, 90}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 64;
      Files.write(file(), flipped);
      assertThrows(IOException.class, this::told, "byte " + at);
      assertArrayEquals(flipped, Files.readAllBytes(file()), "byte " + at);
    }
  }

  @Test
  void anotherIndexAndAnotherProcessAreRefused() throws IOException {
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      IOException open = assertThrows(IOException.class, this::told);
      assertTrue(open.getMessage().contains("open elsewhere"), open.getMessage());
      write(log);
    }
    IOException other =
        assertThrows(
            IOException.class, () -> ChangeLog.open(file(), "model 2, corpus 2", new Told()));
    assertTrue(other.getMessage().contains("no log of changes to this index"), other.getMessage());
  }

  @Test
  void whatIsNoLogIsRefusedAndStays() throws IOException {
    for (String text : new String[] {"x", "my own notes", "SMNRLOG1 and what is none"}) {
      Files.writeString(file(), text);
      assertThrows(IOException.class, this::told, text);
      assertEquals(text, Files.readString(file()));
    }
  }

  /** Services interrupt threads; the log of all others must not close with them. */
  @Test
  void anInterruptedThreadDoesNotCloseTheLog() throws IOException {
    try (ChangeLog log = ChangeLog.open(file(), OF, new Told())) {
      Thread.currentThread().interrupt();
      log.user("one");
      assertTrue(Thread.interrupted());
      log.user("two");
    }
    assertEquals(List.of("one", "two"), told());
  }

  /** A process of its own that writes events 1, 2, 3 … and says after each that it is kept. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      try (ChangeLog log = ChangeLog.open(Path.of(args[0]), OF, new Told())) {
        for (int i = 1; ; i++) {
          log.event(0, new Event(i, 0, i));
          System.out.println(i);
        }
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static Process start(Path file, String before) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "%s exec '%s' -cp '%s' '%s' '%s'"
            .formatted(
                before, java, System.getProperty("java.class.path"), Writer.class.getName(), file);
    return new ProcessBuilder("sh", "-c", command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void assumeShell() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
  }

  @Test
  void aProcessThatIsKilledLosesNothingThatItSaidWasKept() throws Exception {
    assumeShell();
    for (int kill = 1; kill <= 3; kill++) {
      Files.deleteIfExists(file());
      Process process = start(file(), "");
      try (BufferedReader said = process.inputReader()) {
        for (int lines = 0; lines < 700 * kill; lines++) {
          said.readLine();
        }
        process.destroyForcibly().waitFor();
      }
      List<String> told = told();
      assertTrue(told.size() >= 700 * kill, "there are " + told.size());
      for (int i = 0; i < told.size(); i++) {
        assertTrue(told.get(i).contains("item=%d,".formatted(i + 1)), told.get(i));
      }
    }
  }

  /** A file that may not grow is to a program what a full disk is. */
  @Test
  void whatDoesNotFitOnTheDiskIsTakenBack() throws Exception {
    assumeShell();
    Process process = start(file(), "ulimit -f 8;");
    List<String> said = process.inputReader().lines().toList();
    process.waitFor();
    String last = said.getLast();
    Assumptions.assumeFalse(last.matches("\\d+"), "the limit does not hold here");
    assertTrue(last.contains("nothing of this change was kept"), last);
    assertEquals(said.size() - 1, told().size());
    assertFalse(told().isEmpty());
  }
}
