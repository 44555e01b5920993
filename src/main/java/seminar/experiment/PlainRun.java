package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.file.Progress;
import seminar.math.Stopwatch;
import seminar.measure.RankingReport;
import seminar.rank.PlainRanker;
import seminar.rank.PlainRankers;
import seminar.rank.Ranker;

/** The run of a ranker that learns no attention, judged as models are. */
final class PlainRun {
  private PlainRun() {}

  /**
   * Fits it to what models are trained on, and ranks.
   *
   * @param seed of what it draws, if it does
   * @param all what ranks all items too, if anything does
   * @throws IllegalArgumentException if the corpus lacks what it needs
   */
  static Run of(
      RankingExperiment experiment, PlainRankers plain, long seed, Optional<AllItems> all) {
    Stopwatch start = Stopwatch.started();
    PlainRanker fitted =
        plain.fit(experiment.corpus(), experiment.features(), experiment.split(), seed);
    double fitting = start.seconds();
    Ranker ranker =
        fitted.ranker().orElseThrow(() -> new IllegalArgumentException(fitted.remark()));
    Stopwatch ranking = Stopwatch.started();
    RankingReport report = experiment.test().rank(ranker, Progress.silent());
    Map<String, String> notes = new LinkedHashMap<>(fitted.options());
    if (!fitted.remark().isEmpty()) {
      notes.put("provenance", fitted.remark());
    }
    Run run =
        Run.of(
            plain.title(),
            experiment.origin().of(plain, seed),
            0,
            List.of(),
            List.of(),
            new Run.Seconds(0, fitting, ranking.seconds()),
            report,
            notes,
            experiment.provenance());
    return all.map(items -> run.withFull(items.alone(ranker, Progress.silent()))).orElse(run);
  }
}
