package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backends;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.data.Catalog;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ChannelOptions;
import seminar.model.GivenItem;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.model.Parameter;

/** Requests scored one by one against the model that they are scored for. */
class RequestScorerTest {
  private static final ModelOptions OPTIONS =
      SmallWorld.options()
          .withAttention(AttentionOptions.paper(3).withHeads(2))
          .withRecency(3)
          .withShortTerm(2);
  private static final Batch BATCH = SmallWorld.batch().batch();

  private static InterestModel model(ModelOptions options, Method method) {
    return new InterestModel(
        Backends.cpu().on(Workers.of(2)), CORPUS, FEATURES, options, method, 5);
  }

  static Stream<Method> methods() {
    return Stream.concat(
        Stream.of(Method.Kind.values()).filter(Method.Kind::attends).map(Method::of),
        Stream.of(new Method.Qin().withFirstK(4).withLatestQuery(true)));
  }

  private static Matrix keys(PairTable table) {
    Matrix keys = Matrix.zeros(BATCH.items().length, table.dims());
    table.pairs(BATCH.items(), BATCH.queries(), keys);
    return keys;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void scoresAreThoseOfTheModel(Method method) {
    InterestModel model = model(OPTIONS, method);
    PairTable table = model.pairTable();
    RequestScorer scorer = model.requestScorer(table);
    for (int again = 0; again < 2; again++) {
      Matrix t = scorer.candidates(BATCH.candidateItems(), BATCH.candidateQueries());
      float[] scores = scorer.score(BATCH, keys(table), t).scores();
      assertArrayEquals(model.score(BATCH), scores, 1e-6f);
    }
  }

  @Test
  void whatHeadsKeepMayBeChosenOutside() {
    InterestModel model = model(OPTIONS, new Method.Twin());
    PairTable table = model.pairTable();
    RequestScorer scorer = model.requestScorer(table);
    Matrix t = scorer.candidates(BATCH.candidateItems(), BATCH.candidateQueries());
    InterestModel.Explanation own = model.explain(BATCH);
    int[] kept = own.attended().kept();
    Choice choice = new Choice(kept, own.attended().selected());
    assertArrayEquals(own.scores(), scorer.score(BATCH, keys(table), t, choice).scores(), 1e-6f);
    assertEquals(2 * BATCH.candidateItems().length, scorer.headQueries(t).size());
    float[] first = model.vectors().headQueries(BATCH.candidateItems()[0], 0)[1];
    assertArrayEquals(first, scorer.headQueries(t).get(1), 1e-6f);
  }

  /** An item of the catalogue whose own vector is zero is what it would be as a newcomer. */
  @Test
  void anItemThatCameLaterIsWhatItLooksLike() {
    ChannelOptions unit = OPTIONS.channels().withUnit(true);
    ItemCodes product = new ItemCodes(ItemCodes.Kind.PRODUCT, 4, 8, ItemCodes.InsteadOf.NOTHING);
    ItemCodes residual = new ItemCodes(ItemCodes.Kind.RESIDUAL, 3, 8, ItemCodes.InsteadOf.BOTH);
    for (ChannelOptions channels :
        List.of(
            unit.withGate(ChannelOptions.Gate.STATIC),
            unit.withGate(ChannelOptions.Gate.PER_ITEM),
            unit.withCodes(product),
            unit.withCodes(residual))) {
      ModelOptions options = OPTIONS.withChannels(channels);
      InterestModel model = model(options, new Method.Seminar());
      Parameter own = model.parameters().get("channel/item");
      float[] vectors = own.value().toArray();
      int d = options.dims();
      List<Integer> items = List.of(3, 8, 41);
      items.forEach(item -> Arrays.fill(vectors, item * d, (item + 1) * d, 0));
      own.set(vectors);
      PairTable table = model.pairTable();
      int before = table.items();
      List<GivenItem> given = new ArrayList<>();
      items.forEach(item -> given.add(given(item)));
      int first = table.add(given.subList(0, 1));
      assertEquals(first + 1, table.add(given.subList(1, 3)));
      assertEquals(before, first);
      assertEquals(before + 3, table.items());
      Matrix expected = Matrix.zeros(3, d);
      table.pairs(new int[] {3, 8, 41}, new int[] {0, 1, 2}, expected);
      Matrix newcomers = Matrix.zeros(3, d);
      table.pairs(new int[] {first, first + 1, first + 2}, new int[] {0, 1, 2}, newcomers);
      assertArrayEquals(expected.toArray(), newcomers.toArray(), 1e-6f);
      RequestScorer scorer = model.requestScorer(table);
      Matrix t = scorer.candidates(new int[] {first + 1}, new int[1]);
      Batch one =
          new Batch(
              new int[0],
              new int[0],
              new seminar.compute.Groups(
                  new int[] {0}, new int[] {8}, new int[] {0, 1}, new int[] {0, 1}),
              new int[] {first + 1},
              new int[1]);
      assertTrue(Float.isFinite(scorer.score(one, keys(table), t).scores()[0]));
    }
  }

  private static GivenItem given(int item) {
    Catalog catalog = CORPUS.catalog();
    return new GivenItem(
        Optional.of(FEATURES.text().row(catalog.textRow(item))),
        Optional.of(FEATURES.image().row(catalog.imageRow(item))),
        catalog.attributes(item));
  }

  @Test
  void whatCannotBeIsRefused() {
    InterestModel model = model(OPTIONS, new Method.Seminar());
    PairTable table = model.pairTable();
    Matrix one = Matrix.zeros(1, table.dims());
    refused(
        () -> table.pairs(new int[] {table.items()}, new int[1], one), "item is " + table.items());
    refused(() -> table.pairs(new int[1], new int[] {-1}, one), "query is -1");
    float[] wrong = new float[3];
    refused(
        () -> table.add(List.of(new GivenItem(Optional.of(wrong), Optional.empty(), new int[0]))),
        "text features");
    refused(
        () ->
            table.add(
                List.of(new GivenItem(Optional.empty(), Optional.empty(), new int[] {1_000_000}))),
        "attribute is 1000000");
    float[] none = {1, Float.NaN};
    refused(
        () -> new GivenItem(Optional.of(none), Optional.empty(), new int[0]),
        "number 1 of the text features is NaN");
    InterestModel fused = model(OPTIONS, new Method.Qin().withFirstK(4).withFusedFields(true));
    refused(() -> fused.requestScorer(fused.pairTable()), "fused fields");
  }

  private static void refused(Runnable call, String why) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(why), message);
  }
}
