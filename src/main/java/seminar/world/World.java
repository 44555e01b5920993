package seminar.world;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.options.OptionPaths;

/**
 * A planted world: a corpus, the truth behind it, and a picture of each item.
 *
 * <p>A history sees an item at most once, so that a positive cannot be distinguished from negatives
 * by having been seen before. Same options, same world, bit for bit.
 */
public final class World {
  private static final String READER = "world/2";

  private final WorldOptions options;
  private final Corpus corpus;
  private final Truth truth;
  private final Painter painter;

  private World(WorldOptions options, Corpus corpus, Truth truth) {
    this.options = options;
    this.corpus = corpus;
    this.truth = truth;
    this.painter = new Painter(options.image().noise(), options.seed());
  }

  /** Makes the world of these options. */
  public static World of(WorldOptions options) {
    return of(options, Workers.common(), Progress.silent());
  }

  /**
   * Makes the world of these options.
   *
   * @param workers on whose threads histories are made; the world does not depend on their number
   * @param progress hears how many histories were made
   */
  public static World of(WorldOptions options, Workers workers, Progress progress) {
    ItemTable table = ItemTable.of(options);
    LogWriter log = LogWriter.of(options, table, workers, progress);
    TruthColumns truth = TruthColumns.of(table, log);
    progress.at("writing titles", 0, 0);
    Catalog catalog = new Titles(options, table).catalog();
    Queries queries = log.queries();
    Histories histories = log.histories();
    Manifest manifest =
        new Manifest("world", READER, OptionPaths.describe(options), Map.of(), Map.of(), List.of())
            .withSizes(catalog, queries, histories);
    Corpus corpus =
        new Corpus(
            manifest,
            catalog,
            queries,
            histories,
            log.exposures(),
            Optional.empty(),
            FeatureFiles.none());
    return new World(options, corpus, new Truth(options, corpus, truth));
  }

  /**
   * Reads a world that was written.
   *
   * @throws IOException if the folder holds no corpus, or a corpus without its truth
   */
  public static World read(Path folder) throws IOException {
    Corpus corpus = CorpusFolder.read(folder);
    if (!corpus.manifest().reader().equals(READER)) {
      throw new IOException(
          "%s was made by %s, not by %s: there is no truth beside it"
              .formatted(folder, corpus.manifest().reader(), READER));
    }
    TruthColumns truth = TruthColumns.read(corpus, folder);
    try {
      WorldOptions options = OptionPaths.of(WorldOptions.class, dials(corpus.manifest()));
      return new World(options, corpus, new Truth(options, corpus, truth));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("%s: %s; make the world again".formatted(folder, e.getMessage()), e);
    }
  }

  /** What a manifest says; a world of before there was a memory has none. */
  private static Map<String, String> dials(Manifest manifest) {
    Map<String, String> dials = new LinkedHashMap<>();
    OptionPaths.describe(WorldOptions.Memory.none())
        .forEach((dial, value) -> dials.put("memory." + dial, value));
    dials.putAll(manifest.options());
    return dials;
  }

  /**
   * Writes the corpus into a folder and the truth beside it; a corpus that lay there is replaced.
   *
   * @throws IOException if the folder holds something other than a corpus
   */
  public void write(Path folder) throws IOException {
    CorpusFolder.write(corpus, folder, truth.columns());
  }

  /** The same world, whose corpus has ready-made features. */
  public World withFeatures(FeatureFiles features) {
    return new World(options, corpus.withFeatures(features), truth);
  }

  /** The dials it was made with. */
  public WorldOptions options() {
    return options;
  }

  /** What a model may see. */
  public Corpus corpus() {
    return corpus;
  }

  /** What no model is told. */
  public Truth truth() {
    return truth;
  }

  /**
   * The picture of an item, {@value Painter#SIZE} × {@value Painter#SIZE} pixels, the same at every
   * call.
   *
   * @throws IllegalArgumentException if the item has none: its image row is {@value Catalog#ABSENT}
   */
  public BufferedImage picture(int item) {
    if (corpus.catalog().imageRow(item) == Catalog.ABSENT) {
      throw new IllegalArgumentException("item %d has no picture".formatted(item));
    }
    return painter.paint(item, truth.imageIntent(item));
  }

  /** The picture of an item, or nothing where the item has none. */
  public Optional<BufferedImage> pictureOf(int item) {
    boolean absent = corpus.catalog().imageRow(item) == Catalog.ABSENT;
    return absent ? Optional.empty() : Optional.of(picture(item));
  }
}
