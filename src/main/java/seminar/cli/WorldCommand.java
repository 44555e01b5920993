package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.data.Catalog;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.file.TemporaryFolder;
import seminar.math.Workers;
import seminar.source.CorpusWriter;
import seminar.source.Sources;
import seminar.terminal.Console;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Makes the planted world and writes it as a corpus with its features and its truth. */
@Command(
    name = "world",
    description = "Makes the planted world, a corpus whose truth is known.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} world --users 1000 --seed 7 --out my-world",
      "  ${sys:seminar.invocation} world --drift 0.5 --show 3 --out my-world",
      "  ${sys:seminar.invocation} world --pictures my-pictures --export kuaisar=my-log --out"
          + " my-world"
    })
final class WorldCommand extends SeminarCommand {
  @Mixin private CommonOptions common;
  @Mixin private WorldDials dials;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the corpus; an older corpus there is replaced.")
  private Path out;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      defaultValue = "quick",
      description =
          "Where the dials below stand: small, quick, full, lifelong or kuaisar; default:"
              + " ${DEFAULT-VALUE}. Dials that are given are turned from there.")
  private Scale scale;

  @Option(
      names = "--no-features",
      negatable = true,
      description =
          "Makes no features of titles and pictures; a world of kuaisar's size has no"
              + " room for them in memory.")
  private boolean features = true;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Also writes the picture of each item that has one, as DIR/ID.png.")
  private Path pictures;

  @Option(
      names = "--export",
      paramLabel = "FORMAT=DIR",
      description =
          "Also writes the world as logs of a public format: ${COMPLETION-CANDIDATES}; may be given"
              + " several times.",
      completionCandidates = ExportFormats.class)
  private Map<String, Path> exports = new LinkedHashMap<>();

  @Option(
      names = "--show",
      paramLabel = "N",
      description = "Also shows the last events of user N, with the intent behind each.")
  private Integer show;

  /** Where the dials of a world stand before one is turned. */
  private enum Scale {
    /** The world of {@code data/world}. */
    SMALL(WorldOptions::small),
    /** Made in a second. */
    QUICK(WorldOptions::quick),
    /** For a night of training. */
    FULL(WorldOptions::full),
    /** With a long memory: thousands of events. */
    LIFELONG(WorldOptions::lifelong),
    /** As large as KuaiSAR. */
    KUAISAR(WorldOptions::kuaiSarScale);

    private final Supplier<WorldOptions> dials;

    Scale(Supplier<WorldOptions> dials) {
      this.dials = dials;
    }
  }

  @Override
  void run() throws IOException {
    WorldOptions options = options();
    Map<CorpusWriter, Path> writers = writers();
    if (pictures != null) {
      OutputFolder.prepare(pictures);
    }
    World world;
    try (Console console = Console.of(common.quiet)) {
      console.step("making the world", 0.4);
      world = World.of(options, Workers.common(), console::at);
      write(world, console);
      if (pictures != null) {
        console.step("writing pictures", 0.1);
        paint(world);
      }
      for (Map.Entry<CorpusWriter, Path> export : writers.entrySet()) {
        console.step("writing " + export.getValue(), 0.1 / writers.size());
        export.getKey().write(world.corpus(), export.getValue(), Progress.silent());
      }
    }
    CorpusReport.summary(world.corpus(), out, out());
    if (show != null) {
      out().print(HistoryTable.of(world, show));
    }
  }

  private Map<CorpusWriter, Path> writers() {
    Map<CorpusWriter, Path> writers = new LinkedHashMap<>();
    exports.forEach((format, folder) -> writers.put(asked(() -> Sources.writer(format)), folder));
    List<Path> folders = new ArrayList<>(exports.values());
    folders.add(out);
    if (pictures != null) {
      folders.add(pictures);
    }
    for (int i = 0; i < folders.size(); i++) {
      for (Path other : folders.subList(i + 1, folders.size())) {
        checkApart(folders.get(i), other);
      }
    }
    return writers;
  }

  /** A folder that is written as a whole has no room for another. */
  private void checkApart(Path one, Path other) {
    Path first = one.toAbsolutePath().normalize();
    Path second = other.toAbsolutePath().normalize();
    if (first.startsWith(second) || second.startsWith(first)) {
      throw wrong("%s and %s lie in each other: give each its own folder".formatted(one, other));
    }
  }

  /** The names of all formats that can be written. */
  static final class ExportFormats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Sources.writers().stream().map(CorpusWriter::name).iterator();
    }
  }

  private WorldOptions options() {
    WorldOptions options = asked(() -> dials.turned(scale.dials.get().withSeed(common.seed)));
    if (show != null && (show < 1 || show > options.users())) {
      throw wrong("--show %d: the world has users 1..%d".formatted(show, options.users()));
    }
    return options;
  }

  private void write(World world, Console console) throws IOException {
    if (!features) {
      console.step("writing " + out, 0.4);
      world.write(out);
      return;
    }
    console.step("features of titles and pictures", 0.4);
    try (TemporaryFolder matrices = TemporaryFolder.of("seminar-features")) {
      World described = world.withFeatures(Features.of(world).write(matrices.path()));
      console.step("writing " + out, 0.1);
      described.write(out);
    }
  }

  private void paint(World world) throws IOException {
    Catalog catalog = world.corpus().catalog();
    for (int item = 1; item <= catalog.size(); item++) {
      if (catalog.imageRow(item) != Catalog.ABSENT) {
        Path file = pictures.resolve(catalog.originalId(item) + ".png");
        ImageIO.write(world.picture(item), "png", file.toFile());
      }
    }
  }
}
