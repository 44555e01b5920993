package seminar.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import seminar.measure.Buckets;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;
import tech.tablesaw.api.Table;

/**
 * NDCG@10 of every model in groups of users, among few candidates and among all items: by the
 * length of their history, or by how often the item to be found was a target of training.
 *
 * @param title what the users are grouped by
 * @param corpus name of the corpus
 * @param groups the groups in words, those without a user left out
 * @param users how many users each has
 * @param rows one for each model
 */
public record BucketTable(
    String title, String corpus, List<String> groups, List<Integer> users, List<Row> rows) {
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  /**
   * A model; means over users and seeds.
   *
   * @param name the model
   * @param few NDCG@10 in each group among few candidates, with half of its 95 % interval over
   *     users
   * @param all the same among all items; empty where runs did not rank them
   */
  public record Row(String name, List<Cell> few, List<Cell> all) {}

  /**
   * A model in a group.
   *
   * @param ndcg10 the mean
   * @param halfWidth of its 95 % interval over users; empty for one user
   */
  public record Cell(double ndcg10, OptionalDouble halfWidth) {}

  /**
   * Computes the table from runs.
   *
   * @param title what the users are grouped by, such as {@code events before the request}
   * @param numbers of the users, by which they are grouped
   * @throws IllegalArgumentException if runs rank other users than those with numbers
   */
  public static BucketTable of(
      String title,
      String corpus,
      Buckets buckets,
      UserValues numbers,
      List<Comparison.Line> lines) {
    List<Buckets.Row> counts = buckets.summary(numbers, numbers);
    int[] kept = IntStream.range(0, counts.size()).filter(b -> counts.get(b).users() > 0).toArray();
    List<String> groups = new ArrayList<>();
    List<Integer> users = new ArrayList<>();
    for (int b : kept) {
      groups.add(words(buckets, b));
      users.add(counts.get(b).users());
    }
    Function<UserValues, List<Cell>> cells =
        values -> {
          List<Buckets.Row> summary = buckets.summary(numbers, values);
          return IntStream.of(kept)
              .mapToObj(summary::get)
              .map(row -> new Cell(row.mean().orElseThrow(), row.halfWidth()))
              .toList();
        };
    List<Row> rows = new ArrayList<>();
    for (Comparison.Line line : lines) {
      if (!line.runs().isEmpty()) {
        List<RankingReport> all =
            line.runs().stream()
                .map(run -> run.report(AllItems.ALONE))
                .flatMap(Optional::stream)
                .toList();
        rows.add(
            new Row(
                line.name(),
                cells.apply(mean(line.runs().stream().map(Run::report).toList())),
                all.size() < line.runs().size() ? List.of() : cells.apply(mean(all))));
      }
    }
    return new BucketTable(title, corpus, groups, users, rows);
  }

  private static UserValues mean(List<RankingReport> seeds) {
    return UserValues.mean(seeds.stream().map(report -> report.values(NDCG)).toList());
  }

  /**
   * Whole numbers from one bound to the last before the next: {@code 1}, {@code 4–7}, {@code 16+}.
   */
  private static String words(Buckets buckets, int bucket) {
    long from = bucket == 0 ? 0 : (long) Math.ceil(buckets.bounds().get(bucket - 1));
    if (bucket == buckets.size() - 1) {
      return bucket == 0 ? "all" : from + "+";
    }
    long to = (long) Math.ceil(buckets.bounds().get(bucket)) - 1;
    return from == to ? Long.toString(from) : from + "–" + to;
  }

  /** The table as it is read: among few candidates, then among all items where they were ranked. */
  public Table table() {
    Map<String, Map<String, Double>> cells = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    boolean all = rows.stream().anyMatch(row -> !row.all.isEmpty());
    groups.forEach(group -> columns.add(column(group, "few")));
    groups.stream().filter(group -> all).forEach(group -> columns.add(column(group, "all")));
    for (Row row : rows) {
      Map<String, Double> own = new LinkedHashMap<>();
      for (int g = 0; g < groups.size(); g++) {
        own.put(column(groups.get(g), "few"), row.few.get(g).ndcg10);
        if (!row.all.isEmpty()) {
          own.put(column(groups.get(g), "all"), row.all.get(g).ndcg10);
        }
      }
      cells.put(row.name, own);
    }
    return ResultTable.table(
        "NDCG@10 by %s on %s".formatted(title, corpus), "model", columns, cells);
  }

  private String column(String group, String among) {
    return "%s, %s".formatted(group, among);
  }
}
