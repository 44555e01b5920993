package seminar.paper;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import seminar.file.Json;
import seminar.measure.MeanInterval;
import seminar.paper.Claim.Finding;
import seminar.recall.NormRecall.Curve;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Point;
import seminar.recall.NormRecall.Result;

/** Claims about finding the best events: Figure 2 and Table 4. */
final class RetrievalClaims {
  private static final Method OURS = Method.PQ_SYMMETRIC;
  private static final Method GRAPH = Method.HNSW_L2;
  private static final Set<Method> PEERS = Set.of(GRAPH, Method.HNSW, Method.LSH, Method.RQ_VAE);
  private static final int LONGEST = 10_000;
  private static final int FEWEST = 32;
  private static final int MOST = 256;

  /** A panel stands in its file with the paper's numbers beside it. */
  private static final ObjectReader JSON =
      Json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private RetrievalClaims() {}

  /** A claim about the panels of Figure 2. */
  static Claim.Reader figure2(Function<List<Result>, Finding> claim) {
    return twin -> claim.apply(List.of(JSON.treeToValue(twin.path("panels"), Result[].class)));
  }

  /** A claim about Table 4. */
  static Claim.Reader table4(Function<Result, Finding> claim) {
    return twin -> {
      JsonNode result = twin.path("result");
      return result.isObject()
          ? claim.apply(JSON.treeToValue(result, Result.class))
          : Finding.open("no such runs");
    };
  }

  /** Recall of each method of a panel at each K. */
  private static Map<Integer, Map<Method, MeanInterval>> recall(Result panel) {
    Map<Integer, Map<Method, MeanInterval>> all = new LinkedHashMap<>();
    for (Curve curve : panel.curves()) {
      for (Point point : curve.points()) {
        all.computeIfAbsent(point.topK(), k -> new LinkedHashMap<>())
            .put(curve.method(), point.recall());
      }
    }
    return all;
  }

  private static String words(MeanInterval recall) {
    return String.format(Locale.ROOT, "%.3f ± %.3f", recall.mean(), recall.halfWidth());
  }

  /** Ours beside the best peer's. */
  private static String words(MeanInterval ours, Map.Entry<Method, MeanInterval> peer) {
    return "%s against %s of %s"
        .formatted(words(ours), words(peer.getValue()), peer.getKey().label());
  }

  /** Figure 2: in how many points the paper's product quantisation is the best of its peers. */
  static Finding consistentlyBest(List<Result> panels) {
    int best = 0;
    int all = 0;
    List<String> behind = new ArrayList<>();
    for (Result panel : panels) {
      for (Map.Entry<Integer, Map<Method, MeanInterval>> at : recall(panel).entrySet()) {
        Optional<Map.Entry<Method, MeanInterval>> peer = bestPeer(at.getValue());
        MeanInterval ours = at.getValue().get(OURS);
        if (ours != null && peer.isPresent()) {
          all++;
          if (ours.mean() >= peer.get().getValue().mean()) {
            best++;
          } else if (behind.size() < 3) {
            int length = panel.options().sequenceLength();
            behind.add(
                "L = %d, K = %d: %s".formatted(length, at.getKey(), words(ours, peer.get())));
          }
        }
      }
    }
    String first = behind.isEmpty() ? "" : "; behind at " + String.join(", at ", behind);
    String more = all - best > behind.size() ? ", and at others" : "";
    return new Finding(
        Verdict.share(best, all), "best at %d of %d points%s%s".formatted(best, all, first, more));
  }

  private static Optional<Map.Entry<Method, MeanInterval>> bestPeer(
      Map<Method, MeanInterval> points) {
    return points.entrySet().stream()
        .filter(entry -> PEERS.contains(entry.getKey()))
        .max(Map.Entry.comparingByValue((a, b) -> Double.compare(a.mean(), b.mean())));
  }

  /** Figure 2: the cascade of graphs is poor for few events and much better for many. */
  static Finding graphs(List<Result> panels) {
    for (Result panel : panels) {
      if (panel.options().sequenceLength() == LONGEST && same(panel.options())) {
        Map<Integer, Map<Method, MeanInterval>> recall = recall(panel);
        MeanInterval few = recall.getOrDefault(FEWEST, Map.of()).get(GRAPH);
        MeanInterval many = recall.getOrDefault(MOST, Map.of()).get(GRAPH);
        if (few != null && many != null) {
          Difference rise = difference("rise", many, few);
          return new Finding(
              Verdict.above(List.of(rise)),
              "Recall@32 %s, Recall@256 %s".formatted(words(few), words(many)));
        }
      }
    }
    return Finding.open("no graphs at L = 10,000");
  }

  /** Same norms and same weights. */
  private static boolean same(Options options) {
    return options.norms() == NormLaw.SAME && equalWeights(options);
  }

  private static boolean equalWeights(Options options) {
    return options.weights().stream().distinct().count() == 1;
  }

  private static Difference difference(String name, MeanInterval more, MeanInterval less) {
    double value = more.mean() - less.mean();
    double half = Math.hypot(more.halfWidth(), less.halfWidth());
    return new Difference(name, value, value - half, value + half);
  }

  /**
   * Figure 2: what different norms cost at L = 10,000 and K = 256, for each of the paper's methods.
   */
  static Finding norms(List<Result> panels) {
    Map<Method, MeanInterval> equal = Map.of();
    Map<Method, MeanInterval> different = Map.of();
    for (Result panel : panels) {
      if (panel.options().sequenceLength() == LONGEST && equalWeights(panel.options())) {
        Map<Method, MeanInterval> points = recall(panel).getOrDefault(MOST, Map.of());
        if (same(panel.options())) {
          equal = points;
        } else {
          different = points;
        }
      }
    }
    List<Difference> losses = new ArrayList<>();
    for (Method method : List.of(OURS, GRAPH, Method.LSH, Method.RQ_VAE)) {
      if (equal.containsKey(method) && different.containsKey(method)) {
        losses.add(difference(method.label(), equal.get(method), different.get(method)));
      }
    }
    return new Finding(
        Verdict.above(losses), Finding.words(losses.stream().map(Difference::turned).toList()));
  }

  /** Table 4: product quantisation finds most at every K. */
  static Finding learned(Result table4) {
    List<Difference> leads = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Map.Entry<Integer, Map<Method, MeanInterval>> at : recall(table4).entrySet()) {
      MeanInterval ours = at.getValue().get(OURS);
      Optional<Map.Entry<Method, MeanInterval>> peer = bestPeer(at.getValue());
      if (ours == null || peer.isEmpty()) {
        return Finding.open("no peer was measured");
      }
      leads.add(difference("", ours, peer.get().getValue()));
      words.add("K = %d: %s".formatted(at.getKey(), words(ours, peer.get())));
    }
    return new Finding(Verdict.above(leads), String.join("; ", words));
  }
}
