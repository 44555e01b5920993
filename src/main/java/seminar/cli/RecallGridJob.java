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

  private final Reproduction.Plan plan;
  private final Console console;

  RecallGridJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /** Writes {@code fig2_script.png} and {@code fig2_printed.png} with their twins. */
  void run() throws IOException {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", Provenance.here(Workers.common().threads()));
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
    Options sized = setting.comparing(METHODS).repeated(plan.size().sequences(), plan.seed());
    List<Options> panels = new ArrayList<>();
    LENGTHS.forEach(length -> panels.add(sized.panel(length, NormLaw.SAME, Options.EQUAL)));
    LENGTHS.forEach(length -> panels.add(sized.panel(length, NormLaw.DIFFERENT, Options.EQUAL)));
    LENGTHS.forEach(length -> panels.add(sized.panel(length, NormLaw.SAME, Options.RISING)));
    return panels;
  }

  private Result panel(Options options) throws IOException {
    boolean rising = options.weights().equals(Options.RISING);
    String name =
        "%s, L = %d, %s norms, %s weights"
            .formatted(
                options.setting(),
                options.sequenceLength(),
                options.norms().name().toLowerCase(Locale.ROOT),
                rising ? "rising" : "same");
    console.step(name, options.sequenceLength() / 17_000.0 / 6);
    Path file =
        plan.out()
            .resolve("runs")
            .resolve("fig2")
            .resolve(name.replaceAll("[^a-z0-9]+", "-") + ".json");
    if (Files.exists(file)) {
      Result done = read(file);
      if (done.options().equals(options)) {
        return done;
      }
    }
    Progress progress = (what, at, total) -> console.at((double) at / Math.max(1, total));
    Result result = NormRecall.run(options, Workers.common(), progress);
    AtomicFiles.write(file, JSON.writeValueAsBytes(result));
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
