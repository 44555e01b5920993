package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Negatives of one positive that all differ. */
class DistinctNegativesTest {
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(4)).corpus();
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());

  private static int[][] drawn(int negatives, boolean distinct) {
    TrainOptions plain = new TrainOptions(1, 4, 8, negatives, Adam.Options.withRate(5e-3), 7);
    TrainOptions options = plain.withCandidates(plain.candidates().withDistinct(distinct));
    TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, 20, options);
    int[] items = batches.batch(1, 0, batches.order(1)).batch().candidateItems();
    int[][] rows = new int[items.length / (1 + negatives)][];
    for (int i = 0; i < rows.length; i++) {
      int from = i * (1 + negatives);
      rows[i] = Arrays.copyOfRange(items, from + 1, from + 1 + negatives);
    }
    return rows;
  }

  private static long repeated(int[][] rows) {
    return Arrays.stream(rows)
        .mapToLong(row -> row.length - Arrays.stream(row).distinct().count())
        .sum();
  }

  @Test
  void noneRepeatsWhereTheCatalogueHasAsMany() {
    assertTrue(repeated(drawn(100, false)) > 0, "as the paper draws, some do");
    assertEquals(0, repeated(drawn(100, true)));
    int more = CORPUS.catalog().size();
    assertTrue(repeated(drawn(more, true)) > 0, "more than there are must repeat");
  }

  @Test
  void whereNoneRepeatsAnywayTheDrawIsTheSame() {
    assertArrayEquals(drawn(1, false), drawn(1, true));
  }
}
