package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.data.Exposures;
import seminar.file.Progress;

/** Reads the real files where the system property {@code seminar.data} names their folder. */
class RealClickLogsTest {
  private static final Path DATA = Path.of(System.getProperty("seminar.data", "../shared/data"));

  private static Corpus read(String reader, String folder) throws Exception {
    Path place = DATA.resolve(folder);
    Assumptions.assumeTrue(Files.isDirectory(place), () -> "no data in " + place);
    return Sources.byName(reader).read(place, Progress.silent());
  }

  private static long clicks(Exposures shown) {
    long clicks = 0;
    for (long exposure = 0; exposure < shown.size(); exposure++) {
      clicks += shown.clicked(exposure) ? 1 : 0;
    }
    return clicks;
  }

  @Test
  void kuaiRandHasItsPublishedSizes() throws Exception {
    Corpus corpus = read("kuairand", "kuairand");
    CorpusStatistics statistics = corpus.statistics();
    Map<String, Long> counts = corpus.manifest().counts();
    assertEquals(26_469, statistics.users());
    assertEquals(817_187, statistics.events());
    assertEquals(30.87, statistics.meanLength(), 0.005);
    assertEquals(50, statistics.maxLength());
    assertEquals(0, statistics.queryShare());
    assertFalse(corpus.histories().hasTimes());
    Exposures shown = corpus.exposures().orElseThrow();
    assertEquals(1_270, counts.get("exposures of users without a history"));
    assertEquals(94_784, shown.size() + 1_270);
    assertEquals(7_583, statistics.items() + counts.get("described items that nobody met"));
    assertEquals(0L, counts.get("malformed lines"));
    for (int user = 0; user < shown.users(); user++) {
      for (long exposure = shown.start(user); exposure < shown.start(user + 1); exposure++) {
        assertEquals(corpus.histories().length(user), shown.position(exposure));
      }
    }
    assertEquals(0.44, clicks(shown) / (double) shown.size(), 0.01);
  }

  @Test
  void theSampleOfJdSearchHasItsPublishedSizes() throws Exception {
    Corpus corpus = read("jdsearch", "jdsearch-sample");
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(3, statistics.users());
    assertEquals(230, statistics.events());
    assertEquals(76.7, statistics.meanLength(), 0.05);
    // 409 products are described, all of which occur, and 12 occur without a description.
    int described = 0;
    for (int item = 1; item <= corpus.catalog().size(); item++) {
      described += corpus.catalog().text(item).isEmpty() ? 0 : 1;
    }
    assertEquals(409, described);
    assertEquals(421, statistics.items());
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    Exposures shown = corpus.exposures().orElseThrow();
    assertEquals(262, shown.size());
    assertEquals(5, clicks(shown));
    assertEquals(182, shown.position(0));
  }
}
