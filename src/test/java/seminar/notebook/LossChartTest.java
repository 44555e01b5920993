package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import seminar.train.StepLoss;
import seminar.train.TrainListener.Epoch;
import seminar.train.TrainListener.Step;

class LossChartTest {
  private static final long SECOND = 1_000_000_000;

  private final List<XYChart> shown = new ArrayList<>();
  private long now;
  private final LossChart chart = new LossChart("SEMINAR", shown::add, () -> now);

  private static Step step(int epoch, int batch, int batches, double loss) {
    return new Step(epoch, batch, batches, 4, StepLoss.of("click", loss), 1);
  }

  @Test
  void isShownAtTheFirstStepThenOnceASecondAndAtTheEnd() {
    for (int batch = 1; batch <= 100; batch++) {
      chart.step(step(1, batch, 100, 1));
      now += SECOND / 20;
    }
    chart.done();
    assertEquals(1 + 4 + 1, shown.size());
  }

  @Test
  void growsByPointsOfTheLossAndOfTheValidation() {
    chart.step(step(1, 1, 2, 0.7));
    chart.step(step(1, 2, 2, 0.5));
    chart.epoch(new Epoch(1, 0.6, Map.of(), 0.25, true));
    chart.done();
    assertNull(shown.getFirst().getSeries("validation"));
    XYChart last = shown.getLast();
    assertEquals("[0.5, 1.0]", Arrays.toString(last.getSeries("loss").getXData()));
    assertEquals("[0.7, 0.5]", Arrays.toString(last.getSeries("loss").getYData()));
    assertEquals("[1.0]", Arrays.toString(last.getSeries("validation").getXData()));
    assertEquals("[0.25]", Arrays.toString(last.getSeries("validation").getYData()));
    assertTrue(Pictures.png(last).length() > 1000);
  }

  @Test
  void aLongTrainingHasFewPointsThatAreMeansOfItsSteps() {
    for (int batch = 1; batch <= 2048; batch++) {
      chart.step(step(1, batch, 2048, batch % 2));
    }
    chart.done();
    double[] losses = shown.getLast().getSeries("loss").getYData();
    double[] at = shown.getLast().getSeries("loss").getXData();
    assertTrue(losses.length < 256, "%d points".formatted(losses.length));
    assertTrue(Arrays.stream(losses).allMatch(loss -> loss == 0.5));
    assertEquals(1.0, at[at.length - 1]);
  }

  @Test
  void nothingIsShownWhereNothingWasTrained() {
    chart.done();
    assertEquals(List.of(), shown);
  }

  @Test
  void aSecondTrainingHasAChartOfItsOwn() {
    chart.step(step(1, 1, 1, 0.7));
    chart.epoch(new Epoch(1, 0.7, Map.of(), 0.25, true));
    chart.done();
    chart.step(step(1, 1, 2, 0.5));
    chart.done();
    assertNull(shown.getLast().getSeries("validation"));
    assertEquals("[0.5]", Arrays.toString(shown.getLast().getSeries("loss").getYData()));
  }
}
