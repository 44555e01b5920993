package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.measure.PairedBootstrap;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.source.Sources;

/** Reads the real files where the system property {@code seminar.data} names their folder. */
class RealRankersTest {
  private static final Path DATA = Path.of(System.getProperty("seminar.data", "../shared/data"));

  @Test
  void onMovieLensOrderTellsMostAndEachIsWhereOthersFoundIt() throws Exception {
    Corpus corpus = read("movielens", "movielens", "malformedShare", "0.01");
    Features features = Features.of(corpus);
    Split split = Split.leaveOneOut(corpus.histories());
    RankingTask task = RankingTask.test(corpus, split, 1);
    RankingReport neighbours = rank(task, PlainRankers.NEIGHBOURS.fit(corpus, features, split, 1));
    RankingReport transitions =
        rank(task, PlainRankers.TRANSITIONS.fit(corpus, features, split, 1));
    assertEquals(
        0.245, rank(task, PlainRankers.POPULARITY.fit(corpus, features, split, 1)).ndcg(10), 0.02);
    assertTrue(neighbours.ndcg(10) > 0.34, "" + neighbours);
    assertTrue(transitions.ndcg(10) > 0.50, "" + transitions);
    double text = rank(task, PlainRankers.TEXT.fit(corpus, features, split, 1)).ndcg(10);
    double picture = rank(task, PlainRankers.PICTURE.fit(corpus, features, split, 1)).ndcg(10);
    assertTrue(text > 0.13 && picture > 0.065 && picture < text, text + " and " + picture);
    PairedBootstrap difference =
        PairedBootstrap.of(
            transitions.values(RankingMeasure.ndcg(10)),
            neighbours.values(RankingMeasure.ndcg(10)),
            new PairedBootstrap.Options(1000, 0.95, 1));
    assertEquals(task.positives(), difference.users());
    assertTrue(difference.low() > 0.15 && difference.p() < 0.01, "" + difference);
  }

  @Test
  void onBeautyWithoutTextsOrPicturesTheirLinesSaySo() throws Exception {
    Corpus corpus = read("s3rec", "s3rec", "set", "Beauty");
    Features features = Features.of(corpus);
    Split split = Split.leaveOneOut(corpus.histories());
    RankingTask task = RankingTask.test(corpus, split, 1);
    double popularity =
        rank(task, PlainRankers.POPULARITY.fit(corpus, features, split, 1)).ndcg(10);
    assertTrue(
        rank(task, PlainRankers.NEIGHBOURS.fit(corpus, features, split, 1)).ndcg(10)
            > 1.5 * popularity);
    assertTrue(
        rank(task, PlainRankers.TRANSITIONS.fit(corpus, features, split, 1)).ndcg(10)
            > 1.5 * popularity);
    assertEquals(
        "not applicable, because no item has a text",
        PlainRankers.TEXT.fit(corpus, features, split, 1).remark());
  }

  private static Corpus read(String reader, String folder, String option, String value)
      throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(DATA.resolve(folder)), () -> "no " + folder + " data in " + DATA);
    return Sources.byName(reader).with(option, value).read(DATA.resolve(folder), Progress.silent());
  }

  private static RankingReport rank(RankingTask task, PlainRanker ranker) {
    return task.rank(ranker.ranker().orElseThrow(), Progress.silent());
  }
}
