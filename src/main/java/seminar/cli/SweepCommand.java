package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.SweepSpec;
import seminar.feature.Features;
import seminar.figure.TableFile;
import seminar.file.Progress;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.options.OptionPaths;
import seminar.paper.Reproduction;
import seminar.source.Sources;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/** Runs a grid of experiments as a resumable table. */
@Command(
    name = "sweep",
    description =
        "Runs every combination of the values in SPEC.yaml with every seed, those that are missing"
            + " only, and writes one table. It may be stopped at any moment and called again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} sweep docs/examples/sweep.yaml --out target/sweep",
      "  ${sys:seminar.invocation} sweep grid.yaml --out DIR --parallel 4 --memory 12",
      "  ${sys:seminar.invocation} sweep grid.yaml --out DIR --part 1/2",
      "%nThe file names a corpus, what is set and what varies; docs/SCRIPTING.md shows one."
    })
final class SweepCommand extends SeminarCommand {
  private static final double DAY = 24 * 3600;
  private static final String BACKEND = "backend";

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "SPEC.yaml", description = "The grid.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where runs and table go; runs that are there are not made again.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Sets what the file may say under 'set', such as training.epochs=2, or under 'options',"
              + " such as users=100; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description =
          "Trains only every N-th case from the I-th on: start N processes, or machines with one"
              + " folder, and call once more without it for the table.")
  private String part;

  @Mixin private SweepLanes lanes;
  @Mixin private BackendOption backend;

  @Option(names = "--yes", description = "Starts a grid that takes more than a day.")
  private boolean yes;

  @Override
  void run() throws IOException {
    SweepSpec grid = read();
    if (backend.isGiven()
        && (grid.set().containsKey(BACKEND) || grid.vary().containsKey(BACKEND))) {
      throw wrong("--backend: %s says itself which backend computes".formatted(file));
    }
    List<SweepSpec.Case> cases = mine(grid.cases());
    OutputFolder.prepare(out);
    Table table;
    try (Console console = Console.of(common.quiet)) {
      console.step("corpus", 0);
      Comparison runs = open(grid);
      List<Contender> contenders = cases.stream().map(this::contender).toList();
      BackendOption.tell(backend.kind(), console);
      announce(console, contenders.size() * grid.seeds().size(), runs, contenders, grid.seeds());
      int parallel = lanes.of(runs.missing(contenders, grid.seeds()), runs, console);
      console.part(1);
      console.step("training", 1);
      List<Comparison.Line> lines =
          runs.inParallel(parallel)
              .run(contenders, grid.seeds(), Comparison.Listener.of(console::beside, console::at));
      table = grid.table(runs.corpus().manifest().name(), cases, lines);
      if (part == null) {
        TableFile.write(table, made(grid, runs.corpus(), lines), out, "sweep");
      }
    }
    print(table.name(), TextTable.of(table), "Made: " + out);
  }

  private Contender contender(SweepSpec.Case each) {
    Contender asked = each.contender();
    return new Contender(
        asked.name(), backend.of(asked.setup()), asked.pretrained(), asked.missing());
  }

  private SweepSpec read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw wrong(
          "there is no file %s: name a grid, such as docs/examples/sweep.yaml".formatted(file));
    }
    try {
      return SweepSpec.read(file).with(settings);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private List<SweepSpec.Case> mine(List<SweepSpec.Case> cases) {
    if (part == null) {
      return cases;
    }
    if (part.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
      int own = Integer.parseInt(part.substring(0, part.indexOf('/')));
      int parts = Integer.parseInt(part.substring(part.indexOf('/') + 1));
      if (own <= parts) {
        if (own > cases.size()) {
          throw wrong(
              "--part %s has nothing to do: the grid has %d case%s"
                  .formatted(part, cases.size(), cases.size() == 1 ? "" : "s"));
        }
        return IntStream.range(0, cases.size())
            .filter(i -> i % parts == own - 1)
            .mapToObj(cases::get)
            .toList();
      }
    }
    throw wrong(
        "--part is '%s': give the number of this part and of all, such as 1/2".formatted(part));
  }

  private Comparison open(SweepSpec grid) throws IOException {
    Corpus corpus;
    Features features;
    if (grid.corpus().equals(Reproduction.WORLD)) {
      World world = World.of(dials(grid));
      corpus = world.corpus();
      features = Features.of(world);
    } else {
      corpus =
          Sources.read(
              grid.corpus(),
              grid.data().isEmpty() ? null : Path.of(grid.data()),
              grid.options(),
              Progress.silent());
      features = Features.of(corpus);
    }
    return new Comparison(
        corpus, features, Workers.common(), grid.negativesSeed(), out.resolve("runs"));
  }

  private WorldOptions dials(SweepSpec grid) {
    try {
      return OptionPaths.set(WorldOptions.quick(), grid.options());
    } catch (IllegalArgumentException e) {
      throw wrong("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Says what there is to do and how long it takes before it begins. */
  private void announce(
      Console console, int all, Comparison runs, List<Contender> contenders, List<Long> seeds)
      throws IOException {
    double perHistory = Comparison.secondsPerHistory(runs.corpus());
    double seconds = runs.missingWork(contenders, seeds) * perHistory;
    String words =
        "%d run%s, about %s of training on two cores still to be done"
            .formatted(all, all == 1 ? "" : "s", duration(seconds));
    if (seconds > DAY && !yes) {
      throw wrong(words + ": vary less, or begin with --yes");
    }
    console.remark(words);
  }

  private static String duration(double seconds) {
    if (seconds < 90) {
      return "%.0f s".formatted(seconds);
    }
    return seconds < 5400
        ? "%.0f min".formatted(seconds / 60)
        : "%.1f hours".formatted(seconds / 3600);
  }

  private Map<String, Object> made(SweepSpec grid, Corpus corpus, List<Comparison.Line> lines) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("specification", grid);
    made.put("corpus", corpus.manifest().name());
    made.put("corpusHash", corpus.hash());
    made.put("commits", Comparison.commits(lines));
    made.put("made", Provenance.here(Workers.common().threads()).on(backend.kind()));
    List<Map<String, Object>> values = new ArrayList<>();
    for (Comparison.Line line : lines) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("case", line.name());
      one.put("ndcg10OfEachSeed", line.runs().stream().map(run -> run.report().ndcg(10)).toList());
      line.missing().ifPresent(error -> one.put("error", error));
      values.add(one);
    }
    made.put("results", values);
    return made;
  }
}
