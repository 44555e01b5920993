package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.RankingExperiment;
import seminar.experiment.ResultTable;
import seminar.measure.Buckets;
import seminar.measure.MeanInterval;
import seminar.measure.PairedBootstrap;
import seminar.measure.PairedBootstrap.Resampled;
import seminar.measure.RankingMeasure;
import seminar.measure.UserValues;
import seminar.rank.HistoryNumbers;
import tech.tablesaw.api.Table;

/**
 * How well an item is found by how often its id was a target of training: the insufficient learning
 * of ids that the paper starts from (§1), with and without pretraining, by texts and by codes.
 *
 * @param places names of the buckets, rising
 * @param users how many test requests each has
 * @param lines one for each model
 */
public record ColdCurve(List<String> places, List<Integer> users, List<Line> lines) {
  private static final Buckets BUCKETS = Buckets.at(1, 2, 4, 8, 16);
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  /**
   * A model. Only buckets that have two users or more count.
   *
   * @param name the model
   * @param mean NDCG@10 in each bucket, over users and seeds
   * @param halfWidth of its 95 % interval over users
   * @param values NDCG@10 of the users of each bucket, of every seed
   */
  public record Line(
      String name, List<Double> mean, List<Double> halfWidth, List<List<UserValues>> values) {
    private static Line of(String name, List<List<UserValues>> values) {
      List<MeanInterval> intervals =
          values.stream().map(seeds -> MeanInterval.of(UserValues.mean(seeds).values())).toList();
      return new Line(
          name,
          intervals.stream().map(MeanInterval::mean).toList(),
          intervals.stream().map(MeanInterval::halfWidth).toList(),
          values);
    }
  }

  /** A row of the table. */
  private record Cell(int place, Line line) {}

  /**
   * Groups runs under one protocol.
   *
   * @param experiment the one in which they were made
   */
  public static ColdCurve of(
      RankingExperiment experiment, Corpus corpus, List<Comparison.Line> lines) {
    UserValues times = HistoryNumbers.timesLearned(experiment.test(), corpus, experiment.split());
    double[] numbers = times.values();
    List<String> places = new ArrayList<>();
    List<int[]> members = new ArrayList<>();
    for (int b = 0; b < BUCKETS.size(); b++) {
      int bucket = b;
      int[] own =
          IntStream.range(0, numbers.length)
              .filter(i -> BUCKETS.of(numbers[i]) == bucket)
              .toArray();
      if (own.length >= 2) {
        places.add(place(bucket));
        members.add(own);
      }
    }
    return new ColdCurve(
        places,
        members.stream().map(own -> own.length).toList(),
        lines.stream()
            .filter(line -> !line.runs().isEmpty())
            .map(line -> Line.of(line.name(), values(line, members)))
            .toList());
  }

  private static List<List<UserValues>> values(Comparison.Line line, List<int[]> members) {
    List<UserValues> seeds = line.runs().stream().map(run -> run.values(NDCG)).toList();
    return members.stream().map(own -> seeds.stream().map(all -> part(all, own)).toList()).toList();
  }

  private static UserValues part(UserValues all, int[] places) {
    int[] users = all.users();
    double[] values = all.values();
    return new UserValues(
        Arrays.stream(places).map(i -> users[i]).toArray(),
        Arrays.stream(places).mapToDouble(i -> values[i]).toArray());
  }

  private static String place(int bucket) {
    int from = bucket == 0 ? 0 : (int) (double) BUCKETS.bounds().get(bucket - 1);
    if (bucket == BUCKETS.size() - 1) {
      return from + "+";
    }
    int to = (int) (double) BUCKETS.bounds().get(bucket) - 1;
    return from == to ? Integer.toString(from) : from + "–" + to;
  }

  /**
   * A row for each bucket and model: its level, and the difference to one of the models on the same
   * users, with an interval over users, and over users and seeds where there are several.
   *
   * @param reference the name of a line
   * @throws IllegalArgumentException if there is no such line
   */
  public Table table(String title, String reference) {
    Line other =
        lines.stream()
            .filter(line -> line.name.equals(reference))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no line " + reference));
    List<Cell> cells = new ArrayList<>();
    for (int place = 0; place < places.size(); place++) {
      for (Line line : lines) {
        cells.add(new Cell(place, line));
      }
    }
    Function<Cell, String> level =
        cell ->
            "%.4f ± %.4f"
                .formatted(cell.line.mean.get(cell.place), cell.line.halfWidth.get(cell.place));
    return Table.create(
        title,
        ResultTable.column("times a target", cells, cell -> places.get(cell.place)),
        ResultTable.column("users", cells, cell -> users.get(cell.place).toString()),
        ResultTable.column("model", cells, cell -> cell.line.name),
        ResultTable.column("NDCG@10", cells, level),
        ResultTable.column(
            "Δ to %s [95 %%]".formatted(reference),
            cells,
            cell -> difference(cell, other, Resampled.USERS)),
        ResultTable.column(
            "Δ [95 %, seeds too]",
            cells, cell -> difference(cell, other, Resampled.USERS_AND_SEEDS)));
  }

  private static String difference(Cell cell, Line other, Resampled resampled) {
    List<UserValues> own = cell.line.values.get(cell.place);
    List<UserValues> others = other.values.get(cell.place);
    boolean several = own.size() > 1 && others.size() > 1;
    if (cell.line == other || (resampled == Resampled.USERS_AND_SEEDS && !several)) {
      return "";
    }
    PairedBootstrap found =
        PairedBootstrap.of(own, others, resampled, PairedBootstrap.Options.usual());
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", found.difference(), found.low(), found.high());
  }
}
