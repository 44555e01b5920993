package seminar.experiment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import seminar.experiment.ChosenEvents.Choice;
import seminar.experiment.ChosenEvents.Kinship;
import seminar.math.Checks;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * How far models agree on the events of a life, over many questions: with A and B the K heaviest
 * events of two models, the mean of |A ∩ B| / |A ∪ B| (Jaccard); and how many of them truly speak
 * of the target.
 *
 * @param topK K, how many of the heaviest events of each model are compared
 * @param questions how many questions were asked
 * @param rows one for each model
 * @param jaccard overlap of each model with each, 1 on the diagonal [models, models]
 * @param chance about the overlap of two choices at random: K / (2 L − K), mean over lives
 * @param akin share of all events that speak of the target: what a choice at random finds
 */
public record ChoiceOverlap(
    int topK,
    int questions,
    List<Row> rows,
    List<List<Double>> jaccard,
    double chance,
    double akin) {
  /**
   * A model; means over the questions in which it chose anything.
   *
   * @param model its name
   * @param chosen how many events at least one head chose; questions without any count here
   * @param akinChosen share of its K heaviest events that speak of the target
   * @param akinWeight share of its weight on events that do
   * @param age how many events ago the K heaviest were; the latest is 1
   */
  public record Row(
      String model, double chosen, double akinChosen, double akinWeight, double age) {}

  /** Copies the lists. */
  public ChoiceOverlap {
    rows = List.copyOf(rows);
    jaccard = jaccard.stream().map(List::copyOf).toList();
  }

  /**
   * Compares choices.
   *
   * @param kinship which events speak of the target
   * @throws IllegalArgumentException if there is no question, or the models are not the same in all
   */
  public static ChoiceOverlap of(List<ChosenEvents> questions, int topK, Kinship kinship) {
    Checks.atLeast(1, "number of questions", questions.size());
    Checks.atLeast(1, "topK K", topK);
    List<String> models = models(questions.getFirst());
    checkSame(models, questions);
    List<Row> rows = new ArrayList<>();
    List<List<Double>> jaccard = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      int model = m;
      rows.add(row(questions, m, topK, kinship));
      jaccard.add(
          IntStream.range(0, models.size())
              .mapToObj(other -> mean(questions, q -> jaccard(q, model, other, topK)))
              .toList());
    }
    return new ChoiceOverlap(
        topK,
        questions.size(),
        rows,
        jaccard,
        mean(questions, q -> chance(q.items().size(), topK)),
        mean(questions, q -> share(all(q.items().size()), q, kinship)));
  }

  private static void checkSame(List<String> models, List<ChosenEvents> questions) {
    for (ChosenEvents question : questions) {
      if (!models(question).equals(models)) {
        throw new IllegalArgumentException(
            "user %s was asked of %s, another of %s: ask the same models"
                .formatted(question.user(), models(question), models));
      }
    }
  }

  private static List<String> models(ChosenEvents question) {
    return question.choices().stream().map(Choice::model).toList();
  }

  private static Row row(List<ChosenEvents> questions, int model, int topK, Kinship kinship) {
    String name = questions.getFirst().choices().get(model).model();
    double chosen = mean(questions, q -> q.choices().get(model).size());
    List<ChosenEvents> answered =
        questions.stream().filter(q -> q.choices().get(model).size() > 0).toList();
    return new Row(
        name,
        chosen,
        mean(answered, q -> share(q.choices().get(model).heaviest(topK), q, kinship)),
        mean(answered, q -> weight(q.choices().get(model), q, kinship)),
        mean(answered, q -> age(q.choices().get(model).heaviest(topK), q.items().size())));
  }

  /** The mean over questions; NaN for none. */
  private static double mean(List<ChosenEvents> questions, ToDoubleFunction<ChosenEvents> of) {
    return questions.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  /** Two models that both chose nothing chose the same. */
  private static double jaccard(ChosenEvents question, int a, int b, int topK) {
    BitSet first = question.choices().get(a).heaviest(topK);
    BitSet second = question.choices().get(b).heaviest(topK);
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

  private static double share(BitSet events, ChosenEvents question, Kinship kinship) {
    return events.stream()
            .filter(e -> kinship.akin(question.items().get(e), question.target()))
            .count()
        / Math.max(1.0, events.cardinality());
  }

  private static double weight(Choice choice, ChosenEvents question, Kinship kinship) {
    return IntStream.range(0, choice.weights().size())
        .filter(e -> kinship.akin(question.items().get(e), question.target()))
        .mapToDouble(choice.weights()::get)
        .sum();
  }

  private static double age(BitSet events, int length) {
    return events.stream().map(e -> length - e).average().orElse(Double.NaN);
  }

  /**
   * The rows as a table, with a first line for all events.
   *
   * @param kinship what it is to speak of the target, such as {@code same intent}
   */
  public Table table(String kinship) {
    StringColumn model = StringColumn.create("model");
    DoubleColumn chosen = column("events chosen", 1);
    DoubleColumn akinChosen = column(kinship + ", of the heaviest " + topK, 3);
    DoubleColumn akinWeight = column(kinship + ", of the weight", 3);
    DoubleColumn age = column("events ago", 1);
    model.append("a choice at random");
    chosen.appendMissing();
    akinChosen.append(akin);
    akinWeight.append(akin);
    age.appendMissing();
    for (Row row : rows) {
      model.append(row.model);
      chosen.append(row.chosen);
      akinChosen.append(row.akinChosen);
      akinWeight.append(row.akinWeight);
      age.append(row.age);
    }
    return Table.create(
        String.format(Locale.ROOT, "What models choose, mean over %d questions", questions),
        model,
        chosen,
        akinChosen,
        akinWeight,
        age);
  }

  private static DoubleColumn column(String name, int decimals) {
    DoubleColumn column = DoubleColumn.create(name);
    column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
    return column;
  }
}
