package seminar.paper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import seminar.figure.Fig2NormRecall;
import seminar.file.Json;
import seminar.file.Progress;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.recall.NormRecall;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Result;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/**
 * Paper Figure 2 at both settings: its first panel, or all, which are three laws of norms and
 * weights at three lengths. Of those each finished panel is a file, so that a run that was cut off
 * goes on where it stopped.
 */
final class NormRecallJob {
  static final List<Integer> LENGTHS = List.of(2000, 5000, 10_000);
  private static final List<Options> SETTINGS = List.of(Options.script(), Options.printed());

  /**
   * What all panels compare. Residual codes are left out: the released evaluation learns codebooks
   * from the history that is searched, and theirs are large enough to have memorised it.
   */
  private static final List<Method> METHODS =
      List.of(
          Method.PQ_SYMMETRIC,
          Method.PQ_ASYMMETRIC,
          Method.FUSED_ASYMMETRIC,
          Method.FUSED_REFINED,
          Method.HNSW_L2,
          Method.LSH);

  /** What a panel of the printed setting costs, for one of the script's. */
  private static final double PRINTED_COST = 1.7;

  /** What the same panel with other weights costs, for one of the first: no graph is built. */
  private static final double WEIGHTS_COST = 0.2;

  /** What an event of such a panel takes on two cores. */
  private static final double SECONDS = 3e-4;

  private final Reproduction.Plan plan;
  private final Console console;
  private final List<Integer> lengths;
  private final Provenance here = Provenance.here(Workers.common().threads());

  /**
   * A panel and what made it.
   *
   * @param result recall of each method
   * @param made code and machine
   */
  record Panel(Result result, Provenance made) {}

  /**
   * A job.
   *
   * @param lengths L of all panels; {@link #LENGTHS} in the paper
   */
  NormRecallJob(Reproduction.Plan plan, Console console, List<Integer> lengths) {
    this.plan = plan;
    this.console = console;
    this.lengths = lengths;
  }

  /** Writes {@code fig2_norm_recall.png} with its twin: the first panel at both settings. */
  List<Table> first() throws IOException {
    console.step("retrieval", 1);
    List<Result> panels = new ArrayList<>();
    for (Options setting : SETTINGS) {
      Options sized =
          setting.withSequences(plan.size().sequences().getFirst()).withSeed(plan.seed());
      double done = panels.size() / (double) SETTINGS.size();
      Progress part =
          (what, at, total) ->
              console.at(done + (double) at / Math.max(1, total) / SETTINGS.size());
      panels.add(NormRecall.run(sized, Workers.common(), part));
    }
    Path png = plan.out().resolve("fig2_norm_recall.png");
    Fig2NormRecall.draw(panels, SETTINGS.size(), png, made(List.of(here)));
    return List.of();
  }

  private Map<String, Object> made(List<Provenance> by) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", by.size() == 1 ? by.getFirst() : by);
    return made;
  }

  /** Writes {@code fig2_script.png} and {@code fig2_printed.png} with their twins. */
  List<Table> all() throws IOException {
    List<List<Options>> missing = missing();
    double cost = missing.stream().mapToDouble(NormRecallJob::cost).sum();
    for (List<Options> panels : missing) {
      console.step(name(panels), 0.95 * cost(panels) / cost);
      compute(panels);
    }
    for (Options setting : SETTINGS) {
      List<Panel> panels = new ArrayList<>();
      for (Options panel : panels(setting)) {
        panels.add(done(panel).orElseThrow());
      }
      List<Provenance> by = panels.stream().map(Panel::made).distinct().toList();
      remark(by);
      Path png = plan.out().resolve("fig2_" + setting.setting() + ".png");
      List<Result> results = panels.stream().map(Panel::result).toList();
      Fig2NormRecall.draw(results, lengths.size(), png, made(by));
    }
    return List.of();
  }

  /** Says so where several versions of the code made the panels. */
  private void remark(List<Provenance> by) {
    List<String> commits = by.stream().map(Provenance::commit).distinct().toList();
    if (commits.size() > 1) {
      console.remark(
          "panels of several versions of the code stand side by side (%s); remove %s to compute"
                  .formatted(String.join(", ", commits), folder())
              + " all anew");
    }
  }

  /** Row by row: same norms and weights, different norms, different weights. */
  private List<Options> panels(Options setting) {
    List<Options> panels = new ArrayList<>();
    panels.addAll(row(setting, NormLaw.SAME, Options.EQUAL));
    panels.addAll(row(setting, NormLaw.DIFFERENT, Options.EQUAL));
    panels.addAll(row(setting, NormLaw.SAME, Options.RISING));
    return panels;
  }

  private List<Options> row(Options setting, NormLaw norms, List<Double> weights) {
    List<Integer> sequences = plan.size().sequences();
    List<Options> row = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      row.add(
          setting
              .withMethods(METHODS)
              .withSequences(sequences.get(Math.min(i, sequences.size() - 1)))
              .withSeed(plan.seed())
              .panel(lengths.get(i), norms, weights));
    }
    return row;
  }

  /** About how long {@link #all} takes on two cores: panels that are done take no time. */
  double seconds() throws IOException {
    return SECONDS * missing().stream().mapToDouble(NormRecallJob::cost).sum();
  }

  /** Panels that are still to be computed, those together that share graphs. */
  private List<List<Options>> missing() throws IOException {
    List<List<Options>> missing = new ArrayList<>();
    for (Options setting : SETTINGS) {
      List<Options> panels = new ArrayList<>();
      for (Options panel : panels(setting)) {
        if (done(panel).isEmpty()) {
          panels.add(panel);
        }
      }
      missing.addAll(alike(panels));
    }
    return missing;
  }

  /** Panels that differ in weights alone come together. */
  private static Collection<List<Options>> alike(List<Options> panels) {
    return panels.stream()
        .collect(
            Collectors.groupingBy(
                panel -> panel.withWeights(Options.EQUAL), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** How long panels take together, in events of a panel of the script's setting. */
  private static double cost(List<Options> panels) {
    Options first = panels.getFirst();
    double setting = first.setting().equals(Options.script().setting()) ? 1 : PRINTED_COST;
    double weights = 1 + WEIGHTS_COST * (panels.size() - 1);
    return setting * weights * first.sequences() * first.sequenceLength();
  }

  private static String name(List<Options> panels) {
    Options first = panels.getFirst();
    return "%s, L = %d, %s norms, %s weights"
        .formatted(
            first.setting(),
            first.sequenceLength(),
            first.norms().name().toLowerCase(Locale.ROOT),
            panels.stream().map(NormRecallJob::weights).collect(Collectors.joining(" and ")));
  }

  private static String weights(Options options) {
    return options.weights().equals(Options.RISING) ? "rising" : "same";
  }

  private Path folder() {
    return plan.out().resolve("runs").resolve("fig2");
  }

  private Path file(Options options) {
    return folder().resolve(name(List.of(options)).replaceAll("[^a-z0-9]+", "-") + ".json");
  }

  /** The panel, if a file has it with the same options and version of the code. */
  private Optional<Panel> done(Options options) throws IOException {
    Path file = file(options);
    return Files.exists(file)
        ? Optional.of(Json.read(file, Panel.class, "remove it to compute it anew"))
            .filter(panel -> panel.result().options().equals(options))
            .filter(panel -> panel.made().version().equals(here.version()))
        : Optional.empty();
  }

  private void compute(List<Options> panels) throws IOException {
    for (Result result : NormRecall.run(panels, Workers.common(), console)) {
      Json.write(file(result.options()), new Panel(result, here));
    }
  }
}
