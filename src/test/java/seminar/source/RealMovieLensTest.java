package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.CorpusStatistics;
import seminar.feature.Features;
import seminar.file.Progress;

/** Reads the real files where the system property {@code seminar.data} names their folder. */
class RealMovieLensTest {
  private static final Path DATA =
      Path.of(System.getProperty("seminar.data", "../shared/data"), "movielens");

  private final CorpusReader reader = Sources.byName("movielens");

  @BeforeEach
  void dataIsHere() {
    Assumptions.assumeTrue(
        Files.exists(DATA.resolve("small/ratings.csv")), () -> "no MovieLens data in " + DATA);
  }

  @Test
  void theMultiModalSetHasItsPublishedSizes(@TempDir Path folder) throws Exception {
    Corpus corpus = reader.read(DATA, Progress.silent());
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(3020, statistics.users());
    assertEquals(3414, statistics.items());
    assertEquals(494_348, statistics.events());
    assertEquals(163.7, statistics.meanLength(), 0.05);
    assertEquals(1849, statistics.maxLength());
    assertEquals(93, statistics.lengths().median());
    assertEquals(0, statistics.repeatShare());
    assertEquals(1, statistics.ofItems().attributes(), 0.001);
    assertEquals(0.25, statistics.coldLastOnly().events(), 0.005);
    assertEquals(0, statistics.coldSliding().events(), 0.001);
    assertEquals(1, statistics.queryShare());
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    Features features = Features.of(corpus);
    assertEquals(64, features.text().dims());
    assertEquals(512, features.image().dims());
    int toyStory = 1;
    assertTrue(corpus.catalog().text(toyStory).startsWith("Toy Story (1995). A little boy"));
    assertTrue(features.text().row(corpus.catalog().textRow(toyStory))[0] != 0);
    CorpusFolder.write(corpus, folder.resolve("ml"));
    Corpus back = CorpusFolder.read(folder.resolve("ml"));
    assertEquals(corpus.hash(), back.hash());
    assertEquals(corpus.manifest(), back.manifest());
    assertEquals(3256, Features.of(back).image().rows());
  }

  @Test
  void theSmallRawLayoutHasItsPublishedSizes() throws Exception {
    Corpus corpus = reader.read(DATA.resolve("small"), Progress.silent());
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(610, statistics.users());
    assertEquals(100_836 + 3_683, statistics.events());
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(3_683 / 104_519.0, statistics.queryShare(), 1e-4);
    assertTrue(corpus.histories().hasTimes());
    assertEquals(9742, statistics.items());
    assertEquals(0.575, statistics.imageShare(), 0.001);
    assertEquals(171.3, statistics.meanLength(), 0.05);
    assertEquals(71.5, statistics.lengths().median());
    assertEquals(statistics.queryShare(), statistics.searchShare(), 1e-12);
    assertEquals(0.742, statistics.coldLastOnly().events(), 0.001);
  }
}
