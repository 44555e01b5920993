package seminar.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.Manifest;
import seminar.feature.FeatureSet;
import seminar.file.Precision;
import seminar.terminal.Console;

/** Makes the features of a corpus' items anew and writes the corpus with them. */
@Command(
    name = "features",
    description = {
      "Makes text and picture features of a prepared corpus.",
      "Work in progress lies in OUT.features beside the corpus folder OUT: after an interruption"
          + " the same command goes on from there; the folder is removed at the end."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} features my-corpus --text lsa",
      "  ${sys:seminar.invocation} features my-corpus --text minilm",
      "  ${sys:seminar.invocation} features my-corpus --image vectors.npy --image-ids ids.txt",
      "  ${sys:seminar.invocation} features my-corpus --text onnx --text-model clip-text.onnx \\",
      "      --tokenizer tokenizer.json --image onnx --image-model clip-image.onnx --images DIR"
    })
final class FeaturesCommand extends SeminarCommand {
  @Mixin private CommonOptions common;
  @Mixin private TextOptions text;
  @Mixin private PictureOptions pictures;

  @Parameters(paramLabel = "CORPUS", description = "The folder of a prepared corpus.")
  private Path corpus;

  @Option(
      names = "--half",
      description = "Writes half precision: files half as long, numbers of three digits.")
  private boolean half;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the new corpus; default: CORPUS itself is replaced.")
  private Path out;

  @Override
  void run() throws IOException {
    checkArguments();
    Path target = (out == null ? corpus : out).toAbsolutePath().normalize();
    Path work = target.resolveSibling(target.getFileName() + ".features");
    Optional<MadeFeatures> texts = Optional.empty();
    Optional<MadeFeatures> images = Optional.empty();
    Corpus made;
    try (Console console = Console.of(common.quiet)) {
      console.step("reading " + corpus, 0.05);
      Corpus given = CorpusFolder.read(corpus);
      Catalog catalog = given.catalog();
      if (text.asked()) {
        console.step("features of texts", pictures.asked() ? 0.4 : 0.85);
        Path file = work.resolve("text.npy");
        texts = Optional.of(text.make(catalog, common.seed, precision(), file, console));
      }
      if (pictures.asked()) {
        console.step("features of pictures", text.asked() ? 0.45 : 0.85);
        Path file = work.resolve("image.npy");
        images = Optional.of(pictures.make(catalog, precision(), file, console));
      }
      console.step("writing " + target, 0.1);
      made =
          described(
              FeatureSet.into(given, texts.map(MadeFeatures::set), images.map(MadeFeatures::set)),
              texts,
              images);
      CorpusFolder.write(made, target, CorpusFolder.companions(corpus, given));
      remove(work);
    }
    CorpusReport.summary(made, target, out());
    texts.ifPresent(set -> set.show("text", out()));
    images.ifPresent(set -> set.show("picture", out()));
  }

  private void checkArguments() {
    text.check(this);
    if (!text.asked() && !pictures.asked()) {
      throw wrong("nothing to make: give --text, --image or both");
    }
    pictures.check(this);
  }

  private Precision precision() {
    return half ? Precision.HALF : Precision.SINGLE;
  }

  /** The manifest says how features were made. */
  private Corpus described(
      Corpus given, Optional<MadeFeatures> texts, Optional<MadeFeatures> images) {
    Manifest old = given.manifest();
    Map<String, String> options = new LinkedHashMap<>(old.options());
    texts.ifPresent(set -> options.put("features.text", set.how(precision())));
    images.ifPresent(set -> options.put("features.image", set.how(precision())));
    Manifest manifest =
        new Manifest(
            old.name(), old.reader(), options, old.counts(), old.sources(), old.malformed());
    return new Corpus(
        manifest,
        given.catalog(),
        given.queries(),
        given.histories(),
        given.exposures(),
        given.negatives(),
        given.features());
  }

  private static void remove(Path work) throws IOException {
    for (String name : new String[] {"text.npy", "image.npy"}) {
      Files.deleteIfExists(work.resolve(name));
      Files.deleteIfExists(work.resolve(name + ".journal"));
    }
    if (Files.isDirectory(work)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(work)) {
        if (left.iterator().hasNext()) {
          return; // work of another run with other options
        }
      }
      Files.delete(work);
    }
  }
}
