package seminar.lesson;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import seminar.lesson.ChosenEvents.Choice;
import seminar.lesson.ChosenEvents.Relatedness;
import seminar.math.Checks;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * How far models agree on the events of a history, over many requests: with A and B the K heaviest
 * events of two models, the mean of |A ∩ B| / |A ∪ B| (Jaccard); and how many of them truly speak
 * of the target.
 *
 * @param topK K, how many of the heaviest events of each model are compared
 * @param requests how many requests were asked
 * @param rows one for each model
 * @param jaccard overlap of each model with each, 1 on the diagonal [models, models]
 * @param chance about the overlap of two choices at random: K / (2 L − K), mean over histories
 * @param related share of all events that speak of the target: what a choice at random finds
 */
public record ChoiceOverlap(
    int topK,
    int requests,
    List<Row> rows,
    List<List<Double>> jaccard,
    double chance,
    double related) {
  /**
   * A model; means over the requests in which it chose anything.
   *
   * @param model its name
   * @param chosen how many events at least one head chose; requests without any count here
   * @param relatedChosen share of its K heaviest events that speak of the target
   * @param relatedWeight share of its weight on events that do
   * @param age how many events ago the K heaviest were; the latest is 1
   */
  public record Row(
      String model, double chosen, double relatedChosen, double relatedWeight, double age) {}

  /** Copies the lists. */
  public ChoiceOverlap {
    rows = List.copyOf(rows);
    jaccard = jaccard.stream().map(List::copyOf).toList();
  }

  /**
   * Compares choices.
   *
   * @param relatedness which events speak of the target
   * @throws IllegalArgumentException if there is no request, or the models are not the same in all
   */
  public static ChoiceOverlap of(List<ChosenEvents> requests, int topK, Relatedness relatedness) {
    Checks.atLeast(1, "number of requests", requests.size());
    Checks.atLeast(1, "topK K", topK);
    List<String> models = models(requests.getFirst());
    checkSame(models, requests);
    List<Row> rows = new ArrayList<>();
    List<List<Double>> jaccard = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      int model = m;
      rows.add(row(requests, m, topK, relatedness));
      jaccard.add(
          IntStream.range(0, models.size())
              .mapToObj(other -> mean(requests, q -> jaccard(q, model, other, topK)))
              .toList());
    }
    return new ChoiceOverlap(
        topK,
        requests.size(),
        rows,
        jaccard,
        mean(requests, q -> chance(q.items().size(), topK)),
        mean(requests, q -> share(all(q.items().size()), q, relatedness)));
  }

  private static void checkSame(List<String> models, List<ChosenEvents> requests) {
    for (ChosenEvents request : requests) {
      if (!models(request).equals(models)) {
        throw new IllegalArgumentException(
            "user %s was asked of %s, another of %s: ask the same models"
                .formatted(request.user(), models(request), models));
      }
    }
  }

  private static List<String> models(ChosenEvents request) {
    return request.choices().stream().map(Choice::model).toList();
  }

  private static Row row(
      List<ChosenEvents> requests, int model, int topK, Relatedness relatedness) {
    String name = requests.getFirst().choices().get(model).model();
    double chosen = mean(requests, q -> q.choices().get(model).size());
    List<ChosenEvents> answered =
        requests.stream().filter(q -> q.choices().get(model).size() > 0).toList();
    return new Row(
        name,
        chosen,
        mean(answered, q -> share(q.choices().get(model).heaviest(topK), q, relatedness)),
        mean(answered, q -> weight(q.choices().get(model), q, relatedness)),
        mean(answered, q -> age(q.choices().get(model).heaviest(topK), q.items().size())));
  }

  /** The mean over requests; NaN for none. */
  private static double mean(List<ChosenEvents> requests, ToDoubleFunction<ChosenEvents> of) {
    return requests.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  /** Two models that both chose nothing chose the same. */
  private static double jaccard(ChosenEvents request, int a, int b, int topK) {
    BitSet first = request.choices().get(a).heaviest(topK);
    BitSet second = request.choices().get(b).heaviest(topK);
    BitSet both = (BitSet) first.clone();
    both.and(second);
    BitSet either = (BitSet) first.clone();
    either.or(second);
    return either.isEmpty() ? 1 : (double) both.cardinality() / either.cardinality();
  }

  private static double chance(int length, int topK) {
    int kept = Math.min(topK, length);
    return length == 0 ? 1 : kept / (2.0 * length - kept);
  }

  private static BitSet all(int length) {
    BitSet events = new BitSet(length);
    events.set(0, length);
    return events;
  }

  private static double share(BitSet events, ChosenEvents request, Relatedness relatedness) {
    return events.stream()
            .filter(e -> relatedness.related(request.items().get(e), request.target()))
            .count()
        / Math.max(1.0, events.cardinality());
  }

  private static double weight(Choice choice, ChosenEvents request, Relatedness relatedness) {
    return IntStream.range(0, choice.weights().size())
        .filter(e -> relatedness.related(request.items().get(e), request.target()))
        .mapToDouble(choice.weights()::get)
        .sum();
  }

  private static double age(BitSet events, int length) {
    return events.stream().map(e -> length - e).average().orElse(Double.NaN);
  }

  /**
   * The rows as a table, with a first line for all events.
   *
   * @param relatedness what it is to speak of the target, such as {@code same intent}
   */
  public Table table(String relatedness) {
    StringColumn model = StringColumn.create("model");
    DoubleColumn chosen = column("events chosen", 1);
    DoubleColumn relatedChosen = column(relatedness + ", of the heaviest " + topK, 3);
    DoubleColumn relatedWeight = column(relatedness + ", of the weight", 3);
    DoubleColumn age = column("events ago", 1);
    model.append("a choice at random");
    chosen.appendMissing();
    relatedChosen.append(related);
    relatedWeight.append(related);
    age.appendMissing();
    for (Row row : rows) {
      model.append(row.model);
      chosen.append(row.chosen);
      relatedChosen.append(row.relatedChosen);
      relatedWeight.append(row.relatedWeight);
      age.append(row.age);
    }
    return Table.create(
        String.format(Locale.ROOT, "What models choose, mean over %d requests", requests),
        model,
        chosen,
        relatedChosen,
        relatedWeight,
        age);
  }

  private static DoubleColumn column(String name, int decimals) {
    DoubleColumn column = DoubleColumn.create(name);
    column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
    return column;
  }
}
