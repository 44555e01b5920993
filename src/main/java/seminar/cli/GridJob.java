package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import seminar.experiment.Ablations;
import seminar.experiment.ColdCurve;
import seminar.experiment.Comparison;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.Grid;
import seminar.experiment.ModelTable;
import seminar.experiment.Protocol;
import seminar.experiment.Setup;
import seminar.experiment.Table3;
import seminar.feature.Features;
import seminar.figure.Curves;
import seminar.figure.ModelDots;
import seminar.figure.SettingCurves;
import seminar.figure.TableFile;
import seminar.math.Workers;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/**
 * The figures that vary one thing in SEMINAR: Table 3, Figures 3 and 4, cold ids, and the paper
 * against its released code. All draw on the same finished runs.
 */
final class GridJob {
  private static final String RECENT = "Pretraining losses (targets: last 8 events)";
  private static final String SLIDING = "Pretraining losses (targets: all events)";
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private final Reproduction.Plan plan;
  private final Console console;
  private final Grid grid;
  private final Setup base;
  private final Optional<WorldOptions> world;
  private final Map<WorldOptions, Grid> others = new LinkedHashMap<>();
  private final List<Long> seeds;

  /**
   * A job on one corpus.
   *
   * @param world how the corpus was planted; none for a log
   */
  GridJob(
      Reproduction.Plan plan,
      Console console,
      Grid grid,
      Setup base,
      Optional<WorldOptions> world) {
    this.plan = plan;
    this.console = console;
    this.grid = grid;
    this.base = base;
    this.world = world;
    seeds = LongStream.range(plan.seed(), plan.seed() + plan.seeds()).boxed().toList();
  }

  /** Lives that a part still has to pass through in training; 0 for parts of another kind. */
  double missingWork(Reproduction.Part part) throws IOException {
    double work = 0;
    for (Map.Entry<Grid, List<Contender>> each : settings(part).entrySet()) {
      work += each.getKey().missingWork(each.getValue(), seeds);
    }
    return work;
  }

  private Map<Grid, List<Contender>> settings(Reproduction.Part part) throws IOException {
    return switch (part) {
      case TABLE2 -> Map.of(grid, Contender.table2(base, grid.corpus()));
      case TABLE3 -> Map.of(grid, losses());
      case COLD -> Map.of(grid, coldSettings());
      case FIG3 -> Map.of(grid, pretrainingEpochs());
      case FIG4 -> queryWeights();
      case SWITCHES -> Map.of(grid, Ablations.switches(base, plan.size().switches()));
      default -> Map.of();
    };
  }

  private List<Line> run(Grid on, List<Contender> settings) throws IOException {
    List<Line> lines = on.run(settings, seeds, Comparison.Listener.of(console::step, console::at));
    List<String> commits = Grid.commits(lines);
    if (commits.size() > 1) {
      console.remark(
          "runs of several versions of the code stand side by side (%s); remove %s to train all anew"
              .formatted(String.join(", ", commits), runs(plan)));
    }
    return lines;
  }

  /** Where finished runs lie. */
  static Path runs(Reproduction.Plan plan) {
    return plan.out().resolve("runs").resolve("ranking");
  }

  private List<Contender> losses() {
    List<Contender> both = new ArrayList<>(Ablations.losses(base));
    both.addAll(Ablations.losses(recent()));
    return both;
  }

  private Setup recent() {
    return base.with(base.protocol().with(Protocol.Targets.RECENT));
  }

  /** Paper Table 3, with all events as targets and with the last few. */
  List<Table> table3() throws IOException {
    List<Line> lines = run(grid, losses());
    int half = lines.size() / 2;
    List<ModelTable> tables =
        List.of(
            Table3.of(SLIDING, corpus(), lines.subList(0, half), seeds),
            Table3.of(RECENT, corpus(), lines.subList(half, lines.size()), seeds));
    List<String> names = List.of("table3", "table3_recent");
    for (int i = 0; i < tables.size(); i++) {
      ModelDots.draw(tables.get(i), made(lines), plan.out().resolve(names.get(i) + ".png"));
      TableFile.writeCsv(tables.get(i).table(), plan.out(), names.get(i));
    }
    return tables.stream().map(ModelTable::table).toList();
  }

  private List<Contender> coldSettings() {
    return Ablations.losses(recent()).stream()
        .filter(line -> line.name().equals(Ablations.NONE) || line.name().equals("all three"))
        .toList();
  }

