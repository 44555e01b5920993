package seminar.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import seminar.experiment.Run;
import seminar.experiment.Run.CorpusOf;
import seminar.figure.Style.Look;
import seminar.math.Checks;
import seminar.train.TrainListener.Epoch;

/**
 * How models learn: training loss and validation NDCG@10 after each epoch, with popularity as the
 * line to cross. Drawn from run records alone.
 */
public final class LearningCurves {
  private LearningCurves() {}

  /**
   * Draws the picture and writes it with its JSON twin (same name, {@code .json}).
   *
   * @param corpus what the models learned from
   * @param runs one curve each, at most six
   * @param popularity NDCG@10 of popularity on the same validation targets
   * @throws IOException if a file cannot be written; the old ones are then untouched
   * @throws IllegalArgumentException if there is no run or the name does not end in .png
   */
  public static void draw(CorpusOf corpus, List<Run> runs, double popularity, Path png)
      throws IOException {
    new FigureFile("Learning curves")
        .with("popularityNdcg10OnValidation", popularity)
        .with("runs", runs.stream().map(run -> timeless(run, corpus)).toList())
        .write(image(corpus.name(), runs, popularity), png);
  }

  /**
   * The picture alone.
   *
   * @param corpus name of the corpus
   */
  public static BufferedImage image(String corpus, List<Run> runs, double popularity) {
    Checks.atLeast(1, "number of runs", runs.size());
    XYChart loss = Style.chart("Training loss", "epoch", "binary cross entropy, nats");
    XYChart measure = Style.chart("Validation", "epoch", "NDCG@10, 99 negatives");
    List<Look> legend = new ArrayList<>();
    Map<String, Look> looks = MethodLooks.of(runs.stream().map(Run::name).toList());
    for (Run run : runs) {
      List<Epoch> epochs = run.epochs();
      double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
      Look look = looks.get(run.name());
      legend.add(look);
      Style.add(loss, look, x, epochs.stream().mapToDouble(Epoch::loss).toArray());
      Style.add(measure, look, x, epochs.stream().mapToDouble(Epoch::validation).toArray());
    }
    double last = runs.stream().mapToInt(run -> run.epochs().size()).max().orElse(1);
    Look line = MethodLooks.alone("popularity");
    legend.add(line);
    double[] ends = {1, Math.max(2, last)};
    Style.add(measure, line, ends, new double[] {popularity, popularity});
    for (XYChart chart : List.of(loss, measure)) {
      chart.getStyler().setYAxisMin(0.0);
      chart.getStyler().setMarkerSize(5);
    }
    String title = "Learning on " + corpus;
    String subtitle = "mean loss of each epoch, and how validation targets were ranked after it";
    return new Panels(title, subtitle, List.of(loss, measure), 2, legend).image();
  }

  /** A run without its wall times, so that the same run gives the same twin. */
  private static Map<String, Object> timeless(Run run, CorpusOf corpus) {
    Map<String, Object> entry = run.told(corpus);
    entry.keySet().removeAll(List.of("pretraining", "testUsers", "seconds"));
    return entry;
  }
}
