package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.experiment.ModelFile;
import seminar.experiment.Pretrained;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.experiment.Trained;
import seminar.feature.Features;
import seminar.file.Sha256;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.train.RunIdentity;
import tech.tablesaw.api.Table;

/** Trains GSU and ESU for clicks. */
@Command(
    name = "train",
    description =
        "Trains SEMINAR (GSU and ESU), or a peer of it, on a corpus, from a pretrained search unit"
            + " or from nothing.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} train --data my-corpus --psu my-unit.psu --out my.model",
      "  ${sys:seminar.invocation} train --recency 8 --data my-corpus --out recency.model"
    })
final class TrainCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A corpus, as 'corpus' or 'world' writes it.")
  private Path data;

  @Option(
      names = "--psu",
      paramLabel = "FILE",
      description = "A search unit, as 'pretrain' writes it, on the same corpus.")
  private Path psu;

  @Mixin private TrainingOutput output;
  @Mixin private SetupOptions options;
  @Mixin private BackendOption backend;

  @Override
  void run() throws IOException {
    Table table;
    try (Console console = Console.of(common.quiet)) {
      console.step("opening " + data, 0.05);
      Corpus corpus = CorpusFolder.read(data);
      Optional<ModelFile> unit =
          psu == null
              ? Optional.empty()
              : Optional.of(ModelFile.read(psu, ModelFile.Kind.UNIT, corpus));
      Setup setup = backend.of(setup(unit));
      BackendOption.tell(setup.backend(), console);
      output.check(setup.training().epochs());
      RankingExperiment experiment =
          new RankingExperiment(
              corpus, Features.of(corpus), Workers.common(), setup.protocol(), common.seed);
      RankingReport ranked = train(console, experiment, corpus, setup, unit).rank();
      table = EvaluateCommand.table(setup, experiment.popularity(), ranked);
    }
    print(TextTable.of(table), "Model: " + output.file());
  }

  private Trained train(
      Console console,
      RankingExperiment experiment,
      Corpus corpus,
      Setup setup,
      Optional<ModelFile> file)
      throws IOException {
    Map<String, String> source = file.isEmpty() ? Map.of() : Map.of("psu", Sha256.of(psu));
    RunIdentity run = ModelFile.identity(ModelFile.Kind.MODEL, setup, source, corpus);
    Optional<Pretrained> unit =
        file.isEmpty() ? Optional.empty() : Optional.of(file.get().unit(experiment));
    return output.tell(
        console,
        setup.training().epochs(),
        0.9,
        "ranking",
        listener ->
            experiment.train(
                EvaluateCommand.name(setup), setup, unit, listener, output.checkpoints(run)));
  }

  private Setup setup(Optional<ModelFile> unit) {
    return asked(
        () -> {
          options.checkForModel(unit.isPresent());
          return options.setup(
              SetupOptions.Stage.TRAINING, common.seed, unit.map(ModelFile::setup));
        });
  }
}