  /** How well cold items are found, with and without pretraining. */
  List<Table> cold() throws IOException {
    List<Line> lines = run(grid, coldSettings());
    ColdCurve curve =
        ColdCurve.of(grid.under(recent().protocol()).experiment(), grid.corpus(), lines);
    List<Integer> x = new ArrayList<>();
    curve.places().forEach(place -> x.add(x.size()));
    Curves panel =
        Curves.of(
                "By how often the item was a target",
                "times the item to be found was a target of training",
                "NDCG@10")
            .at(curve.places());
    for (ColdCurve.Line line : curve.lines()) {
      String name = line.name().equals(Ablations.NONE) ? "no pretraining" : "pretrained";
      panel = panel.line(name, x, line.mean(), line.halfWidth());
    }
    Map<String, Object> more = made(lines);
    more.put("users", curve.users());
    Curves.draw(
        "Cold items on " + corpus(),
        "the last 8 events of each life are targets; bars are 95 % intervals over users",
        List.of(panel),
        more,
        plan.out().resolve("cold.png"));
    return List.of();
  }

  /** With all events as targets, then with the last few. */
  private List<Contender> pretrainingEpochs() {
    List<Contender> both =
        new ArrayList<>(Ablations.pretrainingEpochs(base, plan.size().pretraining()));
    both.addAll(Ablations.pretrainingEpochs(recent(), plan.size().pretraining()));
    return both;
  }

  /** Paper Figure 3, with all events as targets and with the last few. */
  List<Table> figure3() throws IOException {
    List<Line> lines = run(grid, pretrainingEpochs());
    int half = lines.size() / 2;
    String none = Integer.toString(plan.size().pretraining().getFirst());
    List<SettingCurves.Line> curves =
        List.of(
            new SettingCurves.Line(
                "targets: all events",
                table("Epochs of pretraining", none, lines.subList(0, half))),
            new SettingCurves.Line(
                "targets: last 8 events",
                table("Epochs of pretraining", none, lines.subList(half, lines.size()))));
    new SettingCurves(
            "Pretraining on %s (paper Figure 3)".formatted(corpus()),
            "the paper gains most in the first 5 epochs, little after; bars are 95 % intervals",
            "epochs of pretraining")
        .draw(curves, made(lines), plan.out().resolve("fig3.png"));
    return curves.stream().map(curve -> curve.table().table()).toList();
  }

  /** The searches of the corpus, and of the same planted world with fewer and more. */
  private Map<Grid, List<Contender>> queryWeights() throws IOException {
    List<Contender> settings = Ablations.queryWeights(base, plan.size().queryWeights());
    Map<Grid, List<Contender>> all = new LinkedHashMap<>();
    all.put(grid, settings);
    if (world.isPresent()) {
      for (double share : plan.size().searchShares()) {
        all.put(searching(world.get().withSearchShare(share)), settings);
      }
    }
    return all;
  }

  private Grid searching(WorldOptions options) throws IOException {
    Grid made = others.get(options);
    if (made == null) {
      World other = World.of(options);
      made =
          new Grid(other.corpus(), Features.of(other), Workers.common(), plan.seed(), runs(plan));
      others.put(options, made);
    }
    return made;
  }

  /** Paper Figure 4. */
  List<Table> figure4() throws IOException {
    List<SettingCurves.Line> curves = new ArrayList<>();
    List<Line> all = new ArrayList<>();
    for (Map.Entry<Grid, List<Contender>> each : queryWeights().entrySet()) {
      List<Line> lines = run(each.getKey(), each.getValue());
      all.addAll(lines);
      String share =
          "%.0f %% searches".formatted(100 * each.getKey().corpus().statistics().queryShare());
      curves.add(
          new SettingCurves.Line(share, table("Weight of the query, " + share, "0.50", lines)));
    }
    new SettingCurves(
            "Weight λ of the query on %s (paper Figure 4)".formatted(corpus()),
            "the paper finds 0.3 best and used 0.5; bars are 95 % intervals",
            "λ, weight of the query in a pair")
        .draw(curves, made(all), plan.out().resolve("fig4.png"));
    return curves.stream().map(curve -> curve.table().table()).toList();
  }

  /** The paper against its released code, switch by switch. */
  Table switches() throws IOException {
    List<Line> lines = run(grid, Ablations.switches(base, plan.size().switches()));
    ModelTable table = table("The paper and its released code", Ablations.PAPER, lines);
    ModelDots.draw(table, made(lines), plan.out().resolve("switches.png"));
    TableFile.writeCsv(table.table(), plan.out(), "switches");
    return table.table();
  }

  private ModelTable table(String title, String reference, List<Line> lines) {
    ModelTable.Heading heading = new ModelTable.Heading(title, corpus(), reference, "paper");
    return ModelTable.of(heading, lines, seeds, name -> UNKNOWN);
  }

  private String corpus() {
    return grid.corpus().manifest().name();
  }

  private Map<String, Object> made(List<Line> lines) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("corpus", corpus());
    made.put("corpusHash", grid.corpus().hash());
    made.put("seedOfNegatives", plan.seed());
    made.put("seeds", seeds);
    made.put("commits", Grid.commits(lines));
    made.put("scale", plan.size().toString().toLowerCase(Locale.ROOT));
    return made;
  }
}
