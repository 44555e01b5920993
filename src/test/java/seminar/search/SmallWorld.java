package seminar.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.HeadOptions;
import seminar.model.ModelOptions;
import seminar.train.LabelledBatch;
import seminar.world.World;
import seminar.world.WorldOptions;

/** A planted world small enough for gradient checks, and a batch of it with every odd shape. */
final class SmallWorld {
  static final World WORLD = World.of(WorldOptions.quick().withUsers(24).withItems(1200, 6));
  static final Corpus CORPUS = WORLD.corpus();
  static final Features FEATURES = features();

  private SmallWorld() {}

  private static Features features() {
    try {
      return Features.of(WORLD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelOptions options() {
    return ModelOptions.laptop()
        .withDims(40)
        .withLengths(12, 60)
        .withChannels(ModelOptions.laptop().channels().withQueryWeight(0.4))
        .withAttention(AttentionOptions.paper(12).withHeads(2))
        .withHead(new HeadOptions(8, true, true, 0));
  }

  /** Two histories; three encoded, one of them at the very start of a history. */
  static LabelledBatch batch() {
    int[] items = {3, 7, 7, 11, 2, 9, 40, 41};
    int[] queries = {1, 0, 0, 2, 3, 0, 1, 0};
    Groups groups =
        new Groups(
            new int[] {0, 0, 5}, new int[] {0, 5, 8}, new int[] {0, 2, 4, 7}, new int[] {0, 2, 3});
    Batch batch =
        new Batch(
            items,
            queries,
            groups,
            new int[] {3, 8, 9, 10, 42, 3, 5},
            new int[] {0, 0, 2, 2, 0, 0, 0});
    return new LabelledBatch(batch, new float[] {1, 0, 1, 0, 1, 0, 0}, 1);
  }
}
