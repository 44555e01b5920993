package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

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
final class PretrainCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

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
  void run() throws IOException {
    SetupOptions.Stage stage = SetupOptions.Stage.PRETRAINING;
    Setup setup = backend.of(asked(() -> options.setup(stage, common.seed, Optional.empty())));
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
    print(TextTable.of(table(done.epochs())), "Search unit: " + output.file());
  }

  /** The epochs as a table: loss, its terms, validation, and which one is kept. */
  private static Table table(List<TrainListener.Epoch> epochs) {
    Table table = Table.create("Pretraining");
    table.addColumns(
        IntColumn.create("epoch", epochs.stream().mapToInt(TrainListener.Epoch::epoch).toArray()),
        TextTable.column("loss", epochs, epoch -> number(epoch.loss())));
    Set<String> terms = new LinkedHashSet<>();
    epochs.forEach(epoch -> terms.addAll(epoch.terms().keySet()));
    for (String term : terms.size() > 1 ? terms : Set.<String>of()) {
      table.addColumns(TextTable.column(term, epochs, epoch -> number(epoch.terms().get(term))));
    }
    return table.addColumns(
        TextTable.column("NDCG@10", epochs, epoch -> number(epoch.validation())),
        TextTable.column("best so far", epochs, epoch -> epoch.best() ? "*" : ""));
  }

  private static String number(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
