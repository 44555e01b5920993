package seminar.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.data.ItemCategories;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.lesson.ChosenEvents.Choice;
import seminar.lesson.ChosenEvents.Relatedness;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

/** What models choose of a history, how far they agree, and what one seed hides. */
class ChosenEventsTest {
  private static final Relatedness EVEN = (item, target) -> item % 2 == target % 2;

  private static BitSet events(int... numbers) {
    BitSet events = new BitSet();
    for (int number : numbers) {
      events.set(number);
    }
    return events;
  }

  private static ChosenEvents request(List<Double> first, List<Double> second) {
    List<Integer> items = java.util.stream.IntStream.range(0, first.size()).boxed().toList();
    return new ChosenEvents(
        "u", 10, 100, items, List.of(new Choice("a", 0, first), new Choice("b", 4, second)));
  }

  @Test
  void theHeaviestAreThoseThatWereChosenAndOfEqualOnesTheNewest() {
    Choice choice = new Choice("m", 0, List.of(0.2, 0.0, 0.2, 0.4, 0.2));
    assertEquals(4, choice.size());
    assertEquals(events(3), choice.heaviest(1));
    assertEquals(events(3, 4), choice.heaviest(2));
    assertEquals(events(2, 3, 4), choice.heaviest(3));
    assertEquals(events(0, 2, 3, 4), choice.heaviest(9), "event 1 was not chosen");
    assertEquals(events(), new Choice("m", 0, List.of(0.0, 0.0)).heaviest(2));
  }

  @Test
  void overlapIsTheMeanOverQuestionsOfWhatBothChoseAmongWhatEitherDid() {
    List<ChosenEvents> requests =
        List.of(
            request(List.of(0.5, 0.5, 0.0, 0.0), List.of(0.0, 0.5, 0.3, 0.2)),
            request(List.of(0.0, 0.0, 0.0, 0.0), List.of(0.1, 0.9, 0.0, 0.0)),
            request(List.of(0.0, 0.0, 0.4, 0.6), List.of(0.0, 0.0, 0.5, 0.5)));
    ChoiceOverlap overlap = ChoiceOverlap.of(requests, 2, EVEN);
    // {0,1} and {1,2}: 1/3; {} and {0,1}: 0; {2,3} and {2,3}: 1
    assertEquals((1 / 3.0 + 0 + 1) / 3, overlap.jaccard().get(0).get(1), 1e-12);
    assertEquals(overlap.jaccard().get(0).get(1), overlap.jaccard().get(1).get(0));
    assertEquals(1, overlap.jaccard().get(0).get(0));
    assertEquals(2 / (2 * 4 - 2.0), overlap.chance(), 1e-12);
    assertEquals(0.5, overlap.related(), 1e-12);
    ChoiceOverlap.Row first = overlap.rows().getFirst();
    assertEquals(4 / 3.0, first.chosen(), 1e-12);
    assertEquals(0.5, first.relatedChosen(), 1e-12, "the request without a choice is left out");
    assertEquals((0.5 + 0.4) / 2, first.relatedWeight(), 1e-12);
    assertEquals((3.5 + 1.5) / 2, first.age(), 1e-12);
    assertEquals(3, overlap.table("same intent").rowCount());
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    ChosenEvents request = request(List.of(1.0), List.of(1.0));
    assertThrows(IllegalArgumentException.class, () -> ChoiceOverlap.of(List.of(), 2, EVEN));
    assertThrows(IllegalArgumentException.class, () -> ChoiceOverlap.of(List.of(request), 0, EVEN));
    ChosenEvents lone =
        new ChosenEvents("u", 1, 2, List.of(1), List.of(new Choice("a", 0, List.of(1.0))));
    assertThrows(
        IllegalArgumentException.class, () -> ChoiceOverlap.of(List.of(request, lone), 2, EVEN));
    assertThrows(IllegalArgumentException.class, () -> request(List.of(1.0, 0.0), List.of(1.0)));
  }

  @Test
  void everyModelChoosesAsItsMethodSays() throws Exception {
    World world = World.of(WorldOptions.small());
    RankingExperiment experiment =
        new RankingExperiment(world.corpus(), Features.of(world), Workers.common(), 1);
    Setup setup = Setup.laptop(1).withModel(ModelOptions.laptop().withDims(16).withLengths(5, 40));
    Map<String, InterestModel> models = new LinkedHashMap<>();
    for (Method.Kind kind : Method.Kind.values()) {
      if (!kind.attends()) {
        continue; // weighs no events
      }
      models.put(kind.name(), experiment.fresh(setup.withMethod(Method.of(kind))));
    }
    Relatedness category = Relatedness.category(ItemCategories.of(world.corpus().catalog()));
    List<ChosenEvents> chosen = ChosenEvents.first(6, models, world.corpus(), experiment.test());
    assertEquals(6, chosen.size());
    for (ChosenEvents history : chosen) {
      int n = history.items().size();
      for (Choice choice : history.choices()) {
        double sum = choice.weights().stream().mapToDouble(w -> w).sum();
        assertEquals(choice.size() == 0 ? 0 : 1, sum, 1e-5, choice.model());
        switch (Method.Kind.valueOf(choice.model())) {
          case LATEST ->
              assertEquals(events(n - 5, n - 4, n - 3, n - 2, n - 1), choice.heaviest(n));
          case SIM_HARD ->
              assertTrue(
                  choice.heaviest(n).stream()
                      .allMatch(e -> category.related(history.items().get(e), history.target())));
          case SEMINAR, TWIN -> assertTrue(choice.size() >= 5 && choice.size() <= 4 * 5);
          case SDIM -> assertTrue(choice.size() <= n);
          case SIM_SOFT, ETA, QIN -> assertEquals(5, choice.size(), choice.model());
        }
      }
    }
    InterestModel shorter =
        experiment.fresh(setup.withModel(ModelOptions.laptop().withDims(16).withLengths(5, 20)));
    models.put("shorter", shorter);
    assertThrows(
        IllegalArgumentException.class,
        () -> ChosenEvents.of(models, world.corpus(), experiment.test(), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ChosenEvents.of(Map.of(), world.corpus(), experiment.test(), 0));
  }

  @Test
  void aFlipIsAPairOfRunsThatOrdersTheModelsTheOtherWay() {
    SeedFlips flips = SeedFlips.of("a", List.of(0.3, 0.4, 0.5), "b", List.of(0.35, 0.45, 0.2));
    int expected = 0; // a is better on average
    for (double a : flips.firstRuns()) {
      for (double b : flips.secondRuns()) {
        expected += a <= b ? 1 : 0;
      }
    }
    assertEquals(expected, flips.flips());
    assertEquals(9, flips.pairs());
    assertEquals(0.4 - 1.0 / 3, flips.difference(), 1e-12);
    assertEquals(0.3 - 0.45, flips.least(), 1e-12);
    assertEquals(0.5 - 0.2, flips.largest(), 1e-12);
    assertEquals("3 of 9", SeedFlips.table(List.of(flips)).getString(0, "flips"));
    assertThrows(
        IllegalArgumentException.class, () -> SeedFlips.of("a", List.of(), "b", List.of(1.0)));
  }
}
