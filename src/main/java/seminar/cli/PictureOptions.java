package seminar.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import seminar.data.Catalog;
import seminar.feature.Encoder;
import seminar.feature.FeatureSet;
import seminar.feature.ImageFolder;
import seminar.feature.PictureDescriptor;
import seminar.feature.onnx.OnnxImage;
import seminar.file.Precision;
import seminar.file.Progress;

/** How pictures become vectors. */
final class PictureOptions {
  @Option(
      names = "--image",
      paramLabel = "HOW",
      converter = FeatureWay.OfPictures.class,
      description =
          "Features of pictures: descriptor, onnx (your own model), or your own vectors: FILE.npy,"
              + " or a folder of such.")
  private FeatureWay way;

  @Option(
      names = "--image-ids",
      paramLabel = "FILE",
      description =
          "The items' ids in the order of the rows of --image FILE.npy, one a line; default:"
              + " FILE.txt.")
  private Path ids;

  @Option(
      names = "--image-model",
      paramLabel = "FILE",
      description = "The .onnx file for --image onnx.")
  private Path model;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of the pictures, each named ID.png, ID.jpg, ... by original id.")
  private Path images;

  /** Whether pictures are to have features. */
  boolean asked() {
    return way != null;
  }

  /** Refuses options that contradict each other. */
  void check(SeminarCommand command) {
    boolean own = asked() && way.isOwn();
    boolean made = asked() && !own;
    if (!made && images != null) {
      throw command.wrong("--images is of use with --image descriptor or --image onnx alone");
    }
    if (made && images == null) {
      throw command.wrong("--image needs the folder of the pictures: give --images DIR");
    }
    if ((asked() && way.is(FeatureWay.ONNX)) != (model != null)) {
      throw command.wrong("--image onnx and --image-model FILE belong together");
    }
    if (ids != null && !own) {
      throw command.wrong("--image-ids belongs to --image FILE.npy");
    }
  }

  /**
   * Makes them.
   *
   * @param file where the matrix goes
   */
  MadeFeatures make(Catalog catalog, Precision precision, Path file, Progress progress)
      throws IOException {
    if (way.isOwn()) {
      Path matrix = way.file().orElseThrow();
      return MadeFeatures.own(catalog, matrix, Optional.ofNullable(ids), precision, file, progress);
    }
    ImageFolder folder = ImageFolder.open(images);
    try (Encoder<BufferedImage> encoder =
        way.is(FeatureWay.ONNX) ? OnnxImage.open(model) : PictureDescriptor.encoder()) {
      return MadeFeatures.of(
          FeatureSet.pictures(catalog, folder, encoder, precision, file, progress), way.name());
    }
  }
}
