package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.compute.BackendKind;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthMethod;
import seminar.experiment.Setup;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The grids of methods and lengths, and parts of them. */
class LengthOptionsTest {
  @Test
  void aPartOfTheGridIsTrained() {
    LengthOptions part =
        LengthOptions.full().only(List.of(200), List.of(LengthMethod.NO_PRETRAINING), List.of(200));
    Setup base = part.setup(1, BackendKind.CPU);
    World small = World.of(WorldOptions.small());
    List<LengthCells.Cell> all = LengthCells.all(part.cells(), base, small.corpus());
    List<LengthCells.Cell> trained = all.stream().filter(part::trains).toList();
    assertEquals(1, trained.size());
    assertEquals(200, trained.getFirst().length());
    assertEquals(200, trained.getFirst().contender().setup().model().topK());
    assertTrue(all.stream().allMatch(LengthOptions.full()::trains));
  }

  @Test
  void whatTheGridDoesNotHaveIsRefused() {
    LengthOptions full = LengthOptions.full();
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> full.only(List.of(300), List.of(), List.of()))
            .getMessage()
            .contains("--lengths 300"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> full.only(List.of(), List.of(), List.of(7)))
            .getMessage()
            .contains("--top-k 7"));
  }

  @Test
  void allCellsAreTrainedAsTheLifelongPresetSaysButForMethodKAndL() {
    Setup base = LengthOptions.full().setup(3, BackendKind.CPU);
    assertEquals(Setup.lifelong(3).model(), base.model());
    assertEquals(Setup.lifelong(3).training(), base.training());
  }
}
