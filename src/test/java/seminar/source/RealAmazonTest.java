package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.file.Progress;
import seminar.source.amazon.AmazonReader;
import seminar.source.amazon.AmazonWriter;

/** Reads the real files where the system property {@code seminar.data} names their folder. */
class RealAmazonTest {
  private static final Path DATA =
      Path.of(System.getProperty("seminar.data", "../shared/data"), "amazon-v2-giftcards");

  private final CorpusReader reader = Sources.byName("amazon");

  @BeforeEach
  void dataIsHere() {
    Assumptions.assumeTrue(Files.isDirectory(DATA), () -> "no Amazon reviews in " + DATA);
  }

  @Test
  void allReviewsHaveTheirPublishedSizes() throws Exception {
    Corpus corpus = reader.read(DATA, Progress.silent());
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(458, statistics.users());
    assertEquals(148, statistics.items());
    assertEquals(2972, statistics.events());
    assertEquals(6.5, statistics.meanLength(), 0.05);
    assertEquals(2972L + 1547, corpus.manifest().counts().get("lines"));
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
    assertEquals(3L, corpus.manifest().counts().get("repeated lines"));
    assertEquals(
        2969, reader.with("repeats", "false").read(DATA, Progress.silent()).histories().events());
    for (int item = 1; item <= statistics.items(); item++) {
      assertFalse(PlainText.hasMarkup(corpus.catalog().text(item)), corpus.catalog().text(item));
    }
  }

  @Test
  void theFiveCoreIsAppliedAgainAsInTheReleasedCode() throws Exception {
    CorpusReader released = new AmazonReader(AmazonReader.Options.released());
    Corpus corpus = released.read(DATA, Progress.silent());
    assertEquals(456, corpus.statistics().users());
    assertEquals(147, corpus.statistics().items());
    assertEquals(2960, corpus.statistics().events());
    assertTrue(
        corpus.manifest().counts().get("events whose query was made of their own item") > 1000);
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws Exception {
    Corpus corpus = reader.read(DATA, Progress.silent());
    new AmazonWriter().write(corpus, folder.resolve("out"), Progress.silent());
    Corpus back = reader.read(folder.resolve("out"), Progress.silent());
    assertEquals(corpus.hash(), back.hash());
  }
}
