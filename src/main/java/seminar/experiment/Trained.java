package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import seminar.measure.RankingReport;
import seminar.rank.Recommended;
import seminar.search.InterestModel;
import seminar.serve.ExplainedHistory;
import seminar.serve.Recommender;
import seminar.serve.TrainedModel;

/**
 * A model that was trained or opened, with the record of its run, and what one asks it. Users are
 * numbered from 0, as in {@link seminar.data.Histories}; where an id of the log is given, it is
 * looked up.
 *
 * <pre>{@code
 * IO.println(model.ndcg(10));
 * model.recommend(7, 5).forEach(IO::println);
 * model.explain(7).heaviest(3).forEach(IO::println);
 * model.write(Path.of("my.model"));        // later: study.open(Path.of("my.model"))
 * }</pre>
 *
 * @param trained the model in use
 * @param run the record: options, epochs, ranks, times and what made it
 */
public record Trained(TrainedModel trained, Run run) {
  /** The model itself, with the parameters of the epoch that was kept. */
  public InterestModel model() {
    return trained.model();
  }

  /** Ranks of the held-out items among the frozen candidates. */
  public RankingReport rank() {
    return run.report();
  }

  /** Mean NDCG of the held-out items among the first {@code k}. */
  public double ndcg(int k) {
    return rank().ndcg(k);
  }

  /**
   * The best of all items that the user has not met ({@link TrainedModel#recommend}).
   *
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(int user, int k) {
    return trained.recommend(user, k);
  }

  /**
   * As {@link #recommend(int, int)}, by the id of the user in the log.
   *
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(String user, int k) {
    return recommend(trained.corpus().user(user), k);
  }

  /**
   * What answers requests with this model, also about people and items that came after training.
   *
   * @throws IllegalArgumentException as {@link Recommender#of}
   */
  public Recommender recommender() {
    return trained.recommender();
  }

  /**
   * The same with the indexes of a folder and its log of changes.
   *
   * @param file where this model is kept
   * @param index as {@code ./seminar index} made it of that file
   * @throws IOException as {@link Recommender#open}
   * @throws IllegalArgumentException as {@link Recommender#open}
   */
  public Recommender recommender(Path file, Path index) throws IOException {
    return trained.recommender(file, index);
  }

  /**
   * Which events of the user's history led to the score of the held-out item.
   *
   * @throws IllegalArgumentException if there is no such user, or no item of theirs is held out
   */
  public ExplainedHistory explain(int user) {
    return trained.explain(user);
  }

  /**
   * As {@link #explain(int)}, by the id of the user in the log.
   *
   * @throws IllegalArgumentException if there is no such user, or no item of theirs is held out
   */
  public ExplainedHistory explain(String user) {
    return explain(trained.corpus().user(user));
  }

  /**
   * Keeps the model in a file, for {@code Study.open}, {@link ModelFile} and {@code ./seminar
   * evaluate}, {@code index}, {@code search} and {@code explain}, with the same corpus.
   *
   * @throws IOException if it cannot be written; an old file is then untouched
   */
  public void write(Path file) throws IOException {
    trained.write(file);
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(run.name(), rank());
  }
}
