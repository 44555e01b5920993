package seminar.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import seminar.experiment.NormRecall.Method;

/** Claims about finding the best events: Figure 2 and Table 4. */
final class RetrievalClaims {
  private static final String OURS = "PQ_SYMMETRIC";
  private static final String GRAPH = "HNSW_L2";
  private static final Set<String> PEERS = Set.of(GRAPH, "HNSW", "LSH", "RQ_VAE");
  private static final int LONGEST = 10_000;
  private static final int FEWEST = 32;
  private static final int MOST = 256;

  private RetrievalClaims() {}

  private record Point(double mean, double halfWidth) {
    String words() {
      return String.format(Locale.ROOT, "%.3f ± %.3f", mean, halfWidth);
    }
  }

  /** Recall of each method of a panel at each K. */
  private static Map<Integer, Map<String, Point>> recall(JsonNode panel) {
    Map<Integer, Map<String, Point>> all = new LinkedHashMap<>();
    for (JsonNode curve : panel.path("curves")) {
      for (JsonNode point : curve.path("points")) {
        JsonNode recall = point.path("recall");
        all.computeIfAbsent(point.path("topK").asInt(), k -> new LinkedHashMap<>())
            .put(
                curve.path("method").asText(),
                new Point(recall.path("mean").asDouble(), recall.path("halfWidth").asDouble()));
      }
    }
    return all;
  }

  /** Figure 2: in how many points the paper's product quantisation is the best of its peers. */
  static Finding consistentlyBest(JsonNode figure) {
    int best = 0;
    int all = 0;
    List<String> behind = new ArrayList<>();
    for (JsonNode panel : figure.path("panels")) {
      for (Map.Entry<Integer, Map<String, Point>> at : recall(panel).entrySet()) {
        Optional<Map.Entry<String, Point>> peer = bestPeer(at.getValue());
        Point ours = at.getValue().get(OURS);
        if (ours != null && peer.isPresent()) {
          all++;
          if (ours.mean >= peer.get().getValue().mean) {
            best++;
          } else if (behind.size() < 3) {
            behind.add(
                "L = %d, K = %d: %s against %s of %s"
                    .formatted(
                        panel.path("options").path("sequenceLength").asInt(),
                        at.getKey(),
                        ours.words(),
                        peer.get().getValue().words(),
                        label(peer.get().getKey())));
          }
        }
      }
    }
    String first = behind.isEmpty() ? "" : "; behind at " + String.join(", at ", behind);
    String more = all - best > behind.size() ? ", and at others" : "";
    return new Finding(
        Verdict.share(best, all), "best at %d of %d points%s%s".formatted(best, all, first, more));
  }

  private static Optional<Map.Entry<String, Point>> bestPeer(Map<String, Point> points) {
    return points.entrySet().stream()
        .filter(entry -> PEERS.contains(entry.getKey()))
        .max(Map.Entry.comparingByValue((a, b) -> Double.compare(a.mean, b.mean)));
  }

  /** Figure 2: the cascade of graphs is poor for few events and much better for many. */
  static Finding graphs(JsonNode figure) {
    for (JsonNode panel : figure.path("panels")) {
      JsonNode options = panel.path("options");
      if (options.path("sequenceLength").asInt() == LONGEST && same(options)) {
        Map<Integer, Map<String, Point>> recall = recall(panel);
        Point few = recall.getOrDefault(FEWEST, Map.of()).get(GRAPH);
        Point many = recall.getOrDefault(MOST, Map.of()).get(GRAPH);
        if (few != null && many != null) {
          Difference rise = difference("rise", many, few);
          return new Finding(
              Verdict.above(List.of(rise)),
              "Recall@32 %s, Recall@256 %s".formatted(few.words(), many.words()));
        }
      }
    }
    return Finding.open("no graphs at L = 10,000");
  }

  /** Same norms and same weights. */
  private static boolean same(JsonNode options) {
    return options.path("norms").asText().equals("SAME") && equalWeights(options);
  }

  private static boolean equalWeights(JsonNode options) {
    JsonNode weights = options.path("weights");
    for (JsonNode weight : weights) {
      if (weight.asDouble() != weights.path(0).asDouble()) {
        return false;
      }
    }
    return true;
  }

  private static Difference difference(String name, Point more, Point less) {
    double value = more.mean - less.mean;
    double half = Math.hypot(more.halfWidth, less.halfWidth);
    return new Difference(name, value, value - half, value + half);
  }

  /**
   * Figure 2: what different norms cost at L = 10,000 and K = 256, for each of the paper's methods.
   */
  static Finding norms(JsonNode figure) {
    Map<String, Point> equal = Map.of();
    Map<String, Point> different = Map.of();
    for (JsonNode panel : figure.path("panels")) {
      JsonNode options = panel.path("options");
      if (options.path("sequenceLength").asInt() == LONGEST && equalWeights(options)) {
        Map<String, Point> points = recall(panel).getOrDefault(MOST, Map.of());
        if (same(options)) {
          equal = points;
        } else {
          different = points;
        }
      }
    }
    List<Difference> losses = new ArrayList<>();
    for (String method : List.of(OURS, GRAPH, "LSH", "RQ_VAE")) {
      if (equal.containsKey(method) && different.containsKey(method)) {
        losses.add(difference(label(method), equal.get(method), different.get(method)));
      }
    }
    return new Finding(
        Verdict.above(losses), Finding.words(losses.stream().map(Difference::turned).toList()));
  }

  /** Table 4: product quantisation finds most at every K. */
  static Finding learned(JsonNode table4) {
    List<Difference> leads = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Map<Integer, Map<String, Point>> recall = recall(table4.path("result"));
    for (Map.Entry<Integer, Map<String, Point>> at : recall.entrySet()) {
      Point ours = at.getValue().get(OURS);
      Optional<Map.Entry<String, Point>> peer = bestPeer(at.getValue());
      if (ours == null || peer.isEmpty()) {
        return Finding.open("no peer was measured");
      }
      leads.add(difference("", ours, peer.get().getValue()));
      words.add(
          "K = %d: %s against %s of %s"
              .formatted(
                  at.getKey(),
                  ours.words(),
                  peer.get().getValue().words(),
                  label(peer.get().getKey())));
    }
    return new Finding(Verdict.above(leads), String.join("; ", words));
  }

  /** What a method is called in figures. */
  private static String label(String method) {
    return Stream.of(Method.values())
        .filter(each -> each.name().equals(method))
        .map(Method::label)
        .findFirst()
        .orElse(method);
  }
}
