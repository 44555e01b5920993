package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import seminar.experiment.ModelFile;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ResultTable;
import seminar.experiment.Setup;
import seminar.file.Progress;
import seminar.rank.FullRanking;
import seminar.rank.PlainRankers;
import seminar.rank.Ranker;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.rank.TwoStage;
import tech.tablesaw.api.Table;

/** What proposes items that a model then ranks ({@link TwoStage}). */
final class FirstStage {
  private static final int VALIDATION_REQUESTS = 1000;

  @Option(
      names = "--first-stage",
      paramLabel = "NAME",
      description =
          "Also ranks all items in two stages: popularity, transitions, neighbours or another"
              + " plain ranker, or the FILE of another model of this corpus, proposes some of all"
              + " items, and the model orders these.")
  private String first;

  @Option(
      names = "--propose",
      paramLabel = "N",
      defaultValue = "" + TwoStage.PROPOSED,
      description = "How many items the first stage proposes; default: ${DEFAULT-VALUE}.")
  private int propose;

  /** Whether two stages are asked for. */
  boolean isAsked() {
    return first != null;
  }

  /** How many items are proposed. */
  int proposed() {
    return propose;
  }

  /**
   * Checks the options before anything is opened.
   *
   * @throws IllegalArgumentException if there is no such ranker and no such file
   */
  void check() {
    if (propose < 1) {
      throw new IllegalArgumentException("--propose is %d: give at least 1".formatted(propose));
    }
    if (first != null && plain().isEmpty() && !Files.isRegularFile(Path.of(first))) {
      throw new IllegalArgumentException(
          "--first-stage %s is neither the file of a model nor one of %s"
              .formatted(
                  first,
                  Arrays.stream(PlainRankers.values())
                      .map(one -> one.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
  }

  private Optional<PlainRankers> plain() {
    return Arrays.stream(PlainRankers.values())
        .filter(one -> one.name().equalsIgnoreCase(first) || one.title().equalsIgnoreCase(first))
        .findFirst();
  }

  /**
   * What came out.
   *
   * @param rows measures of the first stage, the model, the pair and the mixture, by their names
   * @param weight of the first stage in the mixture, chosen on validation requests
   */
  record Result(Map<String, Map<String, Double>> rows, double weight) {
    /** As it is read. */
    Table table(int propose) {
      return ResultTable.numbers(
          "All items, of which the first stage proposes %d; weight of its score in the mixture %.1f"
              .formatted(propose, weight),
          "model",
          rows);
    }
  }

  /**
   * Ranks all items by each stage alone, by both, and by a mixture of their scores.
   *
   * @param name of the model in tables
   * @param seed of the plain ranker, if it draws anything
   * @throws IOException if the model of the first stage cannot be read
   */
  Result rank(
      RankingExperiment experiment,
      Setup setup,
      Ranker model,
      String name,
      long seed,
      Progress told)
      throws IOException {
    RankingForm all = setup.protocol().form().withAgainst(RankingForm.Against.ALL);
    RankingTask test = RankingTask.test(experiment.corpus(), experiment.split(), all, seed);
    Ranker proposing = proposing(experiment, setup, seed);
    TwoStage pair = new TwoStage(proposing, model, propose);
    RankingTask validation =
        RankingTask.validation(experiment.corpus(), experiment.split(), all, seed)
            .first(VALIDATION_REQUESTS);
    TwoStage mixed = pair.chosen(validation, TwoStage.WEIGHTS, told).pair();
    String stage = plain().map(PlainRankers::title).orElse(first);
    Map<String, Ranker> rankers = new LinkedHashMap<>();
    rankers.put(stage, proposing);
    rankers.put(name, model);
    rankers.put("%s after %s".formatted(name, stage), pair);
    rankers.put("%s mixed with %s".formatted(name, stage), mixed);
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (Map.Entry<String, Ranker> one : rankers.entrySet()) {
      FullRanking ranking =
          FullRanking.of(test, one.getValue(), experiment.corpus(), experiment.split(), told);
      rows.put(one.getKey(), measures(ranking));
    }
    return new Result(rows, mixed.weight());
  }

  private Ranker proposing(RankingExperiment experiment, Setup setup, long seed)
      throws IOException {
    Optional<PlainRankers> plain = plain();
    if (plain.isEmpty()) {
      ModelFile file =
          ModelFile.read(Path.of(first), ModelFile.Kind.MODEL, experiment.corpus())
              .on(setup.backend());
      return experiment.ranker(file.model(experiment));
    }
    return experiment.plain(plain.get(), seed);
  }

  private Map<String, Double> measures(FullRanking ranking) {
    Map<String, Double> measures = new LinkedHashMap<>();
    for (int k : List.of(10, 50)) {
      measures.put("HIT@" + k, ranking.report().hit(k));
    }
    measures.put("HIT@" + propose, ranking.report().hit(propose));
    measures.put("NDCG@10", ranking.report().ndcg(10));
    measures.put("MRR", ranking.report().mrr());
    measures.putAll(ranking.beyond().summary());
    return measures;
  }
}
