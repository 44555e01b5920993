package seminar.experiment;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Paper Table 3: what each pretraining loss adds, to no pretraining at all.
 *
 * <p>The paper's numbers are of KuaiSAR, whose log contradicts the definitions of its own measures
 * (docs/DEPARTURES.md); and there the alignment has nothing to align, since that corpus has one
 * item channel. They stand beside ours as differences, not as levels.
 */
public final class Table3 {
  private static final Map<String, Double> PAPER =
      Map.of(
          Ablations.NONE,
          0.2738,
          "alignment alone",
          0.2832,
          "next pair alone",
          0.2813,
          "relevance alone",
          0.2754,
          "all three",
          0.2969);

  private Table3() {}

  /**
   * Computes the table from the runs of {@link Ablations#losses}.
   *
   * @param title what was trained, such as which targets
   * @throws IllegalArgumentException if the line without pretraining is missing
   */
  public static ModelTable of(
      String title, String corpus, List<Comparison.Line> lines, List<Long> seeds) {
    return ModelTable.of(
        new ModelTable.Heading(title, corpus, Ablations.NONE, "paper, KuaiSAR"),
        lines,
        seeds,
        Table3::paper);
  }

  private static OptionalDouble paper(String name) {
    Double value = PAPER.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
