package seminar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import seminar.experiment.ExplainedLife;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Run;
import seminar.measure.RankingReport;
import seminar.rank.Recommended;
import seminar.search.InterestModel;

/**
 * A model that a study has trained, and what one asks it. Users are numbered from 0, as in {@link
 * seminar.data.Histories}; where an id of the log is given, it is looked up.
 *
 * <pre>{@code
 * IO.println(model.ndcg(10));
 * model.recommend(7, 5).forEach(IO::println);
 * model.explain(7).heaviest(3).forEach(IO::println);
 * model.write(Path.of("my.model"));        // later: study.open(Path.of("my.model"))
 * }</pre>
 *
 * @param study the corpus and the candidates
 * @param trained the model, its ranks and the record of its run
 */
public record TrainedModel(Study study, RankingExperiment.Trained trained) {
  /** The model itself. */
  public InterestModel model() {
    return trained.model();
  }

  /** The record of the run: options, epochs, measures, times and what made it. */
  public Run run() {
    return trained.run();
  }

  /** Ranks of the held-out items among the frozen candidates. */
  public RankingReport rank() {
    return trained.report();
  }

  /** Mean NDCG of the held-out items among the first {@code k}. */
  public double ndcg(int k) {
    return rank().ndcg(k);
  }

  /**
   * The best of all items that the user has not met, after the whole life. Every call encodes the
   * catalogue; for many users take {@link RankingExperiment#ranker} once.
   *
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(int user, int k) {
    return Recommended.best(study.experiment().ranker(model()), study.corpus(), user, k);
  }

  /**
   * As {@link #recommend(int, int)}, by the id of the user in the log.
   *
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(String user, int k) {
    return recommend(study.corpus().user(user), k);
  }

  /**
   * Which events of the user's life led to the score of the held-out item.
   *
   * @throws IllegalArgumentException if there is no such user, or no item of theirs is held out
   */
  public ExplainedLife explain(int user) {
    int question = study.experiment().test().indexOf(user);
    return ExplainedLife.of(model(), study.corpus(), study.experiment().test(), question);
  }

  /**
   * As {@link #explain(int)}, by the id of the user in the log.
   *
   * @throws IllegalArgumentException if there is no such user, or no item of theirs is held out
   */
  public ExplainedLife explain(String user) {
    return explain(study.corpus().user(user));
  }

  /**
   * Keeps the model in a file, which is moved into place when it is whole: {@link Study#open} and
   * {@code ./seminar evaluate}, {@code index}, {@code search} and {@code explain} take it, with the
   * same corpus.
   *
   * @throws IOException if it cannot be written; an old file is then untouched
   */
  public void write(Path file) throws IOException {
    trained.write(file);
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(run().name(), rank());
  }
}
