package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.feature.Features;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Makes the planted world and writes it as a corpus with its features. */
@Command(
    name = "world",
    description = "Makes the planted world, a corpus whose truth is known.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} world --users 1000 --seed 7 --out my-world")
final class WorldCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      defaultValue = "quick",
      description = "quick or full; default: ${DEFAULT-VALUE}.")
  private Scale scale;

  @Option(names = "--users", paramLabel = "N", description = "How many lives; default: by scale.")
  private Integer users;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the corpus; an older corpus there is replaced.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    WorldOptions options = scale.size().world().withSeed(common.seed);
    if (users != null) {
      options = options.withUsers(users);
    }
    Path features = Files.createTempDirectory("seminar-features");
    Corpus corpus;
    try (Console console = Console.of(common.quiet)) {
      console.step("making the world", 0.5);
      World world = World.of(options);
      console.step("features of titles and pictures", 0.4);
      corpus = world.corpus().withFeatures(Features.of(world).write(features));
      console.step("writing " + out, 0.1);
      CorpusFolder.write(corpus, out);
    } finally {
      for (String file : List.of("text.npy", "image.npy", "")) {
        Files.deleteIfExists(features.resolve(file));
      }
    }
    Shown.corpus(spec, corpus, out);
    return 0;
  }
}
