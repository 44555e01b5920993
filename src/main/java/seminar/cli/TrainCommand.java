package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.Sha256;
import seminar.experiment.ModelFile;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.search.InterestModel;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.train.RunIdentity;

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
final class TrainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

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

  @Override
  public Integer call() throws IOException {
    RankingReport[] ranks = new RankingReport[2];
    String[] name = new String[1];
    try (Console console = Console.of(common.quiet)) {
      console.step("opening " + data, 0.05);
      Corpus corpus = CorpusFolder.read(data);
      Optional<ModelFile> unit =
          psu == null
              ? Optional.empty()
              : Optional.of(ModelFile.read(psu, ModelFile.Kind.UNIT, corpus));
      Setup setup = setup(unit);
      output.check(setup.training().epochs());
      name[0] = EvaluateCommand.name(setup);
      RankingExperiment experiment =
          new RankingExperiment(
              corpus, Features.of(corpus), Workers.common(), setup.protocol(), common.seed);
      InterestModel model = train(console, experiment, corpus, setup, unit);
      console.step("ranking", 0.05);
      ranks[0] = experiment.popularity();
      ranks[1] =
          experiment.rank(model, (what, at, total) -> console.at((double) at / Math.max(1, total)));
    }
    say(name[0], ranks);
    return 0;
  }

  private InterestModel train(
      Console console,
      RankingExperiment experiment,
      Corpus corpus,
      Setup setup,
      Optional<ModelFile> unit)
      throws IOException {
    Map<String, String> source = unit.isEmpty() ? Map.of() : Map.of("psu", Sha256.of(psu));
    RunIdentity run = ModelFile.identity(ModelFile.Kind.MODEL, setup, source, corpus);
    Map<String, float[]> weights = unit.map(file -> file.weights().values()).orElse(Map.of());
    InterestModel[] model = new InterestModel[1];
    output.tell(
        console,
        setup.training().epochs(),
        0.9,
        listener -> model[0] = experiment.train(setup, weights, listener, output.checkpoints(run)));
    return model[0];
  }

  private Setup setup(Optional<ModelFile> unit) {
    try {
      options.checkForModel(unit.isPresent());
      Setup setup = options.setup(common.seed, unit.map(ModelFile::setup));
      return setup.withTraining(options.training(setup.training(), common.seed));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void say(String name, RankingReport[] ranks) {
    spec.commandLine().getOut().println(TextTable.of(EvaluateCommand.table(name, ranks)));
    spec.commandLine().getOut().println("Model: " + output.file());
    spec.commandLine().getOut().flush();
  }
}
