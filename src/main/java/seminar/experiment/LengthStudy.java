package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import seminar.experiment.LengthResult.Bound;
import seminar.experiment.LengthResult.Budget;
import seminar.experiment.LengthResult.Group;
import seminar.experiment.LengthResult.Level;
import seminar.experiment.LengthResult.Point;
import seminar.measure.PairedBootstrap;
import seminar.measure.PairedBootstrap.Resampled;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;

/** Computes {@link LengthResult} from runs: levels, differences to one length, shares, groups. */
public final class LengthStudy {
  /** The group of users whose long histories a log is asked about. */
  static final List<String> LENGTHS = List.of("≤ 200", "201–500", "> 500");

  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  private final RankingExperiment experiment;
  private final int reference;
  private final Path measures;
  private final Map<Integer, RankingReport> oracles;
  private final TasteAges ages;

  /**
   * A study of one corpus.
   *
   * @param reference the length to which others are compared
   * @param measures folder of {@link LengthMeasure}
   * @param oracles ranks of the best possible by how many events it remembers; none for a log
   */
  public LengthStudy(
      RankingExperiment experiment,
      int reference,
      Path measures,
      Map<Integer, RankingReport> oracles) {
    this.experiment = experiment;
    this.reference = reference;
    this.measures = measures;
    this.oracles = new LinkedHashMap<>(oracles);
    this.ages = TasteAges.of(experiment.corpus(), experiment.test().targets());
  }

  /**
   * All numbers.
   *
   * @param lines what was trained or failed, by cell
   * @param everything what the oracle of the true state is among {@code oracles}
   * @throws IOException if a measure cannot be read
   */
  public LengthResult of(Map<LengthCells.Cell, Comparison.Line> lines, int everything)
      throws IOException {
    List<Bound> bounds = new ArrayList<>();
    bounds.add(bound("popularity", experiment.popularity(), Optional.empty()));
    Optional<RankingReport> less = Optional.ofNullable(oracles.get(reference));
    oracles.forEach(
        (events, report) ->
            bounds.add(
                bound(
                    events == everything ? LengthResult.BEST : LengthResult.BEST_WITH + events,
                    report,
                    events == reference ? Optional.empty() : less)));
    List<Point> points = new ArrayList<>();
    for (var entry : lines.entrySet()) {
      List<Run> others =
          lines.entrySet().stream()
              .filter(each -> each.getKey().curve().equals(entry.getKey().curve()))
              .filter(each -> each.getKey().length() == reference)
              .findFirst()
              .map(each -> each.getValue().runs())
              .orElse(List.of());
      points.add(point(entry.getKey(), entry.getValue(), others, everything));
    }
    return new LengthResult(reference, ages.rule(), bounds, points);
  }

  private Bound bound(String name, RankingReport report, Optional<RankingReport> less) {
    List<RankingReport> own = List.of(report);
    List<RankingReport> others = less.stream().toList();
    return new Bound(
        name, level(own), byAge(own, others), byLength(own, others), difference(own, others));
  }

  private Point point(
      LengthCells.Cell cell, Comparison.Line line, List<Run> referenceRuns, int everything)
      throws IOException {
    List<Run> runs = line.runs();
    List<RankingReport> own = runs.stream().map(Run::report).toList();
    boolean compared = cell.length() != reference && !own.isEmpty();
    List<RankingReport> others =
        compared ? referenceRuns.stream().map(Run::report).toList() : List.of();
    List<LengthMeasure> measured = new ArrayList<>();
    for (Run run : runs) {
      LengthMeasure.of(run, measures).ifPresent(measured::add);
    }
    List<RankingReport> full =
        measured.stream().flatMap(each -> each.report(experiment.test().form()).stream()).toList();
    return new Point(
        cell.curve().label(),
        cell.curve().method(),
        cell.curve().k(),
        cell.length(),
        line.missing(),
        runs.stream().map(run -> run.identity().seed()).toList(),
        own.stream().map(LengthStudy::mean).toList(),
        own.isEmpty() ? Optional.empty() : Optional.of(level(own)),
        difference(own, others),
        share(own, others, OptionalDouble.of(mean(others)), oracle(everything)),
        share(own, others, oracle(reference), oracle(cell.length())),
        full.isEmpty() ? Optional.empty() : Optional.of(level(full)),
        measured.stream().mapToInt(LengthMeasure::among).max().orElse(0),
        byAge(own, others),
        byLength(own, others),
        runs.isEmpty() ? Optional.empty() : Optional.of(Budget.of(runs, measured, trainedUsers())));
  }

