package seminar.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthResult.Bound;
import seminar.experiment.LengthResult.Budget;
import seminar.experiment.LengthResult.Group;
import seminar.experiment.LengthResult.Point;

/** Quality against length as JSON has it: what a point lacks is left out. */
final class LengthTwin {
  private LengthTwin() {}

  static Map<String, Object> of(LengthResult result) {
    Map<String, Object> twin = new LinkedHashMap<>();
    twin.put("reference", result.reference());
    twin.put("eventThatMatters", result.age());
    twin.put("bounds", result.bounds().stream().map(LengthTwin::of).toList());
    twin.put("points", result.points().stream().map(LengthTwin::of).toList());
    return twin;
  }

  private static Map<String, Object> of(Bound bound) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", bound.name());
    entry.put("ndcg10", bound.ndcg10());
    bound.lessReference().ifPresent(value -> entry.put("lessReference", value));
    entry.put("byAge", groups(bound.byAge()));
    entry.put("byLength", groups(bound.byLength()));
    return entry;
  }

  private static Map<String, Object> of(Point point) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("curve", point.curve());
    entry.put("method", point.method().title());
    entry.put("topK", point.topK());
    entry.put("length", point.length());
    point.missing().ifPresent(reason -> entry.put("missing", reason));
    if (point.ndcg10().isPresent()) {
      entry.put("seeds", point.seeds());
      entry.put("ndcg10OfEachSeed", point.ndcg10OfEachSeed());
      entry.put("ndcg10", point.ndcg10().get());
      point.lessReference().ifPresent(value -> entry.put("lessReference", value));
      point.shareOfBest().ifPresent(value -> entry.put("shareOfBest", value));
      point.shareOfOracle().ifPresent(value -> entry.put("shareOfOracle", value));
      point.allItems().ifPresent(value -> entry.put("ndcg10AmongAllItems", value));
      entry.put("byAge", groups(point.byAge()));
      entry.put("byLength", groups(point.byLength()));
      point.budget().ifPresent(value -> entry.put("budget", budget(value)));
    }
    return entry;
  }

  private static Map<String, Object> budget(Budget budget) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("epochs", budget.epochs());
    entry.put("bestEpochs", budget.bestEpochs());
    entry.put("plateau", budget.plateau());
    entry.put("steps", budget.steps());
    entry.put("pretrainingSeconds", budget.pretrainingSeconds());
    entry.put("trainingSeconds", budget.trainingSeconds());
    entry.put("secondsOfEpoch", budget.secondsOfEpoch());
    budget.millisecondsOfRequest().ifPresent(value -> entry.put("millisecondsOfRequest", value));
    entry.put("validation", budget.validation());
    return entry;
  }

  private static List<Map<String, Object>> groups(List<Group> groups) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Group group : groups) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("label", group.label());
      entry.put("requests", group.requests());
      entry.put("ndcg10", group.ndcg10());
      group.lessReference().ifPresent(value -> entry.put("lessReference", value));
      entries.add(entry);
    }
    return entries;
  }
}
