package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
final class EvaluateCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

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

  @Option(
      names = "--length",
      paramLabel = "L",
      description =
          "The latest events of a history that a request sees, if not as many as in training; K"
              + " stays.")
  private Integer length;

  @Mixin private BackendOption backend;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also writes measures, options and provenance as JSON.")
  private Path out;

  @Override
  void run() throws IOException {
    if (out != null) {
      OutputFolder.forFile(out, "--out");
    }
    Table table;
    String lengths = "";
    try (Console console = Console.of(common.quiet)) {
      console.step("opening " + data, 0.2);
      Corpus corpus = CorpusFolder.read(data);
      ModelFile trained = ModelFile.read(model, ModelFile.Kind.MODEL, corpus);
      ModelFile file = length == null ? trained : asked(() -> trained.withLength(length));
      int trainedLength = trained.setup().model().sequenceLength();
      Setup setup = backend.of(judged(file.setup()));
      BackendOption.tell(setup.backend(), console);
      RankingExperiment experiment =
          new RankingExperiment(
              corpus, Features.of(corpus), Workers.common(), setup.protocol(), common.seed);
      InterestModel restored = file.on(setup.backend()).model(experiment);
      console.step("ranking %,d requests".formatted(experiment.test().positives()), 0.8);
      RankingReport popularity = experiment.popularity();
      RankingReport ranked = experiment.rank(restored, console);
      if (out != null) {
        write(file, trainedLength, setup, experiment, popularity, ranked);
      }
      table = table(setup, popularity, ranked);
      if (length != null) {
        lengths =
            "Ranked by the latest %,d events of a history, trained with the latest %,d"
                .formatted(length, trainedLength);
      }
    }
    print(TextTable.of(table));
    if (!lengths.isEmpty()) {
      print(lengths);
    }
  }

  /** The setup of the model with what is to be ranked now. */
  private Setup judged(Setup setup) {
    RankingForm form = setup.protocol().form();
    form = form.withMode(mode == null ? form.mode() : mode);
    return setup.withProtocol(
        setup.protocol().withForm(form.withAgainst(against == null ? form.against() : against)));
  }

  private void write(
      ModelFile file,
      int trainedLength,
      Setup setup,
      RankingExperiment experiment,
      RankingReport popularity,
      RankingReport ranked)
      throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    Map<String, Object> judged = new LinkedHashMap<>();
    judged.put("sha256", Sha256.of(model));
    judged.put("epochs", file.epochs());
    result.put("model", judged);
    if (length != null) {
      result.put("length", Map.of("trained", trainedLength, "ranked", length));
    }
    result.put("setup", setup);
    result.put("corpus", experiment.corpusOf());
    result.put("seedOfNegatives", common.seed);
    result.put("users", ranked.positives());
    result.put("popularity", popularity.summary());
    result.put("test", ranked.summary());
    result.put("made", Provenance.here(Workers.common().threads()).on(setup.backend()));
    Json.writePretty(out, result);
  }

  /** What a model of this setup is called in tables. */
  static String name(Setup setup) {
    return setup.method().kind().name().replace('_', ' ');
  }

  /** Popularity first, then the model of the setup. */
  static Table table(Setup setup, RankingReport popularity, RankingReport ranked) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    rows.put("popularity", popularity.summary());
    rows.put(name(setup), ranked.summary());
    String title =
        "Held-out items among frozen candidates, %,d requests".formatted(ranked.positives());
    return ResultTable.rankings(title, rows);
  }
}
