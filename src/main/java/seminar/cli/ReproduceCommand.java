package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.compute.BackendKind;
import seminar.experiment.LengthMethod;
import seminar.experiment.Setup;
import seminar.options.OptionPaths;
import seminar.paper.Comparing;
import seminar.paper.Reproduction;
import seminar.paper.Scale;
import seminar.source.Sources;
import seminar.terminal.Console;
import seminar.terminal.TextTable;
import tech.tablesaw.api.Table;

/** Runs the main job end to end: corpus, models, retrieval, figures, report. */
@Command(
    name = "reproduce",
    description =
        "Makes a corpus, trains models on it, measures retrieval, and draws figures and a report.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} reproduce",
      "  ${sys:seminar.invocation} reproduce --corpus movielens --data DIR",
      "  ${sys:seminar.invocation} reproduce --only table2 --seeds 3",
      "  ${sys:seminar.invocation} reproduce --only table2 --plateau 60 --tune",
      "  ${sys:seminar.invocation} reproduce --only table2 --set users=100 --set training.epochs=2"
    })
final class ReproduceCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      defaultValue = "quick",
      description = "quick (minutes) or full (hours); default: ${DEFAULT-VALUE}.")
  private Scale scale;

  @Option(
      names = "--corpus",
      paramLabel = "NAME",
      defaultValue = Reproduction.WORLD,
      description =
          "world (built in), the folder of a prepared corpus, or the name of a reader, as 'corpus"
              + " --list' shows them.")
  private String corpus;

  @Option(names = "--data", paramLabel = "DIR", description = "The folder of the corpus's logs.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where figures go; default: figures/quick/, at full scale figures/; for other corpora a"
              + " folder NAME in it.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Sets an option of every model's setup where PATH begins as one of train's does, such as"
              + " training.epochs=2; else a dial of the built-in world, such as users=100, or an"
              + " option of the reader, as in 'corpus'. May be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description =
          "What is made: ${COMPLETION-CANDIDATES}; several are separated by commas. Default:"
              + " all without text, which fetches an encoder, and those that take long: length,"
              + " served, and of the quick fig2_all, frontier and clicks. The report shows all that"
              + " the folder holds.")
  private Set<Reproduction.Part> only = Set.of();

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "L",
      description =
          "Of the part 'length', only histories of so many events; separated by commas. What was"
              + " trained before is drawn too.")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description =
          "Of the part 'length', only these: ${COMPLETION-CANDIDATES}; separated by commas.")
  private List<LengthMethod> methods = List.of();

  @Option(
      names = "--top-k",
      split = ",",
      paramLabel = "K",
      description = "Of the part 'length', only heads that keep so many events.")
  private List<Integer> topKs = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds of each model that is compared; default: 1 when quick, 3 when full.")
  private Integer seeds;

  @Option(
      names = "--sequences",
      split = ",",
      paramLabel = "N",
      description =
          "Sequences over which recall of retrieval is averaged; for fig2_all one number for each"
              + " length, if several; default: 4 when quick, 100 when full.")
  private List<Integer> sequences;

  @Mixin private ComparingOptions comparing;
  @Mixin private BackendOption backend;

  @Override
  void run() throws IOException {
    settings = asked(() -> comparing.settings(settings));
    Comparing how = asked(() -> comparing.comparing(common.seed));
    checkArguments();
    Path folder = OutputFolder.prepare(out == null ? usualFolder() : out);
    Set<Reproduction.Part> parts = only.isEmpty() ? usual() : only;
    Scale.Size size = sequences == null ? scale.size() : scale.size().withSequences(sequences);
    size = size.withLength(asked(() -> scale.size().length().only(lengths, methods, topKs)));
    int count = seeds == null ? scale.size().seeds() : seeds;
    Reproduction.Plan plan =
        new Reproduction.Plan(
            corpus, data, settings, size, common.seed, count, parts, folder, backend.kind(), how);
    List<Table> tables;
    Map<Reproduction.Part, RuntimeException> failed;
    try (Console console = Console.of(common.quiet)) {
      BackendOption.tell(backend.kind(), console);
      Reproduction reproduction = new Reproduction(plan, console);
      tables = reproduction.run();
      failed = reproduction.failed();
    }
    tables.forEach(table -> print(table.name(), TextTable.of(table), ""));
    print("Report: " + folder.resolve("report.html"));
    if (!failed.isEmpty()) {
      throw failure(failed);
    }
  }

  private static IllegalStateException failure(Map<Reproduction.Part, RuntimeException> failed) {
    String parts =
        failed.entrySet().stream()
            .map(entry -> entry.getKey().label() + " (" + entry.getValue().getMessage() + ")")
            .collect(Collectors.joining(", "));
    return new IllegalStateException(
        "could not make " + parts + "; all else is there", failed.values().iterator().next());
  }

  /** All parts that say something of the corpus, without those that take long at this scale. */
  private Set<Reproduction.Part> usual() {
    Set<Reproduction.Part> all = EnumSet.allOf(Reproduction.Part.class);
    if (!corpus.equals(Reproduction.WORLD)) {
      all.removeAll(Reproduction.Part.OF_DRAWN_VECTORS);
    }
    if (scale == Scale.QUICK) {
      all.remove(Reproduction.Part.FIG2_ALL);
      all.remove(Reproduction.Part.FRONTIER);
      all.remove(Reproduction.Part.CLICKS);
      all.remove(Reproduction.Part.JOINT);
    }
    all.remove(Reproduction.Part.LENGTH); // minutes of the quick, nights of the full
    all.remove(Reproduction.Part.SERVED); // the same
    all.remove(Reproduction.Part.SEQUENCE); // to the plateau: many times the epochs of the others
    all.remove(Reproduction.Part.TEXT); // fetches an encoder
    return all;
  }

  private void checkArguments() {
    List<String> known = new ArrayList<>(List.of(Reproduction.WORLD));
    known.addAll(Sources.names());
    boolean prepared = Sources.isPrepared(corpus);
    if (!known.contains(corpus) && !prepared) {
      throw wrong(
          "there is no corpus '%s': there is %s, and any folder of a prepared corpus"
              .formatted(corpus, String.join(", ", known)));
    }
    checkSettings();
    if (backend.kind() != BackendKind.CPU
        && !only.isEmpty()
        && Reproduction.Part.OF_DRAWN_VECTORS.containsAll(only)) {
      throw wrong("--backend %s: this part is measured on the CPU alone".formatted(backend.kind()));
    }
    if (seeds != null && seeds < 1) {
      throw wrong("--seeds is %d: give at least 1".formatted(seeds));
    }
    if (sequences != null && sequences.stream().anyMatch(number -> number < 2)) {
      throw wrong("--sequences has a number below 2: one sequence says nothing of its error");
    }
    if (corpus.equals(Reproduction.WORLD) && data != null) {
      throw wrong("the built-in world has no logs: leave --data out");
    }
    if (prepared && data != null) {
      throw wrong("%s is a prepared corpus and has no logs: leave --data out".formatted(corpus));
    }
    if (!corpus.equals(Reproduction.WORLD) && !prepared && data == null) {
      throw wrong("--corpus %s needs --data DIR, the folder of its logs".formatted(corpus));
    }
    if (data != null && !Files.exists(data)) {
      throw wrong("there is no %s: give the folder of the logs with --data".formatted(data));
    }
  }

  private void checkSettings() {
    Setup.Settings apart = Setup.Settings.of(settings);
    for (String path : apart.setup().keySet()) {
      if (path.startsWith("method") || path.endsWith(".seed")) {
        throw wrong(
            "--set %s: here each model has its own method, and --seed and --seeds say the seeds"
                .formatted(path));
      }
    }
    try {
      OptionPaths.set(Setup.laptop(common.seed), apart.setup());
      if (corpus.equals(Reproduction.WORLD)) {
        boolean own = only.equals(Set.of(Reproduction.Part.LENGTH));
        OptionPaths.set(own ? scale.size().length().world() : scale.size().world(), apart.corpus());
      } else if (!Sources.isPrepared(corpus)) {
        Sources.byName(corpus, apart.corpus());
      } else if (!apart.corpus().isEmpty()) {
        throw wrong(
            "--set %s: a prepared corpus has no options of a reader"
                .formatted(String.join(", ", apart.corpus().keySet())));
      }
    } catch (IllegalArgumentException e) {
      throw wrong("--set: " + e.getMessage());
    }
  }

  /** Quick results never lie over those worth quoting. */
  private Path usualFolder() {
    Path figures = home().resolve("figures");
    Path scaled = scale == Scale.FULL ? figures : figures.resolve("quick");
    return corpus.equals(Reproduction.WORLD)
        ? scaled
        : scaled.resolve(Path.of(corpus).toAbsolutePath().normalize().getFileName());
  }
}
