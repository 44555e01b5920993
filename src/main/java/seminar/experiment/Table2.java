package seminar.experiment;

import java.util.List;
import java.util.OptionalDouble;

/** Paper Table 2: all models beside plain rankers, SEMINAR the one they are compared to. */
public final class Table2 {
  private Table2() {}

  /**
   * Computes the table from runs.
   *
   * @throws IllegalArgumentException if SEMINAR is not among the lines, or runs rank other users
   */
  public static ModelTable of(String corpus, List<Comparison.Line> lines, List<Long> seeds) {
    return ModelTable.of(
        new ModelTable.Heading("Models", corpus, Contender.SEMINAR, "paper, Amazon"),
        lines,
        seeds,
        Table2::paper);
  }

  private static OptionalDouble paper(String name) {
    return PaperTable2.of(name).stream().mapToDouble(PaperTable2::amazonNdcg10).findFirst();
  }
}
