package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import seminar.experiment.ModelFile;
import seminar.experiment.Pretrained;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.train.RunIdentity;
import seminar.train.TrainListener;

/** Pretrains the search unit on a corpus. */
@Command(
    name = "pretrain",
    description = "Pretrains the search unit (PSU) on a corpus with its three losses.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} pretrain --data my-corpus --out my-unit.psu",
      "  ${sys:seminar.invocation} pretrain --losses 0,1,0 --epochs 2 --data my-corpus --out"
          + " aligned.psu"
    })
final class PretrainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A corpus, as 'corpus' or 'world' writes it.")
  private Path data;

  @Mixin private TrainingOutput output;
  @Mixin private SetupOptions options;
  @Mixin private BackendOption backend;

  @Override
  public Integer call() throws IOException {
    Setup setup = backend.of(setup());
    output.check(setup.pretraining().epochs());
    Pretrained done;
    try (Console console = Console.of(common.quiet)) {
      BackendOption.tell(setup.backend(), console);
      console.step("opening " + data, 0.05);
      Corpus corpus = CorpusFolder.read(data);
      RankingExperiment experiment =
          new RankingExperiment(
              corpus, Features.of(corpus), Workers.common(), setup.protocol(), common.seed);
      RunIdentity run = ModelFile.identity(ModelFile.Kind.UNIT, setup, Map.of(), corpus);
      done =
          output.tell(
              console,
              setup.pretraining().epochs(),
              0.95,
              "",
              listener -> experiment.pretrain(setup, listener, output.checkpoints(run)));
    }
    say(done.epochs());
    return 0;
  }

  private Setup setup() {
    try {
      return options.setup(SetupOptions.Stage.PRETRAINING, common.seed, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void say(List<TrainListener.Epoch> epochs) {
    spec.commandLine().getOut().println(TextTable.of(EpochTable.of("Pretraining", epochs)));
    spec.commandLine().getOut().println("Search unit: " + output.file());
    spec.commandLine().getOut().flush();
  }
}
