package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.compute.Backends;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.Subset;

/** A search from outside, with recency and latest events, against the model's own choice. */
class ChoiceRuleTest {
  private static final ModelOptions OPTIONS =
      SmallWorld.options().withAttention(AttentionOptions.paper(6).withHeads(2)).withRecency(5);

  @Test
  void offsetsAreThoseOfTheDistance() {
    float[][] bias = {{1, 2, 3, 4}, {0.5f, 0, -1, -7}};
    ChoiceRule rule = new ChoiceRule(3, 0, bias);
    for (int n : new int[] {1, 2, 3, 4, 7, 8, 9, 31, 1000}) {
      for (int h = 0; h < 2; h++) {
        Subset among = rule.among(h, 0, n);
        for (int l = 0; l < n; l++) {
          int bucket = Math.min(3, (int) (Math.log(n - l + 1e-9) / Math.log(2)));
          assertEquals(bias[h][bucket], among.offsets().at(l), n + " events, event " + l);
        }
      }
    }
  }

  @Test
  void anExactSearchKeepsWhatTheModelKeeps() {
    for (int latest : new int[] {0, 2, 6}) {
      for (AttentionOptions.Stages stages : AttentionOptions.Stages.values()) {
        check(
            OPTIONS.withAttention(OPTIONS.attention().withLatest(latest).withStages(stages)),
            List.of(0, 1, 5, 6, 7, 40, 57));
      }
    }
  }

  private static void check(ModelOptions options, List<Integer> lengths) {
    InterestModel model =
        new InterestModel(
            Backends.cpu().on(Workers.of(2)),
            SmallWorld.CORPUS,
            SmallWorld.FEATURES,
            options,
            new Method.Seminar(),
            5);
    SplittableRandom rng = new SplittableRandom(3);
    for (Parameter parameter : model.parameters().all()) {
      if (parameter.name().endsWith("/recency")) {
        float[] bias = parameter.value().toArray();
        for (int i = 0; i < bias.length; i++) {
          bias[i] = (float) rng.nextDouble(-0.02, 0.02);
        }
        parameter.set(bias);
      }
    }
    PairVectors vectors = model.vectors();
    ChoiceRule rule = vectors.rule();
    for (int n : lengths) {
      Batch batch = batch(n, rng);
      float[] keys = vectors.keys(batch.items(), batch.queries());
      Choice choice = rule.none(3);
      for (int c = 0; c < 3 && n > 0; c++) {
        float[][] r = vectors.headQueries(batch.candidateItems()[c], 0);
        ExactRetriever exact = ExactRetriever.fused(keys, vectors.dims(), new float[] {1});
        for (int h = 0; h < rule.heads(); h++) {
          int[] found =
              exact.search(r[h], rule.searched(0, n), rule.among(h, 0, n)).top().indices();
          rule.keep(choice, c * rule.heads() + h, found, 0, n, 0);
        }
      }
      InterestModel.Explanation own = model.explain(batch);
      assertArrayEquals(own.attended().kept(), choice.kept(), n + " events");
      for (int row = 0; row < choice.kept().length; row++) {
        int at = row * rule.topK();
        int end = at + choice.kept()[row];
        assertArrayEquals(
            Arrays.copyOfRange(own.attended().selected(), at, end),
            Arrays.copyOfRange(choice.selected(), at, end));
      }
      assertArrayEquals(own.scores(), model.explain(batch, choice).scores(), 1e-6f);
    }
  }

  private static Batch batch(int n, SplittableRandom rng) {
    List<Integer> items = new ArrayList<>();
    while (items.size() < n) {
      int item = rng.nextInt(1, 1000);
      if (!items.contains(item)) {
        items.add(item); // equal scores need not fall into the same order
      }
    }
    return new Batch(
        items.stream().mapToInt(item -> item).toArray(),
        IntStream.range(0, n).map(l -> l % 3).toArray(),
        new Groups(new int[] {0}, new int[] {n}, new int[] {0, 3}, new int[] {0, 1}),
        new int[] {3, 900, 17},
        new int[3]);
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    ChoiceRule rule = new ChoiceRule(4, 1, new float[][] {{0, 1}});
    Choice choice = rule.none(1);
    rule.keep(choice, 0, new int[0], 0, 0, 0);
    assertEquals(0, choice.kept()[0]);
    rule.keep(choice, 0, new int[] {0}, 0, 1, 10);
    assertArrayEquals(new int[] {1}, choice.kept());
    assertEquals(10, choice.selected()[0]);
  }
}
