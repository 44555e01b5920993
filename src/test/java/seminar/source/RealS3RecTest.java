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
import seminar.data.Negatives;
import seminar.file.Progress;
import seminar.source.s3rec.S3RecWriter;

/** Reads the real files where the system property {@code seminar.data} names their folder. */
class RealS3RecTest {
  private static final Path DATA =
      Path.of(System.getProperty("seminar.data", "../shared/data"), "s3rec");

  private final CorpusReader reader = Sources.byName("s3rec");

  @BeforeEach
  void dataIsHere() {
    Assumptions.assumeTrue(Files.isDirectory(DATA), () -> "no files of S3-Rec in " + DATA);
  }

  private Corpus read(String set) throws Exception {
    return reader.with("set", set).read(DATA, Progress.silent());
  }

  @Test
  void beautyHasItsPublishedSizes() throws Exception {
    Corpus corpus = read("Beauty");
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(22_363, statistics.users());
    assertEquals(12_101, statistics.items());
    assertEquals(198_502, statistics.events());
    assertEquals(8.9, statistics.meanLength(), 0.05);
    assertFalse(corpus.histories().hasTimes());
    assertTrue(corpus.negatives().isEmpty());
    assertEquals(0L, corpus.manifest().counts().get("malformed lines"));
  }

  @Test
  void lastFmHasItsPublishedSizesAndItsNegatives(@TempDir Path folder) throws Exception {
    Corpus corpus = read("LastFM");
    CorpusStatistics statistics = corpus.statistics();
    assertEquals(1090, statistics.users());
    assertEquals(3646, statistics.items());
    assertEquals(52_551, statistics.events());
    assertEquals(48.2, statistics.meanLength(), 0.05);
    Negatives negatives = corpus.negatives().orElseThrow();
    assertEquals(1090, negatives.size());
    assertEquals(99, negatives.count());
    assertEquals(new Negatives.Flaws(0, 0), negatives.flaws(corpus.histories()));
    new S3RecWriter().write(corpus, folder.resolve("out"), Progress.silent());
    Corpus back = reader.read(folder.resolve("out"), Progress.silent());
    assertEquals(corpus.hash(), back.hash());
    assertEquals(negatives.hash(), back.negatives().orElseThrow().hash());
  }
}
