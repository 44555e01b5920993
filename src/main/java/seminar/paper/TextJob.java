package seminar.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.Protocol;
import seminar.experiment.Setup;
import seminar.feature.Encoder;
import seminar.feature.FeatureSet;
import seminar.feature.Features;
import seminar.feature.HashedText;
import seminar.feature.LatentSemantics;
import seminar.feature.NpyStore;
import seminar.feature.onnx.MiniLm;
import seminar.figure.Curves;
import seminar.file.Precision;
import seminar.lesson.ColdCurve;
import seminar.rank.PlainRankers;
import seminar.terminal.Console;
import seminar.terminal.FetchedLibrary;
import tech.tablesaw.api.Table;

/**
 * What texts give: SEMINAR, and the likeness of texts alone, with other vectors of the same texts,
 * over all items and by how often an item was a target of training. Pictures and attributes stay.
 */
final class TextJob {
  private static final String WITH = "SEMINAR, ";
  private static final String ALONE = "text alone, ";

  /** As many numbers as the encoder of sentences gives. */
  private static final int WIDE = 384;

  private final Reproduction.Plan plan;
  private final Console console;
  private final SeededGrid grid;
  private final Features features;
  private final Setup base;

  /** How texts become vectors. */
  private enum Way {
    NONE("no text"),
    HASHED("hashed words"),
    WIDE_HASHED("hashed words, 384 numbers"),
    LATENT("latent semantics"),
    SENTENCES("all-MiniLM-L6-v2");

    private final String title;

    Way(String title) {
      this.title = title;
    }
  }

  TextJob(Reproduction.Plan plan, Console console, SeededGrid grid, Features features, Setup base) {
    this.plan = plan;
    this.console = console;
    this.grid = grid;
    this.features = features;
    this.base = base;
  }

  /** About how many histories are passed through in training, finished runs among them. */
  double work() {
    double epochs = base.training().epochs() + 2.0 * base.pretraining().epochs();
    return 2 * Way.values().length * epochs * plan.seeds() * grid.corpus().histories().users();
  }

  /**
   * Trains what is missing and writes {@code text}, {@code text_recent} and {@code text_cold}.
   *
   * @throws IOException if the encoder of sentences cannot be had, or a file not be written
   */
  List<Table> run() throws IOException {
    Setup recent = base.withProtocol(base.protocol().withTargets(Protocol.Targets.RECENT));
    List<Line> all = new ArrayList<>();
    List<Line> few = new ArrayList<>();
    Map<String, String> vectors = new LinkedHashMap<>();
    for (Way way : Way.values()) {
      SeededGrid on = on(way, vectors);
      all.addAll(lines(way, on, base));
      few.addAll(lines(way, on, recent));
    }
    List<Table> tables =
        List.of(
            draw("Vectors of texts (targets: all events)", all, vectors, "text"),
            draw("Vectors of texts (targets: last 8 events)", few, vectors, "text_recent"));
    cold(recent, few, vectors);
    return tables;
  }

  private static List<Line> lines(Way way, SeededGrid on, Setup setup) throws IOException {
    List<Line> lines = new ArrayList<>();
    if (way != Way.NONE) {
      Line alone = on.plain(PlainRankers.TEXT, setup);
      lines.add(new Line(ALONE + way.title, alone.runs(), alone.missing()));
    }
    lines.addAll(on.run(List.of(new Contender(WITH + way.title, setup, true))));
    return lines;
  }

  private Table draw(String title, List<Line> lines, Map<String, String> vectors, String name)
      throws IOException {
    return grid.draw(grid.table(title, WITH + Way.HASHED.title, lines), made(lines, vectors), name);
  }

  private Map<String, Object> made(List<Line> lines, Map<String, String> vectors) {
    Map<String, Object> made = grid.made(lines);
    made.put("vectors", vectors);
    return made;
  }

  /** How well cold items are found. */
  private void cold(Setup recent, List<Line> lines, Map<String, String> vectors)
      throws IOException {
    List<Curves> panels = new ArrayList<>();
    ColdCurve curve = ColdCurve.of(grid.under(recent), grid.corpus(), lines);
    for (String start : List.of(WITH, ALONE)) {
      String title = start.substring(0, start.length() - 2);
      Curves panel =
          Curves.of(title, "times the item to be found was a target of training", "NDCG@10")
              .at(curve.places());
      List<Integer> x = IntStream.range(0, curve.places().size()).boxed().toList();
      for (ColdCurve.Line line : curve.lines()) {
        if (line.name().startsWith(start)) {
          String name = line.name().substring(start.length());
          panel = panel.line(name, x, line.mean(), line.halfWidth());
        }
      }
      panels.add(panel);
    }
    Map<String, Object> more = made(lines, vectors);
    more.put("users", curve.users());
    Curves.draw(
        "Cold items by vectors of texts on " + grid.name(),
        "training targets: the 8 events before those of validation and test; bars: 95 % over users",
        panels,
        more,
        plan.out().resolve("text_cold.png"));
  }

  /** The same corpus with other vectors of its texts. */
  private SeededGrid on(Way way, Map<String, String> vectors) throws IOException {
    Corpus corpus = grid.corpus();
    Catalog catalog = corpus.catalog();
    console.step("vectors of texts: " + way.title, 0.01);
    if (way == Way.NONE) {
      return grid.withoutTexts();
    }
    Path file = plan.out().resolve("runs").resolve("text").resolve(way + ".npy");
    try (Encoder<String> encoder = encoder(way, FeatureSet.texts(catalog))) {
      FeatureSet set = FeatureSet.texts(catalog, encoder, Precision.SINGLE, file, console);
      vectors.put(
          way.title,
          "%d numbers for %d of %d items%s"
              .formatted(
                  set.dims(),
                  set.encoded().encoded(),
                  set.items(),
                  way == Way.SENTENCES ? "; " + MiniLm.provenance() : ""));
      return grid.on(
          FeatureSet.into(corpus, Optional.of(set), Optional.empty()),
          new Features(NpyStore.open(file), features.image()));
    }
  }

  private Encoder<String> encoder(Way way, List<String> texts) throws IOException {
    return switch (way) {
      case SENTENCES -> MiniLm.open(FetchedLibrary.file(MiniLm.LIBRARY, MiniLm.BYTES, console));
      case LATENT ->
          LatentSemantics.fit(texts, LatentSemantics.Options.of(HashedText.DIMS, plan.seed()));
      case WIDE_HASHED -> HashedText.fit(texts, WIDE);
      default -> HashedText.fit(texts, HashedText.DIMS);
    };
  }
}
