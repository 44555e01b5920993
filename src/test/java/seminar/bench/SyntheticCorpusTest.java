package seminar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.train.Adam;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/** Corpora of stated sizes. */
class SyntheticCorpusTest {
  static final TrainShape SMALL =
      new TrainShape(
          3, 8, List.of(1, 4), 2, 4, 16, 2, 0, 0, 0, 0, 200, 50, 3, 24, 5, 0.02, List.of());

  @Test
  void everyTargetSeesExactlyTheStatedEvents() {
    Corpus corpus = new SyntheticCorpus(SMALL, 1).corpus(6, 8, 4);
    TrainOptions options = new TrainOptions(1, 3, 4, 2, Adam.Options.paper(), 1);
    TrainingBatches batches =
        new TrainingBatches(corpus, Split.lastTargets(corpus.histories(), 4), 8, options);
    assertEquals(2, batches.perEpoch());
    Groups targets = batches.batch(1, 0, batches.order(1)).batch().groups();
    assertEquals(12, targets.groupCount());
    for (int group = 0; group < targets.groupCount(); group++) {
      assertEquals(8, targets.events(group));
      assertEquals(3, targets.candidates()[group + 1] - targets.candidates()[group]);
    }
  }

  @Test
  void aSyntheticCorpusHasTheStatedSizesAndComesFromItsSeed() {
    SyntheticCorpus synthetic = new SyntheticCorpus(SMALL, 1);
    Corpus corpus = synthetic.corpus(6, 8, 4);
    assertEquals(200, corpus.catalog().size());
    assertEquals(50, corpus.queries().size());
    assertEquals(6 * 14, corpus.histories().events());
    assertEquals(3, corpus.queries().tokens(50).length);
    assertEquals(24, synthetic.features().text().dims());
    assertEquals(corpus.hash(), new SyntheticCorpus(SMALL, 1).corpus(6, 8, 4).hash());
    assertFalse(corpus.hash().equals(new SyntheticCorpus(SMALL, 2).corpus(6, 8, 4).hash()));
  }
}
