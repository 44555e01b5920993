package seminar.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.Comparison.Line;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthCells.Cell;
import seminar.experiment.LengthMeasure;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthStudy;
import seminar.experiment.LengthTable;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.figure.LengthCurves;
import seminar.figure.TableFile;
import seminar.file.Progress;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.rank.OracleRanker;
import seminar.search.InterestModel;
import seminar.terminal.Console;
import seminar.world.Oracle;
import seminar.world.World;
import tech.tablesaw.api.Table;

/**
 * Quality against length, the figure that the paper lacks: what the scale names of a grid of
 * methods, K and L is trained, cell by cell, all first seeds before any second one, and drawn every
 * ten minutes as far as it is. Finished runs are kept, so that a call goes on where the last one
 * stopped.
 */
final class LengthJob {
  private static final String NAME = "length";

  private static final double BETWEEN_DRAWINGS = 600; // seconds
  private static final double SECONDS_PER_HISTORY = 5e-3; // of an epoch on two cores
  private static final double SECONDS_PER_EVENT = 2e-6;

  private final Reproduction.Plan plan;
  private final Console console;
  private final LengthOptions options;
  private final Optional<World> world;
  private final Comparison comparison;
  private final Setup base;
  private final List<Cell> cells;

  private LengthJob(
      Reproduction.Plan plan,
      Console console,
      Optional<World> world,
      Corpus corpus,
      Features features) {
    this.plan = plan;
    this.console = console;
    this.options = plan.size().length();
    this.world = world;
    comparison = new Comparison(corpus, features, Workers.common(), plan.seed(), folder("ranking"));
    base = plan.set(options.setup(plan.seed(), plan.backend()));
    cells = LengthCells.all(world.isPresent() ? options.cells() : options.ofLog(), base, corpus);
  }

  /** On a planted world. */
  static LengthJob on(World world, Reproduction.Plan plan, Console console) throws IOException {
    return new LengthJob(plan, console, Optional.of(world), world.corpus(), Features.of(world));
  }

  /** On a log. */
  static LengthJob on(Corpus corpus, Features features, Reproduction.Plan plan, Console console) {
    return new LengthJob(plan, console, Optional.empty(), corpus, features);
  }

  private Path folder(String of) {
    return plan.out().resolve("runs").resolve(of);
  }

  /** About how many seconds are still to be spent on two cores. */
  double seconds() throws IOException {
    double sum = 0;
    for (Cell cell : cells) {
      for (long seed : seeds(cell)) {
        sum += trains(cell, seed) ? seconds(cell) : 0;
      }
    }
    return sum + cells.size();
  }

  private double seconds(Cell cell) {
    return seconds(cell, comparison.corpus());
  }

  /** About how many seconds its training takes on two cores. */
  static double seconds(Cell cell, Corpus corpus) {
    double history = SECONDS_PER_HISTORY + SECONDS_PER_EVENT * events(cell, corpus);
    return cell.contender().work() * corpus.histories().users() * history;
  }

  /** About how many events of a history are seen. */
  static double events(Cell cell, Corpus corpus) {
    int users = corpus.histories().users();
    double mean = (double) corpus.histories().events() / Math.max(1, users);
    return Math.min(cell.length(), mean);
  }

  private boolean trains(Cell cell, long seed) throws IOException {
    return options.trains(cell) && missing(cell, seed);
  }

  private boolean missing(Cell cell, long seed) throws IOException {
    return !comparison.missing(List.of(cell.contender()), List.of(seed)).isEmpty();
  }

  private List<Long> seeds(Cell cell) {
    int count = Math.min(cell.curve().seeds(), plan.seeds());
    return LongStream.range(plan.seed(), plan.seed() + count).boxed().toList();
  }

