package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import seminar.experiment.Ablations;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.PaperTables;
import seminar.experiment.Protocol;
import seminar.experiment.Setup;
import seminar.figure.Curves;
import seminar.figure.SettingCurves;
import seminar.figure.TableFile;
import seminar.lesson.ColdCurve;
import tech.tablesaw.api.Table;

/** What pretraining gives: paper Table 3, paper Figure 3 and cold items. */
final class PretrainingJob {
  private static final String RECENT = "Pretraining losses (targets: last 8 events)";
  private static final String SLIDING = "Pretraining losses (targets: all events)";

  private static final String TEXTS = "text vectors";
  private static final String PRETRAINED = "pretrained";

  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final Setup base;

  PretrainingJob(Reproduction.Plan plan, SeededGrid grid, Setup base) {
    this.plan = plan;
    this.grid = grid;
    this.base = base;
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork(Reproduction.Part part) throws IOException {
    return switch (part) {
      case TABLE3 -> grid.newWork(flat(losses()));
      case FIG3 -> grid.newWork(flat(epochs()));
      default -> grid.newWork(coldSettings()) + grid.withoutTexts().newWork(List.of(blind()));
    };
  }

  /** With all events as targets, and with the last few; each with its controls. */
  private List<List<Contender>> losses() {
    List<Contender> few =
        plan.size().recent()
            ? flat(
                List.of(
                    Ablations.losses(recent()),
                    Ablations.codes(recent(), grid.corpus()),
                    Ablations.controls(recent())))
            : joined(coldSettings(), List.of(Ablations.olderFirst(recent())));
    return List.of(joined(Ablations.losses(base), Ablations.controls(base)), few);
  }

  private static List<Contender> joined(List<Contender> some, List<Contender> others) {
    return flat(List.of(some, others));
  }

  private Setup recent() {
    return base.withProtocol(base.protocol().withTargets(Protocol.Targets.RECENT));
  }

  private static List<Contender> flat(List<List<Contender>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** The lines of each part. */
  private static List<List<Line>> split(List<Line> lines, List<List<Contender>> parts) {
    List<List<Line>> split = new ArrayList<>();
    int from = 0;
    for (List<Contender> part : parts) {
      split.add(lines.subList(from, from + part.size()));
      from += part.size();
    }
    return split;
  }

  /** Paper Table 3, for each choice of targets. */
  List<Table> table3() throws IOException {
    List<Line> lines = grid.run(flat(losses()));
    List<String> titles = List.of(SLIDING, RECENT);
    List<String> names = List.of("table3", "table3_recent");
    List<Table> tables = new ArrayList<>();
    for (List<Line> each : split(lines, losses())) {
      int i = tables.size();
      ModelTable table = PaperTables.losses(titles.get(i), grid.name(), each, grid.seeds());
      tables.add(grid.draw(table, grid.made(lines), names.get(i)));
    }
    return tables;
  }

  private List<Contender> coldSettings() {
    List<Contender> settings = new ArrayList<>();
    Ablations.losses(recent()).stream()
        .filter(line -> line.name().equals(Ablations.NONE) || line.name().equals(Ablations.ALL))
        .forEach(settings::add);
    settings.addAll(Ablations.codes(recent(), grid.corpus()));
    return settings;
  }

  /** Without texts: what ids, pictures and attributes find. */
  private Contender blind() {
    return new Contender("no text", recent(), false);
  }

  /**
   * How well cold items are found by texts as vectors, as codes and as both, and with pretraining.
   */
  List<Table> cold() throws IOException {
    List<Line> lines = new ArrayList<>(grid.withoutTexts().run(List.of(blind())));
    for (Line line : grid.run(coldSettings())) {
      lines.add(new Line(coldName(line.name()), line.runs(), line.missing()));
    }
    ColdCurve curve = ColdCurve.of(grid.under(recent()), grid.corpus(), lines);
    Table table = curve.table("Cold items on " + grid.name(), TEXTS);
    Map<String, Object> more = grid.made(lines);
    more.put("users", curve.users());
    more.put("differences", TableFile.rows(table));
    Curves.draw(
        "Cold items on " + grid.name(),
        "training targets: the 8 events before those of validation and test; bars: 95 % over users",
        List.of(
            panel("Without pretraining", curve, name -> !name.startsWith(PRETRAINED)),
            panel(
                "With pretraining",
                curve,
                name -> name.startsWith(PRETRAINED) || name.equals(TEXTS))),
        more,
        plan.out().resolve("cold.png"));
    TableFile.writeCsv(table, plan.out(), "cold");
    return List.of();
  }

  private static String coldName(String name) {
    return name.equals(Ablations.NONE) ? TEXTS : name.replace(Ablations.ALL, PRETRAINED);
  }

  private static Curves panel(String title, ColdCurve curve, Predicate<String> shown) {
    List<Integer> x = IntStream.range(0, curve.places().size()).boxed().toList();
    Curves panel =
        Curves.of(title, "times the item to be found was a target of training", "NDCG@10")
            .at(curve.places());
    for (ColdCurve.Line line : curve.lines()) {
      if (shown.test(line.name())) {
        panel = panel.line(line.name(), x, line.mean(), line.halfWidth());
      }
    }
    return panel;
  }

  private List<List<Contender>> epochs() {
    List<Setup> lines = plan.size().recent() ? List.of(base, recent()) : List.of(base);
    return lines.stream()
        .map(setup -> Ablations.pretrainingEpochs(setup, plan.size().pretraining()))
        .toList();
  }

  /** Paper Figure 3, a line for each choice of targets. */
  List<Table> figure3() throws IOException {
    List<Line> lines = grid.run(flat(epochs()));
    String none = Integer.toString(plan.size().pretraining().getFirst());
    List<String> names = List.of("targets: all events", "targets: last 8 events");
    List<SettingCurves.Line> curves = new ArrayList<>();
    for (List<Line> each : split(lines, epochs())) {
      String name = names.get(curves.size());
      curves.add(new SettingCurves.Line(name, grid.table("Epochs of pretraining", none, each)));
    }
    new SettingCurves(
            "Pretraining on %s (paper Figure 3)".formatted(grid.name()),
            "the paper gains most in the first 5 epochs, little after; bars are 95 % intervals",
            "epochs of pretraining")
        .draw(curves, grid.made(lines), plan.out().resolve("fig3.png"));
    return curves.stream().map(curve -> curve.table().table()).toList();
  }
}
