package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.TestMode;
import seminar.experiment.ModelFile;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ResultTable;
import seminar.experiment.SearchCost;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.file.Sha256;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.AttentionOptions;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.serve.SearchKind;
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
      split = ",",
      paramLabel = "NAME",
      description =
          "The query beside each candidate: recommendation, search or pair; default: as in"
              + " training. Several are separated by commas, each with a table of its own.")
  private List<TestMode> modes = List.of();

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

  @Option(
      names = "--search",
      split = ",",
      paramLabel = "NAME",
      description =
          "Also ranks with events that a search finds in place of the exact choice of each head:"
              + " ${COMPLETION-CANDIDATES}; several are separated by commas.")
  private List<SearchKind> searches = List.of();

  @Mixin private FirstStage firstStage;
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
    asked(
        () -> {
          firstStage.check();
          return firstStage;
        });
    Table table;
    Optional<FirstStage.Result> stages = Optional.empty();
    Map<TestMode, RankingReport> others = new LinkedHashMap<>();
    List<SearchCost> costs = List.of();
    int topK = 0;
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
      checkSearches(setup);
      topK = setup.model().topK();
      InterestModel restored = file.on(setup.backend()).model(experiment);
      int requests = experiment.test().positives();
      console.step(
          "ranking %,d requests".formatted(requests),
          searches.isEmpty() && !firstStage.isAsked() ? 0.8 : 0.1);
      RankingReport popularity = experiment.popularity();
      RankingReport ranked = experiment.rank(restored, console);
      for (TestMode other : modes.stream().skip(1).toList()) {
        RankingForm form = setup.protocol().form().withMode(other);
        RankingTask task = RankingTask.test(corpus, experiment.split(), form, common.seed);
        others.put(other, task.rank(experiment.ranker(restored), console));
      }
      if (!searches.isEmpty()) {
        List<SearchKind> kinds = SearchCost.withExact(searches);
        console.step("%,d requests under %d searches".formatted(requests, kinds.size()), 0.7);
        costs = SearchCost.of(experiment.search(restored, kinds, requests, common.seed, console));
      }
      if (firstStage.isAsked()) {
        console.step("all items, two stages", 0.5);
        stages =
            Optional.of(
                firstStage.rank(
                    experiment,
                    setup,
                    experiment.ranker(restored),
                    name(setup),
                    common.seed,
                    console));
      }
      if (out != null) {
        write(file, trainedLength, setup, experiment, popularity, ranked, others, costs, stages);
      }
      table = table(setup, popularity, ranked);
      if (length != null) {
        lengths =
            "Ranked by the latest %,d events of a history, trained with the latest %,d"
                .formatted(length, trainedLength);
      }
    }
    print(TextTable.of(table));
    others.forEach((other, ranked) -> print("", title(other, ranked), TextTable.of(table(ranked))));
    if (!costs.isEmpty()) {
      String title =
          "Events that a search finds in place of each head's exact choice, K = %d".formatted(topK);
      print("", TextTable.of(SearchCost.table(title, costs)));
    }
    if (stages.isPresent()) {
      Table two = stages.get().table(firstStage.proposed());
      print("", two.name(), TextTable.of(two));
    }
    if (!lengths.isEmpty()) {
      print(lengths);
    }
  }

  private void checkSearches(Setup setup) {
    if (searches.isEmpty()) {
      return;
    }
    if (!setup.method().choosesByAttention()
        || setup.model().attention().padding() != AttentionOptions.Padding.NONE) {
      throw wrong(
          "--search: the heads of %s do not choose among events by scores of their own%s; ask SEMINAR or TWIN without pads"
              .formatted(
                  name(setup), setup.method().choosesByAttention() ? " alone, but pads too" : ""));
    }
    if (setup.protocol().form().against() == RankingForm.Against.ALL) {
      throw wrong(
          "--search: among all items each would be searched for in each history; rank against"
              + " uniform, popular or given candidates");
    }
  }

  /** The setup of the model with what is to be ranked now. */
  private Setup judged(Setup setup) {
    RankingForm form = setup.protocol().form();
    form = form.withMode(modes.isEmpty() ? form.mode() : modes.getFirst());
    return setup.withProtocol(
        setup.protocol().withForm(form.withAgainst(against == null ? form.against() : against)));
  }

  private void write(
      ModelFile file,
      int trainedLength,
      Setup setup,
      RankingExperiment experiment,
      RankingReport popularity,
      RankingReport ranked,
      Map<TestMode, RankingReport> others,
      List<SearchCost> costs,
      Optional<FirstStage.Result> stages)
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
    if (!others.isEmpty()) {
      Map<TestMode, Object> more = new LinkedHashMap<>();
      others.forEach(
          (other, report) ->
              more.put(other, Map.of("users", report.positives(), "test", report.summary())));
      result.put("otherModes", more);
    }
    if (!costs.isEmpty()) {
      result.put("searches", costs);
    }
    stages.ifPresent(
        two -> {
          result.put("proposed", firstStage.proposed());
          result.put("weightOfFirstStage", two.weight());
          result.put("twoStages", two.rows());
        });
    result.put("made", Provenance.here(Workers.common().threads()).on(setup.backend()));
    Json.writePretty(out, result);
  }

  /** What a model of this setup is called in tables. */
  static String name(Setup setup) {
    return setup.method().kind().title();
  }

  private static String title(TestMode mode, RankingReport ranked) {
    return "In mode %s, %,d requests:"
        .formatted(mode.name().toLowerCase(Locale.ROOT), ranked.positives());
  }

  private static Table table(RankingReport ranked) {
    return ResultTable.rankings("The same in another mode", Map.of("model", ranked.summary()));
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
