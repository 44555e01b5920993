package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.TestMode;
import seminar.experiment.ModelFile;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ResultTable;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.file.Sha256;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.rank.RankingForm;
import seminar.search.InterestModel;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import tech.tablesaw.api.Table;

/** Measures a trained model. */
@Command(
    name = "evaluate",
    description =
        "Ranks each user's held-out item among frozen candidates with a trained model, beside"
            + " popularity.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer =
        "  ${sys:seminar.invocation} evaluate --data my-corpus --model my.model --out result.json")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The corpus that the model was trained on.")
  private Path data;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A model, as 'train' writes it.")
  private Path model;

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "The query beside each candidate: recommendation, search or pair; default: as in"
              + " training.")
  private TestMode mode;

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description =
          "The other candidates: uniform, popular, given or all; default: as in training.")
  private RankingForm.Against against;

  @Mixin private BackendOption backend;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also writes measures, options and provenance as JSON.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      OutputFolder.forFile(out, "--out");
    }
    RankingReport[] ranks = new RankingReport[2];
    String[] name = new String[1];
    try (Console console = Console.of(common.quiet)) {
      console.step("opening " + data, 0.2);
      Corpus corpus = CorpusFolder.read(data);
      ModelFile file = ModelFile.read(model, ModelFile.Kind.MODEL, corpus);
      Setup setup = backend.of(judged(file.setup()));
      BackendOption.tell(setup.backend(), console);
      RankingExperiment experiment =
          new RankingExperiment(
              corpus, Features.of(corpus), Workers.common(), setup.protocol(), common.seed);
      name[0] = name(setup);
      InterestModel restored = file.on(setup.backend()).model(experiment);
      console.step("ranking %,d users".formatted(experiment.test().positives()), 0.8);
      ranks[0] = experiment.popularity();
      ranks[1] =
          experiment.rank(
              restored, (what, at, total) -> console.at((double) at / Math.max(1, total)));
      if (out != null) {
        write(file, setup, experiment, ranks);
      }
    }
    spec.commandLine().getOut().println(TextTable.of(table(name[0], ranks)));
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The setup of the model with what is to be ranked now. */
  private Setup judged(Setup setup) {
    RankingForm form = setup.protocol().form();
    form = form.withMode(mode == null ? form.mode() : mode);
    return setup.withProtocol(
        setup.protocol().withForm(form.withAgainst(against == null ? form.against() : against)));
  }

  private void write(
      ModelFile file, Setup setup, RankingExperiment experiment, RankingReport[] ranks)
      throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", Map.of("sha256", Sha256.of(model), "epochs", file.epochs()));
    result.put("setup", setup);
    result.put("corpus", experiment.corpusOf());
    result.put("seedOfNegatives", common.seed);
    result.put("users", ranks[1].positives());
    result.put("popularity", ranks[0].summary());
    result.put("test", ranks[1].summary());
    result.put("made", Provenance.here(Workers.common().threads()).on(setup.backend()));
    Json.writePretty(out, result);
  }

  /** What a model of this setup is called in tables. */
  static String name(Setup setup) {
    return setup.method().kind().name().replace('_', ' ');
  }

  /** Popularity first, then the model. */
  static Table table(String model, RankingReport[] ranks) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    rows.put("popularity", ranks[0].summary());
    rows.put(model, ranks[1].summary());
    String title =
        "Held-out items among frozen candidates, %,d users".formatted(ranks[1].positives());
    return ResultTable.rankings(title, rows);
  }
}
