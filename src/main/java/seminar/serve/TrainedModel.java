package seminar.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.file.Sha256;
import seminar.rank.Ranker;
import seminar.rank.RankingTask;
import seminar.rank.Recommended;
import seminar.search.InterestModel;
import seminar.train.SideFeatures;
import seminar.train.TrainingRecord;

/**
 * A trained model in use: what to show a user, and why. Users are numbered from 0, as in {@link
 * seminar.data.Histories}; {@link Corpus#user} gives the number of an id of the log.
 *
 * @param model the model with the parameters of the epoch that was kept
 * @param corpus whose users are asked about
 * @param held the held-out items and their candidates
 * @param side features of each candidate, if the model reads any
 * @param training what was trained and how it went, as a file of the model says it
 */
public record TrainedModel(
    InterestModel model,
    Corpus corpus,
    RankingTask held,
    Optional<SideFeatures> side,
    TrainingRecord training) {
  /**
   * Ranks by the model's click logits, with every item and query encoded once; the model must not
   * learn while it is used.
   */
  public Ranker ranker() {
    return new ModelRanker(
        model.scorer(), corpus.histories(), model.options().sequenceLength(), side);
  }

  /**
   * The best of all items that the user has not met, after the whole history. Every call encodes
   * the catalogue; for many users give {@link #ranker} once to {@link Recommended#best}.
   *
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(int user, int k) {
    return Recommended.best(ranker(), corpus, user, k);
  }

  /**
   * What answers requests with this model, of any number of threads, and takes events, users and
   * items that come.
   *
   * @throws IllegalArgumentException as {@link Recommender#of}
   */
  public Recommender recommender() {
    return Recommender.of(model, corpus);
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
    return Recommender.open(model, Sha256.of(file), corpus, index);
  }

  /**
   * Which events of the user's history led to the score of the held-out item.
   *
   * @throws IllegalArgumentException if there is no such user, or no item of theirs is held out
   */
  public ExplainedHistory explain(int user) {
    return ExplainedHistory.of(model, corpus, held, held.indexOf(user));
  }

  /**
   * Keeps the model in a file, which is moved into place when it is whole.
   *
   * @throws IOException if it cannot be written; an old file is then untouched
   */
  public void write(Path file) throws IOException {
    training.write(file, model.parameters());
  }
}