  private int trainedUsers() {
    int users = 0;
    for (int user = 0; user < experiment.split().users(); user++) {
      users += experiment.split().trainStart(user) < experiment.split().trainEnd(user) ? 1 : 0;
    }
    return users;
  }

  /** A gain over the reference length as a share of the way from one level to another. */
  private static OptionalDouble share(
      List<RankingReport> own, List<RankingReport> others, OptionalDouble from, OptionalDouble to) {
    double way = to.orElse(Double.NaN) - from.orElse(Double.NaN);
    return own.isEmpty() || others.isEmpty() || !(way > 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of((mean(own) - mean(others)) / way);
  }

  private OptionalDouble oracle(int events) {
    RankingReport report = oracles.get(events);
    return report == null ? OptionalDouble.empty() : OptionalDouble.of(mean(report));
  }

  private static double mean(List<RankingReport> runs) {
    return runs.stream().mapToDouble(LengthStudy::mean).average().orElse(Double.NaN);
  }

  private static double mean(RankingReport report) {
    return report.mean(NDCG);
  }

  /** NDCG@10 over users and runs with its interval: a difference to nothing. */
  private static Level level(List<RankingReport> runs) {
    List<UserValues> own = values(runs);
    UserValues first = own.getFirst();
    UserValues zero = new UserValues(first.users(), new double[first.size()]);
    PairedBootstrap level = bootstrap(own, List.of(zero));
    return new Level(level.difference(), level.low(), level.high(), level.users());
  }

  private static Optional<PairedBootstrap> difference(
      List<RankingReport> own, List<RankingReport> others) {
    return own.isEmpty() || others.isEmpty()
        ? Optional.empty()
        : Optional.of(bootstrap(values(own), values(others)));
  }

  private static PairedBootstrap bootstrap(List<UserValues> own, List<UserValues> others) {
    return PairedBootstrap.of(
        own, others, Resampled.USERS_AND_SEEDS, PairedBootstrap.Options.usual());
  }

  private static List<UserValues> values(List<RankingReport> runs) {
    return runs.stream().map(run -> run.values(NDCG)).toList();
  }

  private List<Group> byAge(List<RankingReport> own, List<RankingReport> others) {
    return groups(TasteAges.LABELS, ages::group, own, others);
  }

  private List<Group> byLength(List<RankingReport> own, List<RankingReport> others) {
    int[] users = experiment.test().targets().users();
    return groups(
        LENGTHS,
        request -> {
          int length = experiment.corpus().histories().length(users[request]);
          return length <= 200 ? 0 : length <= 500 ? 1 : 2;
        },
        own,
        others);
  }

  /** Requests apart by the group they are in; a group without requests is left out. */
  private static List<Group> groups(
      List<String> labels,
      IntUnaryOperator group,
      List<RankingReport> own,
      List<RankingReport> others) {
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < labels.size() && !own.isEmpty(); g++) {
      int which = g;
      int[] requests =
          IntStream.range(0, own.getFirst().positives())
              .filter(request -> group.applyAsInt(request) == which)
              .toArray();
      if (requests.length > 0) {
        List<RankingReport> some = own.stream().map(run -> some(run, requests)).toList();
        List<RankingReport> less = others.stream().map(run -> some(run, requests)).toList();
        groups.add(new Group(labels.get(g), requests.length, level(some), difference(some, less)));
      }
    }
    return groups;
  }

  private static RankingReport some(RankingReport report, int[] requests) {
    return new RankingReport(
        report.ties(),
        Arrays.stream(requests).mapToObj(report.owners()::get).toList(),
        Arrays.stream(requests).mapToObj(report.places()::get).toList());
  }
}
