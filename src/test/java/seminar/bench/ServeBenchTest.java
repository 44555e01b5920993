package seminar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.serve.Request;

class ServeBenchTest {
  @TempDir private Path folder;

  @Test
  void everyCombinationIsMeasuredAndNothingStaysOnTheDisk() throws IOException {
    ServeShape shape =
        new ServeShape(List.of(60), List.of(1, 3), List.of(1, 2), 8, 2, 5, 200, 0.02);
    ServeBench.Report report = new ServeBench(shape, 1, (what, at, of) -> {}).run(folder);
    assertEquals(2 * 2 * 2, report.requests().size());
    for (ServeBench.Requests requests : report.requests()) {
      assertTrue(requests.median() > 0 && requests.median() <= requests.p99());
      assertTrue(requests.perSecond() > 0 && requests.first() > 0);
      boolean isProduct = requests.search() == Request.Search.EXACT && requests.threads() == 1;
      assertEquals(isProduct, requests.peakShare() > 0);
    }
    ServeBench.HistoryTimes history = report.histories().getFirst();
    assertTrue(history.diskBytes() > 60 * (4 * 64 + 32), "keys and codes of 60 events");
    assertTrue(history.appendMedian() > 0 && history.appendMedian() <= history.appendP99());
    assertEquals(5, report.opening().getFirst().users());
    assertTrue(BenchReport.of(report).contains("5 histories of 50 events"));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    ServeShape usual = ServeShape.usual();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ServeShape(usual.lengths(), List.of(300), usual.threads(), 1, 1, 1, 200, 1))
            .getMessage();
    assertTrue(message.contains("--serve-candidates is 300"), message);
  }
}
