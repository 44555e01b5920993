package seminar.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.train.TrainListener;

/**
 * A chart below the cell that grows while a model trains: the loss of its steps on the left axis,
 * the validation measure of its epochs on the right one.
 *
 * <p>The next training begins a chart of its own.
 *
 * <p>It is drawn anew at most once a second and when training ends. Of long trainings each point is
 * the mean of several steps, so that there are never more than 256; which ones does not depend on
 * time, so the last picture of the same training is the same.
 */
public final class LossChart implements TrainListener {
  private static final long PERIOD_NANOS = 1_000_000_000;
  private static final int MOST_POINTS = 256;
  private static final String LOSS = "loss";
  private static final String VALIDATION = "validation";

  private final String title;
  private final CellDisplay<XYChart> picture;
  private final LongSupplier clock;
  private final List<Double> at = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> epochs = new ArrayList<>();
  private final List<Double> measures = new ArrayList<>();
  private int stepsOfPoint = 1;
  private int steps;
  private double sum;
  private long shownAt;

  LossChart(String title, CellDisplay<XYChart> picture, LongSupplier clock) {
    this.title = title;
    this.picture = picture;
    this.clock = clock;
    shownAt = clock.getAsLong() - PERIOD_NANOS;
  }

  /**
   * A chart below the cell that runs.
   *
   * @param title what is trained
   */
  public static LossChart of(String title) {
    return new LossChart(title, CellDisplay.below(), System::nanoTime);
  }

  @Override
  public void step(Step step) {
    sum += step.loss().total();
    steps++;
    if (steps < stepsOfPoint) {
      return;
    }
    at.add(step.epoch() - 1 + (double) step.batch() / step.batches());
    losses.add(sum / steps);
    sum = 0;
    steps = 0;
    if (losses.size() == MOST_POINTS) {
      halve();
    }
    if (clock.getAsLong() - shownAt >= PERIOD_NANOS) {
      show();
    }
  }

  /** Every two points become their mean. */
  private void halve() {
    for (int i = 0; i < MOST_POINTS / 2; i++) {
      at.set(i, at.get(2 * i + 1));
      losses.set(i, (losses.get(2 * i) + losses.get(2 * i + 1)) / 2);
    }
    at.subList(MOST_POINTS / 2, MOST_POINTS).clear();
    losses.subList(MOST_POINTS / 2, MOST_POINTS).clear();
    stepsOfPoint *= 2;
  }

  @Override
  public void epoch(Epoch result) {
    epochs.add((double) result.epoch());
    measures.add(result.validation());
  }

  @Override
  public void done() {
    if (!losses.isEmpty()) {
      show();
    }
    picture.end();
    at.clear();
    losses.clear();
    epochs.clear();
    measures.clear();
    stepsOfPoint = 1;
    steps = 0;
    sum = 0;
    shownAt = clock.getAsLong() - PERIOD_NANOS;
  }

  private void show() {
    picture.show(chart());
    shownAt = clock.getAsLong();
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(320)
            .title(title)
            .xAxisTitle("epochs")
            .yAxisTitle("loss, nats")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisDecimalPattern("0.#");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    look(chart.addSeries(LOSS, at, losses), new Color(0x0072B2), SeriesMarkers.NONE);
    if (!epochs.isEmpty()) {
      XYSeries series = chart.addSeries(VALIDATION, epochs, measures);
      look(series, new Color(0xD55E00), SeriesMarkers.CIRCLE);
      series.setYAxisGroup(1);
      chart.setYAxisGroupTitle(1, VALIDATION);
      chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    }
    return chart;
  }

  private static void look(XYSeries series, Color color, Marker marker) {
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setMarker(marker);
    series.setLineStyle(new BasicStroke(2));
  }
}
