package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Switches thrown one at a time. */
class SwitchGridTest {
  @Test
  void everySwitchIsALineBesideThePaperAndTheReleasedCode() throws Exception {
    World world = World.of(WorldOptions.small());
    Setup laptop = Setup.laptop(1);
    Setup base =
        laptop
            .with(laptop.model().withDims(16).withLengths(8, 40))
            .withPretraining(laptop.pretraining().withEpochs(1).withBatches(4, 4, 2))
            .withTraining(laptop.training().withEpochs(1).withBatches(4, 4, 2));
    List<Long> told = new ArrayList<>();
    List<Comparison.Line> lines =
        SwitchGrid.run(
            world.corpus(),
            Features.of(world),
            Workers.common(),
            base,
            List.of(Switch.LAST_TARGET, Switch.MIXED_CHUNKS),
            1,
            (name, done, all) -> told.add(done));
    assertEquals(
        List.of(Contender.SEMINAR, "last target", "mixed chunks", SwitchGrid.RELEASED),
        lines.stream().map(Comparison.Line::name).toList());
    assertEquals(List.of(1L, 2L, 3L, 4L), told);
    assertEquals(1, lines.get(1).runs().size());
    assertEquals(
        lines.get(0).runs().getFirst().identity().negatives(),
        lines.get(1).runs().getFirst().identity().negatives());
    assertTrue(
        lines.get(2).missing().orElseThrow().startsWith("not applicable, because "),
        "batches of four lives are too small for a thousand chunks");
    assertEquals(4, Table2.of("a world", lines, List.of(1L)).rows().size());
  }

  @Test
  void theTableHasEverySwitch() {
    assertEquals(Switch.values().length, SwitchGrid.table().rowCount());
    assertEquals("inverted relevance", SwitchGrid.title(Switch.INVERTED_RELEVANCE));
  }
}
