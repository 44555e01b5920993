package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import seminar.data.Corpus;
import seminar.math.Checks;

/**
 * What is trained of one method with one K, in a grid of methods and lengths: a curve of quality
 * against length.
 *
 * @param method what is trained
 * @param topK K, events of a head; {@link #ALL} for as many as the history has
 * @param lengths L, rising
 * @param seeds how many seeds each length has
 */
public record LengthCells(LengthMethod method, int topK, List<Integer> lengths, int seeds) {
  /** For {@code topK}: K = L, all events, end to end. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Checks the numbers. */
  public LengthCells {
    lengths = List.copyOf(lengths);
    Checks.atLeast(1, "topK K", topK);
    Checks.atLeast(1, "lengths", lengths.size());
    Checks.atLeast(1, "seeds", seeds);
    for (int i = 0; i < lengths.size(); i++) {
      Checks.atLeast(i == 0 ? 1 : lengths.get(i - 1) + 1, "length L", lengths.get(i));
    }
  }

  /** K in words. */
  public String k() {
    return topK == ALL ? "L" : Integer.toString(topK);
  }

  /** The curve in a legend: methods that choose nothing have no K. */
  public String label() {
    boolean chooses = method != LengthMethod.STCA && method != LengthMethod.SDIM;
    return chooses ? "%s, K = %s".formatted(method.title(), k()) : method.title();
  }

  /**
   * What is trained at one length.
   *
   * @param base what all share; its L, K and method are passed over
   */
  public Contender contender(Setup base, int length, Corpus corpus) {
    return method.contender(base, topK, length, corpus);
  }

  /** All lengths of some curves, rising. */
  public static List<Integer> lengths(List<LengthCells> curves) {
    return curves.stream().flatMap(each -> each.lengths.stream()).distinct().sorted().toList();
  }

  /** One of a grid, with the seeds it has. */
  public record Cell(LengthCells curve, int length, Contender contender) {}

  /** All cells, the shortest first. */
  public static List<Cell> all(List<LengthCells> curves, Setup base, Corpus corpus) {
    List<Cell> cells = new ArrayList<>();
    for (int length : lengths(curves)) {
      for (LengthCells curve : curves) {
        if (curve.lengths.contains(length)) {
          cells.add(new Cell(curve, length, curve.contender(base, length, corpus)));
        }
      }
    }
    return cells;
  }
}