  /** Trains what is missing and draws what there is. */
  List<Table> run() throws IOException {
    double all = seconds();
    Map<Integer, RankingReport> oracles = oracles();
    Map<Cell, Line> lines = new LinkedHashMap<>();
    cells.forEach(
        cell ->
            lines.put(
                cell,
                new Line(cell.contender().name(), List.of(), Optional.of("not trained yet"))));
    List<Table> tables = List.of();
    Stopwatch since = Stopwatch.started();
    TreeSet<Long> seeds = new TreeSet<>();
    cells.forEach(cell -> seeds.addAll(seeds(cell)));
    for (long seed : seeds) {
      for (Cell cell : cells) {
        if (seeds(cell).contains(seed) && (options.trains(cell) || !missing(cell, seed))) {
          double part = trains(cell, seed) ? seconds(cell) / all : 0;
          add(lines, cell, train(cell, seed, part));
          if (since.seconds() > BETWEEN_DRAWINGS) {
            draw(lines, oracles);
            since = Stopwatch.started();
          }
        }
      }
      tables = draw(lines, oracles);
    }
    return tables;
  }

  /** One run, from its file or trained now. */
  private Line train(Cell cell, long seed, double part) throws IOException {
    String name = cell.contender().name();
    console.step(name, part);
    Comparison.Listener listener =
        new Comparison.Listener() {
          @Override
          public void begins(String ignored) {}

          @Override
          public void at(double fraction) {
            console.at(fraction);
          }

          @Override
          public void trained(String ignored, long of, InterestModel model) {
            measure(cell, of, model);
          }
        };
    try {
      return comparison.run(List.of(cell.contender()), List.of(seed), listener).getFirst();
    } catch (IllegalArgumentException e) { // memory cannot suffice
      console.remark("%s is left out: %s".formatted(name, e.getMessage()));
      return new Line(name, List.of(), Optional.of(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void measure(Cell cell, long seed, InterestModel model) {
    boolean isRanked = seed == plan.seed() && cell.length() <= options.allItemsUpTo();
    int among = isRanked ? options.allItems() : 0;
    try {
      LengthMeasure.keep(experiment(), cell.contender(), seed, model, among, folder(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RankingExperiment experiment() {
    return comparison.under(base.protocol());
  }

  /** Beside the runs of earlier seeds. */
  private static void add(Map<Cell, Line> lines, Cell cell, Line line) {
    Line before = lines.get(cell);
    List<Run> runs = new ArrayList<>(before.runs());
    runs.addAll(line.runs());
    lines.put(
        cell, new Line(line.name(), runs, runs.isEmpty() ? line.missing() : Optional.empty()));
  }

  /** How one ranks who knows the law of the world and remembers so many events. */
  private Map<Integer, RankingReport> oracles() {
    Map<Integer, RankingReport> reports = new TreeMap<>();
    if (world.isPresent()) {
      console.step("the best possible", 0.01);
      List<Integer> events = new ArrayList<>();
      cells.stream().map(Cell::length).distinct().forEach(events::add);
      events.add(Oracle.EVERYTHING);
      Workers.common()
          .forEach(
              events.size(),
              (shard, from, to) -> {
                for (int i = from; i < to; i++) {
                  OracleRanker ranker = new OracleRanker(world.get(), events.get(i));
                  RankingReport report = experiment().test().rank(ranker, Progress.silent());
                  synchronized (reports) {
                    reports.put(events.get(i), report);
                  }
                }
              });
    }
    return reports;
  }

  private List<Table> draw(Map<Cell, Line> lines, Map<Integer, RankingReport> oracles)
      throws IOException {
    LengthResult result =
        new LengthStudy(experiment(), options.reference(), folder(NAME), oracles)
            .of(lines, Oracle.EVERYTHING);
    Claim.Finding finding = LengthClaims.neverHurts(result);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("corpus", experiment().corpusOf());
    more.put("commits", Comparison.commits(List.copyOf(lines.values())));
    more.put("seedOfNegatives", plan.seed());
    more.put("options", options);
    more.put("setup", base);
    more.put("finding", finding.stored());
    String corpus = comparison.corpus().manifest().name();
    String title = "Quality against length on " + corpus;
    LengthCurves.draw(
        title,
        "“a longer history never hurts”: %s; %s"
            .formatted(finding.verdict().words(), finding.numbers()),
        result,
        more,
        plan.out().resolve(NAME + ".png"));
    Table table = LengthTable.of(title, result);
    TableFile.writeCsv(table, plan.out(), NAME);
    return List.of(table);
  }
}
