package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seminar.file.Progress;
import seminar.math.Stopwatch;
import seminar.measure.Place;
import seminar.measure.RankingReport;
import seminar.rank.Ranker;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;

/**
 * What is measured of a model once it is trained, beside its {@link Run}: the time of a request,
 * and its ranks among all items. As a file it spares the training.
 *
 * @param name the model
 * @param identity what it depends on
 * @param milliseconds of a request with its candidates, items encoded before
 * @param timed how many requests were timed
 * @param among how many requests were ranked among all items
 * @param users [among] user of each of them
 * @param first best place of the positive, from 0
 * @param last worst place
 */
public record LengthMeasure(
    String name,
    Run.Identity identity,
    double milliseconds,
    int timed,
    int among,
    int[] users,
    int[] first,
    int[] last)
    implements RunFolder.Kept {
  /** Requests that are timed. */
  private static final int TIMED = 128;

  /**
   * Measures a model and keeps that.
   *
   * @param requests how many of the first test requests are ranked among all items
   * @throws IOException if the file cannot be written
   */
  public static void keep(
      RankingExperiment experiment,
      Contender contender,
      long seed,
      InterestModel model,
      int requests,
      Path folder)
      throws IOException {
    Ranker ranker = experiment.ranker(model);
    RankingTask timed = experiment.test().first(TIMED);
    timed.rank(ranker, Progress.silent()); // encodes items, warms up
    Stopwatch start = Stopwatch.started();
    timed.rank(ranker, Progress.silent());
    double milliseconds = 1000 * start.seconds() / timed.positives();
    List<Integer> users = List.of();
    List<Place> places = List.of();
    if (requests > 0) {
      RankingForm form = experiment.test().form().withAgainst(RankingForm.Against.ALL);
      RankingReport report =
          RankingTask.test(experiment.corpus(), experiment.split(), form, seed)
              .first(requests)
              .rank(ranker, Progress.silent());
      users = report.owners();
      places = report.places();
    }
    new RunFolder(folder)
        .add(
            new LengthMeasure(
                contender.name(),
                experiment.origin().of(contender, seed),
                milliseconds,
                timed.positives(),
                users.size(),
                users.stream().mapToInt(user -> user).toArray(),
                places.stream().mapToInt(Place::first).toArray(),
                places.stream().mapToInt(Place::last).toArray()));
  }

  /**
   * What was measured of the model of a run; none if it was trained for another part.
   *
   * @throws IOException if its file cannot be read
   */
  static Optional<LengthMeasure> of(Run run, Path folder) throws IOException {
    return new RunFolder(folder).find(run.name(), run.identity(), LengthMeasure.class);
  }

  /** Its ranks among all items; none if there are none. */
  Optional<RankingReport> report(RankingForm form) {
    if (among == 0) {
      return Optional.empty();
    }
    List<Integer> owners = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < among; i++) {
      owners.add(users[i]);
      places.add(new Place(first[i], last[i]));
    }
    return Optional.of(new RankingReport(form.ties(), owners, places));
  }
}
