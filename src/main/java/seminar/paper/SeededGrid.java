package seminar.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.LongStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.experiment.AllItems;
import seminar.experiment.Comparison;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.experiment.Tuning;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.figure.ModelDots;
import seminar.figure.TableFile;
import seminar.math.Workers;
import seminar.rank.PlainRankers;
import seminar.search.InterestModel;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/**
 * A grid on one corpus with the seeds of a reproduction, told on its console. All parts of a
 * reproduction draw on the same finished runs.
 */
final class SeededGrid {
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private final Reproduction.Plan plan;
  private final Console console;
  private final Comparison grid;
  private final Features features;
  private final List<Long> seeds;
  private final Set<List<Object>> counted = new HashSet<>();
  private Optional<InterestModel> seminar = Optional.empty();

  SeededGrid(Reproduction.Plan plan, Console console, Corpus corpus, Features features) {
    this.plan = plan;
    this.console = console;
    this.features = features;
    grid = new Comparison(corpus, features, Workers.common(), plan.seed(), folder());
    seeds = LongStream.range(plan.seed(), plan.seed() + plan.seeds()).boxed().toList();
  }

  /** The same on another corpus. */
  SeededGrid on(Corpus corpus, Features features) {
    return new SeededGrid(plan, console, corpus, features);
  }

  /** The same on the same corpus without its texts. */
  SeededGrid withoutTexts() {
    Catalog catalog = corpus().catalog();
    int[] absent = new int[catalog.size() + 1];
    Arrays.fill(absent, Catalog.ABSENT);
    int[] images = absent.clone();
    Arrays.setAll(images, item -> item == 0 ? Catalog.ABSENT : catalog.imageRow(item));
    Corpus without = corpus().withCatalog(catalog.withRows(absent, images));
    return on(without, new Features(FeatureStore.empty(1), features.image()));
  }

  /** Where finished runs lie. */
  private Path folder() {
    return plan.out().resolve("runs").resolve("ranking");
  }

  Corpus corpus() {
    return grid.corpus();
  }

  /** Name of the corpus. */
  String name() {
    return corpus().manifest().name();
  }

  List<Long> seeds() {
    return seeds;
  }

  /** The split and the candidates under the protocol of a setup. */
  RankingExperiment under(Setup setup) {
    return grid.under(setup.protocol());
  }

  /**
   * Histories that are still to be passed through in training, for settings that were not asked
   * about before: parts share their runs.
   */
  double newWork(List<Contender> settings) throws IOException {
    List<Contender> others =
        settings.stream()
            .filter(each -> counted.add(List.of(each.setup(), each.pretrained())))
            .toList();
    return grid.missingWork(others, seeds);
  }

  /** Trains what is missing, and says so where several versions of the code made the runs. */
  List<Line> run(List<Contender> settings) throws IOException {
    return remarked(grid.run(settings, seeds, listener()));
  }

  /** A plain ranker under the protocol of a setup. */
  Line plain(PlainRankers plain, Setup setup) throws IOException {
    return grid.plain(setup.protocol(), plain, seeds.getFirst());
  }

  /** The same for models under one protocol, after the plain rankers under it. */
  List<Line> runBesidePlain(List<Contender> models, Setup setup) throws IOException {
    AllItems.Options all = plan.comparing().allItems();
    Comparison wide = grid.withAllItems(all);
    List<Contender> missing = wide.missing(models, seeds);
    if (all.covers(corpus()) && !missing.isEmpty()) {
      console.remark(
          "each model also ranks all %,d items of every user, about %.0f s more on one core; %d to do"
              .formatted(
                  corpus().catalog().size(), AllItems.seconds(under(setup)), missing.size()));
    }
    List<Line> lines = remarked(wide.runBesidePlain(setup.protocol(), models, seeds, listener()));
    long few =
        lines.stream()
            .flatMap(line -> line.runs().stream())
            .filter(run -> run.full().isEmpty())
            .count();
    if (all.covers(corpus()) && few > 0) {
      console.remark(
          "%d runs were made without ranking all items: --all-items %d makes them anew"
              .formatted(few, all.largest()));
    }
    return lines;
  }

  /** Every model with the values of some options that are best on the validation requests. */
  Tuning tuned(List<Contender> models) throws IOException {
    return Tuning.of(grid, models, plan.comparing().tried(), seeds.getFirst(), listener());
  }

  /**
   * SEMINAR itself under the first seed: as it was trained for the runs of this grid, else trained
   * now, which gives the same.
   *
   * @param setting SEMINAR
   */
  InterestModel seminar(Contender setting) {
    if (seminar.isEmpty()) {
      console.step(setting.name() + ", again for the model itself", 0.4);
      RankingExperiment experiment = under(setting.setup());
      seminar = Optional.of(experiment.run(setting, seeds.getFirst(), console::at).model());
    }
    return seminar.get();
  }

  /** Tells the console, and keeps the first model that a job asks for by itself. */
  Comparison.Listener listener() {
    return new Comparison.Listener() {
      private boolean begun;

      @Override
      public void begins(String name) {
        if (begun) {
          console.beside(name);
        } else {
          console.step(name, 1);
          begun = true;
        }
      }

      @Override
      public void at(double fraction) {
        console.at(fraction);
      }

      @Override
      public void trained(String name, long seed, InterestModel model) {
        if (name.equals(Contender.SEMINAR) && seed == seeds.getFirst()) {
          seminar = Optional.of(model);
        }
      }
    };
  }

  private List<Line> remarked(List<Line> lines) {
    List<String> commits = Comparison.commits(lines);
    if (commits.size() > 1) {
      console.remark(
          "runs of several versions of the code stand side by side (%s); remove %s to train all anew"
              .formatted(String.join(", ", commits), folder()));
    }
    return lines;
  }

  /** Lines beside one of them, without numbers of the paper. */
  ModelTable table(String title, String reference, List<Line> lines) {
    ModelTable.Heading heading = new ModelTable.Heading(title, name(), reference, "paper");
    return ModelTable.of(heading, lines, seeds, line -> UNKNOWN);
  }

  /**
   * Draws a table of models and writes it for spreadsheets.
   *
   * @param made what made its runs
   * @param name of the files without their ends
   * @return the table as it is read
   */
  Table draw(ModelTable table, Map<String, Object> made, String name) throws IOException {
    ModelDots.draw(table, made, plan.out().resolve(name + ".png"));
    TableFile.writeCsv(table.table(), plan.out(), name);
    return table.table();
  }

  /** What made these lines; goes beside every figure of theirs. */
  Map<String, Object> made(List<Line> lines) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("corpus", name());
    made.put("corpusHash", corpus().hash());
    made.put("seedOfNegatives", plan.seed());
    made.put("seeds", seeds);
    made.put("commits", Comparison.commits(lines));
    made.put("scale", plan.size());
    return made;
  }
}
