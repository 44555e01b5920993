package seminar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import seminar.data.AtomicFiles;
import seminar.data.Progress;
import seminar.experiment.NormRecall;
import seminar.experiment.NormRecall.Method;
import seminar.experiment.NormRecall.NormLaw;
import seminar.experiment.NormRecall.Options;
import seminar.experiment.NormRecall.Result;
import seminar.experiment.Provenance;
import seminar.figure.Fig2NormRecall;
import seminar.math.Workers;

/**
 * Every panel of paper Figure 2 at both settings: three laws of norms and weights, three lengths.
 * Each finished panel is a file, so a run that was cut off goes on where it stopped.
 */
final class RecallGridJob {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Integer> LENGTHS = List.of(2000, 5000, 10_000);
  private static final List<Method> METHODS =
      List.of(
          Method.PQ_SYMMETRIC,
          Method.PQ_ASYMMETRIC,
          Method.FUSED_ASYMMETRIC,
          Method.FUSED_REFINED,
          Method.HNSW_L2,
          Method.LSH,
          Method.RESIDUAL);

  /** What a panel of the printed setting costs, for one of the script's. */
  private static final double PRINTED_COST = 2;

  private final Reproduction.Plan plan;
  private final Console console;
  private double cost;

  RecallGridJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /** Writes {@code fig2_script.png} and {@code fig2_printed.png} with their twins. */
  void run() throws IOException {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", Provenance.here(Workers.common().threads()));
    List<Options> all = new ArrayList<>(panels(Options.script()));
    all.addAll(panels(Options.printed()));
    for (Options panel : all) {
      cost += done(panel).isPresent() ? 0 : cost(panel);
    }
    for (Options setting : List.of(Options.script(), Options.printed())) {
      List<Result> panels = new ArrayList<>();
      for (Options panel : panels(setting)) {
        panels.add(panel(panel));
      }
      Path png = plan.out().resolve("fig2_" + setting.setting() + ".png");
      Fig2NormRecall.draw(panels, LENGTHS.size(), png, made);
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
    for (int i = 0; i < LENGTHS.size(); i++) {
      row.add(
          setting
              .comparing(METHODS)
              .repeated(sequences.get(Math.min(i, sequences.size() - 1)), plan.seed())
              .panel(LENGTHS.get(i), norms, weights));
    }
    return row;
  }

  /** How long a panel takes, in no unit: graphs and codebooks take as long as there are events. */
  private static double cost(Options options) {
    double setting = options.setting().equals(Options.script().setting()) ? 1 : PRINTED_COST;
    return setting * options.sequences() * options.sequenceLength();
  }

  private static String name(Options options) {
    boolean rising = options.weights().equals(Options.RISING);
    return "%s, L = %d, %s norms, %s weights"
        .formatted(
            options.setting(),
            options.sequenceLength(),
            options.norms().name().toLowerCase(Locale.ROOT),
            rising ? "rising" : "same");
  }

  private Path file(Options options) {
    return plan.out()
        .resolve("runs")
        .resolve("fig2")
        .resolve(name(options).replaceAll("[^a-z0-9]+", "-") + ".json");
  }

  /** The panel, if a file has it with the same options. */
  private Optional<Result> done(Options options) throws IOException {
    Path file = file(options);
    return Files.exists(file)
        ? Optional.of(read(file)).filter(result -> result.options().equals(options))
        : Optional.empty();
  }

  private Result panel(Options options) throws IOException {
    Optional<Result> done = done(options);
    if (done.isPresent()) {
      return done.get();
    }
    console.step(name(options), 0.95 * cost(options) / cost);
    Progress progress = (what, at, total) -> console.at((double) at / Math.max(1, total));
    Result result = NormRecall.run(options, Workers.common(), progress);
    AtomicFiles.write(file(options), JSON.writeValueAsBytes(result));
    return result;
  }

  private static Result read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), Result.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a panel that can be read (%s): remove it to compute it anew"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
