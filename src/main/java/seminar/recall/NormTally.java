package seminar.recall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import seminar.measure.MeanInterval;
import seminar.measure.Recall;
import seminar.quantize.Cost;
import seminar.recall.NormRecall.Curve;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Point;
import seminar.recall.NormRecall.Result;
import seminar.retrieve.Retrieval;

/** What one panel of Figure 2 has found in its sequences so far. */
final class NormTally {
  private final Options options;
  private final Map<Method, double[][]> recall = new EnumMap<>(Method.class); // [K][sequence]
  private final Map<Method, Cost> costs = new EnumMap<>(Method.class);

  NormTally(Options options) {
    this.options = options;
  }

  /** Searches one sequence by every method, for every K. */
  void add(int sequence, NormSearches searches) {
    float[] exact = searches.exact(options.gamma());
    for (Map.Entry<Method, NormSearches.Search> search : searches.of(options.gamma()).entrySet()) {
      double[][] found = recall.computeIfAbsent(search.getKey(), method -> none());
      for (int k = 0; k < options.topK().size(); k++) {
        int topK = options.topK().get(k);
        Retrieval retrieval = search.getValue().find(topK);
        found[k][sequence] = Recall.among(retrieval.top().indices(), exact, topK);
        costs.put(search.getKey(), retrieval.cost());
      }
    }
  }

  private double[][] none() {
    return new double[options.topK().size()][options.sequences()];
  }

  /** Means and intervals over all sequences. */
  Result result() {
    List<Curve> curves = new ArrayList<>();
    for (Map.Entry<Method, double[][]> entry : recall.entrySet()) {
      List<Point> points = new ArrayList<>();
      for (int k = 0; k < options.topK().size(); k++) {
        points.add(new Point(options.topK().get(k), MeanInterval.of(entry.getValue()[k])));
      }
      curves.add(new Curve(entry.getKey(), List.copyOf(points), costs.get(entry.getKey())));
    }
    return new Result(options, List.copyOf(curves));
  }
}
