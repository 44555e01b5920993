package seminar.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.experiment.Comparison.Line;
import seminar.feature.Features;
import seminar.measure.RankingReport;
import seminar.rank.PlainRanker;
import seminar.rank.PlainRankers;

/**
 * The plain rankers of a comparison: fitted once, judged as the models are, each run a file.
 *
 * @param corpus whose lives they are fitted to
 * @param features of texts and pictures
 * @param described their hash
 * @param protocol which targets and candidates
 * @param experiment the split and the candidates
 * @param runs where runs lie
 * @param provenance code and machine
 */
record PlainRuns(
    Corpus corpus,
    Features features,
    String described,
    Protocol protocol,
    RankingExperiment experiment,
    RunFolder runs,
    Provenance provenance) {
  /**
   * The line of a ranker, fitted where its run is not there yet; one that does not apply to the
   * corpus says why.
   *
   * @param seed the seed of what it draws, if it does
   * @throws IOException if a file cannot be read or written
   */
  Line line(PlainRankers which, long seed) throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("plain", which.name());
    options.put("protocol", protocol);
    RankedRun.Identity identity =
        RankedRun.Identity.of(
            options,
            seed,
            corpus.hash(),
            described,
            experiment.test().hash(),
            provenance.version());
    Optional<RankedRun> done = runs.find(which.title(), identity);
    if (done.isPresent()) {
      return new Line(which.title(), List.of(done.get()), Optional.empty());
    }
    long start = System.nanoTime();
    PlainRanker fitted = which.fit(corpus, features, experiment.split(), seed);
    double fitting = secondsSince(start);
    if (fitted.ranker().isEmpty()) {
      return new Line(which.title(), List.of(), Optional.of(fitted.remark()));
    }
    long ranking = System.nanoTime();
    RankingReport report = experiment.test().rank(fitted.ranker().get(), Progress.silent());
    RankedRun run =
        RankedRun.of(
            which.title(),
            identity,
            0,
            List.of(),
            List.of(),
            new Run.Seconds(0, fitting, secondsSince(ranking)),
            report,
            notes(fitted),
            provenance);
    runs.add(run);
    return new Line(which.title(), List.of(run), Optional.empty());
  }

  private static Map<String, String> notes(PlainRanker ranker) {
    Map<String, String> notes = new LinkedHashMap<>(ranker.options());
    if (!ranker.remark().isEmpty()) {
      notes.put("provenance", ranker.remark());
    }
    return notes;
  }

  private static double secondsSince(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }
}
