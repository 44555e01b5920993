package seminar.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.Manifest;
import seminar.feature.Encoder;
import seminar.feature.FeatureSet;
import seminar.feature.ImageFolder;
import seminar.feature.PictureDescriptor;
import seminar.feature.onnx.OnnxImage;
import seminar.file.Precision;
import seminar.file.Progress;
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
      "  ${sys:seminar.invocation} features my-corpus --text onnx --text-model clip-text.onnx \\",
      "      --tokenizer tokenizer.json --image onnx --image-model clip-image.onnx --images DIR"
    })
final class FeaturesCommand extends SeminarCommand {
  @Mixin private CommonOptions common;
  @Mixin private TextOptions text;

  @Parameters(paramLabel = "CORPUS", description = "The folder of a prepared corpus.")
  private Path corpus;

  @Option(
      names = "--image",
      paramLabel = "HOW",
      description = "Features of pictures: descriptor or onnx.")
  private ImageKind image;

  @Option(
      names = "--image-model",
      paramLabel = "FILE",
      description = "The .onnx file for --image onnx.")
  private Path imageModel;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of the pictures, each named ID.png, ID.jpg, ... by original id.")
  private Path images;

  @Option(
      names = "--half",
      description = "Writes half precision: files half as long, numbers of three digits.")
  private boolean half;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the new corpus; default: CORPUS itself is replaced.")
  private Path out;

  /** How pictures become vectors. */
  private enum ImageKind {
    DESCRIPTOR,
    ONNX
  }

  @Override
  void run() throws IOException {
    checkArguments();
    Path target = (out == null ? corpus : out).toAbsolutePath().normalize();
    Path work = target.resolveSibling(target.getFileName() + ".features");
    Optional<FeatureSet> texts = Optional.empty();
    Optional<FeatureSet> pictures = Optional.empty();
    Corpus made;
    try (Console console = Console.of(common.quiet)) {
      console.step("reading " + corpus, 0.05);
      Corpus given = CorpusFolder.read(corpus);
      if (text.asked()) {
        console.step("features of texts", image == null ? 0.85 : 0.4);
        texts = Optional.of(texts(given, work, console::at));
      }
      if (image != null) {
        console.step("features of pictures", text.asked() ? 0.45 : 0.85);
        pictures = Optional.of(pictures(given, work, console::at));
      }
      console.step("writing " + target, 0.1);
      made = described(FeatureSet.into(given, texts, pictures), texts, pictures);
      CorpusFolder.write(made, target, CorpusFolder.companions(corpus, given));
      remove(work);
    }
    CorpusReport.summary(made, target, out());
    texts.ifPresent(set -> show("text", set));
    pictures.ifPresent(set -> show("picture", set));
  }

  private void checkArguments() {
    text.check(this);
    if (!text.asked() && image == null) {
      throw wrong("nothing to make: give --text, --image or both");
    }
    if (image == null && images != null) {
      throw wrong("--images is of use with --image descriptor or --image onnx alone");
    }
    if (image != null && images == null) {
      throw wrong("--image needs the folder of the pictures: give --images DIR");
    }
    if ((image == ImageKind.ONNX) != (imageModel != null)) {
      throw wrong("--image onnx and --image-model FILE belong together");
    }
  }

  private Precision precision() {
    return half ? Precision.HALF : Precision.SINGLE;
  }

  private FeatureSet texts(Corpus given, Path work, Progress progress) throws IOException {
    try (Encoder<String> encoder = text.encoder(given.catalog(), common.seed)) {
      return FeatureSet.texts(
          given.catalog(), encoder, precision(), work.resolve("text.npy"), progress);
    }
  }

  private FeatureSet pictures(Corpus given, Path work, Progress progress) throws IOException {
    ImageFolder folder = ImageFolder.open(images);
    try (Encoder<BufferedImage> encoder =
        image == ImageKind.ONNX ? OnnxImage.open(imageModel) : PictureDescriptor.encoder()) {
      return FeatureSet.pictures(
          given.catalog(), folder, encoder, precision(), work.resolve("image.npy"), progress);
    }
  }

  /** The manifest says how features were made. */
  private Corpus described(
      Corpus given, Optional<FeatureSet> texts, Optional<FeatureSet> pictures) {
    Manifest old = given.manifest();
    Map<String, String> options = new LinkedHashMap<>(old.options());
    texts.ifPresent(set -> options.put("features.text", how(text.name(), set)));
    pictures.ifPresent(
        set -> options.put("features.image", how(image.name().toLowerCase(Locale.ROOT), set)));
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

  private String how(String name, FeatureSet set) {
    return "%s, %d numbers, %s precision"
        .formatted(name, set.dims(), precision().name().toLowerCase(Locale.ROOT));
  }

  private void show(String kind, FeatureSet set) {
    PrintWriter print = out();
    print.printf(
        Locale.ROOT,
        "%s features: %,d of %,d items (%.1f %%); without a %s %,d, nothing known in it %,d,"
            + " unreadable %,d%n",
        kind,
        set.encoded().encoded(),
        set.items(),
        100 * set.coverage(),
        kind,
        set.without(),
        set.encoded().zero(),
        set.encoded().unreadable());
    set.encoded().reasons().forEach(reason -> print.println("  unreadable: " + reason));
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
