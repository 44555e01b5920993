package seminar.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import seminar.file.Progress;
import seminar.file.Sha256;
import seminar.search.InterestModel;
import seminar.serve.SearchKind;
import seminar.serve.SearchedRanking;
import tech.tablesaw.api.Table;

/**
 * A trained model that ranks under several searches in place of its own choice. The record is a
 * file, and the model another beside it: what is missing of the two is made.
 *
 * @param name the model
 * @param identity what it depends on
 * @param model SHA-256 of its file
 * @param length L
 * @param topK K
 * @param requests how many were ranked
 * @param ndcg10 NDCG@10 by the model's own choice
 * @param searches in the order in which they were asked for, the exact one first
 */
public record ServedRun(
    String name,
    Run.Identity identity,
    String model,
    int length,
    int topK,
    int requests,
    double ndcg10,
    List<SearchCost> searches)
    implements RunFolder.Kept {

  /** Copies the list. */
  public ServedRun {
    searches = List.copyOf(searches);
  }

  /** Is told how far a run is. */
  public interface Listener {
    /** How much of the training is done, 0 to 1. */
    DoubleConsumer training();

    /** Ranking begins. */
    Progress ranking();
  }

  /**
   * The run of a contender, from files as far as they are there.
   *
   * @param seed of its training, of codebooks and of all else that is drawn
   * @param kinds the searches; the exact one is among them always
   * @param requests how many test requests are ranked, the first ones; all if there are no more
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if it cannot be trained on this corpus
   */
  public static ServedRun of(
      RankingExperiment experiment,
      Contender contender,
      long seed,
      List<SearchKind> kinds,
      int requests,
      Path folder,
      Listener listener)
      throws IOException {
    List<SearchKind> all = SearchCost.withExact(kinds);
    Run.Identity identity = experiment.origin().of(contender, seed);
    Path file = folder.resolve(RunFolder.fileName(contender.name(), identity) + ".model");
    RunFolder runs = new RunFolder(folder);
    Optional<ServedRun> kept = runs.find(contender.name(), identity, ServedRun.class);
    int ranked = Math.min(requests, experiment.test().positives());
    if (kept.isPresent() && kept.get().has(all, ranked) && Files.exists(file)) {
      return kept.get();
    }
    InterestModel model = model(experiment, contender, seed, file, listener);
    SearchedRanking.Result result = experiment.search(model, all, ranked, seed, listener.ranking());
    ServedRun run =
        new ServedRun(
            contender.name(),
            identity,
            Sha256.of(file),
            model.options().sequenceLength(),
            model.options().topK(),
            ranked,
            result.own().ndcg(10),
            SearchCost.of(result));
    runs.add(run);
    return run;
  }

  private boolean has(List<SearchKind> kinds, int ranked) {
    return requests == ranked
        && kinds.stream()
            .map(SearchKind::toString)
            .toList()
            .equals(searches.stream().map(SearchCost::search).toList());
  }

  private static InterestModel model(
      RankingExperiment experiment, Contender contender, long seed, Path file, Listener listener)
      throws IOException {
    if (Files.exists(file)) {
      return ModelFile.read(file, ModelFile.Kind.MODEL, experiment.corpus()).model(experiment);
    }
    Trained trained = experiment.run(contender, seed, listener.training());
    Files.createDirectories(file.getParent());
    trained.write(file);
    return trained.model();
  }

  /** Whether a run would have to be trained. */
  public static boolean isTrained(
      RankingExperiment experiment, Contender contender, long seed, Path folder) {
    Run.Identity identity = experiment.origin().of(contender, seed);
    return Files.exists(folder.resolve(RunFolder.fileName(contender.name(), identity) + ".model"));
  }

  /** All searches of some runs as a table. */
  public static Table table(String title, List<ServedRun> runs) {
    Table table = SearchCost.columns(title, "L");
    for (ServedRun run : runs) {
      run.searches.forEach(search -> search.add(table, Integer.toString(run.length)));
    }
    return table;
  }
}
