package seminar.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import seminar.paper.Claim.Finding;

/** Claims about how well models rank: Tables 2 and 3, Figures 3 and 4. */
final class RankingClaims {
  private static final String SEMINAR = "SEMINAR";
  private static final List<String> SIM = List.of("SIM, soft search", "SIM, hard search");
  private static final List<String> OTHERS = List.of("TWIN", "QIN", "ETA");
  private static final String AS_OWN = ", with short term and recency";
  private static final List<String> OWN_SIM = SIM.stream().map(name -> name + AS_OWN).toList();
  private static final List<String> OWN_OTHERS =
      List.of("TWIN with short term and recency", "QIN with fused fields", "ETA with short term");
  private static final List<String> LOSSES =
      List.of("alignment alone", "next pair alone", "relevance alone");
  private static final double FIRST_EPOCHS = 5;
  private static final String LARGEST_WEIGHT = "0.90";
  private static final double BEST_WEIGHT = 0.3;

  private RankingClaims() {}

  /** The rows of a table in one of its two forms: alone, or as the first line of a figure. */
  private static JsonNode rows(JsonNode table) {
    return table.has("lines") ? table.path("lines").path(0).path("rows") : table.path("rows");
  }

  /** How far a row is above the line that the table compares with. */
  private static Optional<Difference> gain(JsonNode rows, String model) {
    for (JsonNode row : rows) {
      if (row.path("model").asText().equals(model)) {
        return Difference.of(model, row);
      }
    }
    return Optional.empty();
  }

  private static List<Difference> seminarOver(JsonNode table, Stream<String> models) {
    return models
        .flatMap(model -> gain(rows(table), model).stream())
        .map(Difference::turned)
        .toList();
  }

  /** Table 2: SEMINAR is the best of the paper's five. */
  static Finding amongPeers(JsonNode table2) {
    return among(table2, OTHERS, SIM);
  }

  /** Table 2, each in the form of its own paper: the same. */
  static Finding amongOwnForms(JsonNode own) {
    return among(own, OWN_OTHERS, OWN_SIM);
  }

  private static Finding among(JsonNode table, List<String> others, List<String> sim) {
    return leads(
        seminarOver(table, others.stream()), closest(seminarOver(table, sim.stream())), others);
  }

  /** SEMINAR's leads over all peers, SIM's being of its better search. */
  private static Finding leads(
      List<Difference> others, Optional<Difference> sim, List<String> names) {
    List<Difference> leads = new ArrayList<>(others);
    sim.ifPresent(leads::add);
    List<String> run = others.stream().map(Difference::name).toList();
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(run);
    if (sim.isEmpty()) {
      missing.add("SIM");
    }
    String words =
        missing.isEmpty() || leads.isEmpty() ? "" : "; not run here: " + String.join(", ", missing);
    return new Finding(Verdict.above(leads), Finding.words(leads) + words);
  }

  /** The one that is nearest to SEMINAR, or farthest above it. */
  private static Optional<Difference> closest(List<Difference> leads) {
    return leads.stream().min(Comparator.comparingDouble(Difference::value));
  }

  /** Table 2: SEMINAR against SIM by its better search, which the paper takes for its gain. */
  static Finding overSim(JsonNode table2) {
    return Finding.above(closest(seminarOver(table2, SIM.stream())).stream().toList());
  }

  /** Table 2 with a control: a peer with as many epochs as pretraining and training. */
  static Finding overSteps(JsonNode table2) {
    return Finding.above(seminarOver(table2, Stream.of("TWIN, as many steps")));
  }

  /** Table 2, the column of the Alipay log: AUC. */
  static Finding clicks(JsonNode clicks) {
    Map<String, Difference> leads = new LinkedHashMap<>();
    for (JsonNode row : clicks.path("differences")) {
      String model = row.path("model").asText();
      Difference.of(model, row).ifPresent(found -> leads.put(model, found.turned()));
    }
    List<Difference> others = OTHERS.stream().filter(leads::containsKey).map(leads::get).toList();
    Optional<Difference> sim =
        closest(SIM.stream().filter(leads::containsKey).map(leads::get).toList());
    return leads(others, sim, OTHERS);
  }

  /** Table 3: all three losses together against no pretraining. */
  static Finding pretraining(JsonNode table3) {
    return Finding.above(gain(rows(table3), "all three").stream().toList());
  }

  /** Table 3: which loss alone gains most. */
  static Finding order(JsonNode table3) {
    List<Difference> gains =
        LOSSES.stream().flatMap(loss -> gain(rows(table3), loss).stream()).toList();
    if (gains.size() < LOSSES.size() || !Difference.judged(gains)) {
      return Finding.open(Finding.words(gains));
    }
    boolean ordered = true;
    boolean apart = true;
    boolean contrary = false;
    for (int i = 0; i < gains.size(); i++) {
      for (Difference less : gains.subList(i + 1, gains.size())) {
        Difference more = gains.get(i);
        ordered &= more.value() > less.value();
        apart &= more.low() > less.high();
        contrary |= less.low() > more.high();
      }
    }
    Verdict verdict =
        contrary
            ? Verdict.DOES_NOT_HOLD
            : !ordered ? Verdict.OPEN : apart ? Verdict.HOLDS : Verdict.IN_PART;
    return new Finding(verdict, Finding.words(gains));
  }

  /** Figure 3: at least half of the gain of the longest pretraining within five epochs. */
  static Finding firstEpochs(JsonNode fig3) {
    Difference early = null;
    Difference last = null;
    for (JsonNode row : rows(fig3)) {
      double epochs = row.path("model").asDouble();
      Optional<Difference> gain = Difference.of(row.path("model").asText() + " epochs", row);
      if (gain.isPresent()) {
        last = gain.get();
        early = epochs <= FIRST_EPOCHS ? last : early;
      }
    }
    if (early == null || early == last) {
      return Finding.open(
          early == null ? "no such runs" : early.words() + "; no longer pretraining was run");
    }
    String numbers = Finding.words(List.of(early, last));
    Verdict gained = Verdict.above(List.of(early));
    boolean most = early.value() >= last.value() / 2;
    return new Finding(gained == Verdict.HOLDS && !most ? Verdict.DOES_NOT_HOLD : gained, numbers);
  }

  /** Figure 4: 0.3 is the best weight of the query. */
  static Finding weight(JsonNode fig4) {
    String best = best(rows(fig4));
    if (best.isEmpty()) {
      return Finding.open("no such runs");
    }
    Optional<Difference> top = gain(rows(fig4), best);
    Optional<Difference> claimed = gain(rows(fig4), "0.30");
    String numbers =
        "best: %s; Δ to λ = 0.50: %s"
            .formatted(
                best,
                Finding.words(
                    Stream.of(claimed, top).flatMap(Optional::stream).distinct().toList()));
    if (claimed.isPresent() && !Difference.judged(List.of(claimed.get()))) {
      return Finding.open(numbers);
    }
    if (Double.parseDouble(best) == BEST_WEIGHT) {
      boolean clear = claimed.isPresent() && claimed.get().low() > 0;
      return new Finding(clear ? Verdict.HOLDS : Verdict.IN_PART, numbers);
    }
    double there = claimed.map(Difference::value).orElse(Double.NaN);
    boolean worse =
        top.map(d -> d.low() > there).orElse(claimed.map(d -> d.high() < 0).orElse(false));
    return new Finding(worse ? Verdict.DOES_NOT_HOLD : Verdict.OPEN, numbers);
  }

  /**
   * Figure 4: the best weight follows how often users search. Best values are near each other; what
   * tells is how much the largest weight costs, with its interval, for each share of searches.
   */
  static Finding weightByShare(JsonNode fig4) {
    List<String> bests = new ArrayList<>();
    List<Difference> costs = new ArrayList<>();
    for (JsonNode line : fig4.path("lines")) {
      String share = line.path("line").asText();
      String best = best(line.path("rows"));
      if (!best.isEmpty()) {
        bests.add("%s: best λ %s".formatted(share, best));
      }
      gain(line.path("rows"), LARGEST_WEIGHT)
          .map(cost -> cost.named("λ = %s at %s".formatted(LARGEST_WEIGHT, share)))
          .ifPresent(costs::add);
    }
    if (bests.size() < 2) {
      return Finding.open("one share of searches alone was run");
    }
    boolean apart =
        Difference.judged(costs)
            && costs.stream().anyMatch(a -> costs.stream().anyMatch(b -> a.high() < b.low()));
    String numbers = String.join("; ", bests) + ". Δ to λ = 0.50: " + Finding.words(costs);
    return new Finding(apart ? Verdict.IN_PART : Verdict.OPEN, numbers);
  }

  /** The row with the highest mean over seeds; empty if none was run. */
  private static String best(JsonNode rows) {
    String best = "";
    double highest = Double.NEGATIVE_INFINITY;
    for (JsonNode row : rows) {
      double mean = 0;
      for (JsonNode seed : row.path("ndcg10OfEachSeed")) {
        mean += seed.asDouble() / row.path("ndcg10OfEachSeed").size();
      }
      if (row.has("ndcg10OfEachSeed") && mean > highest) {
        highest = mean;
        best = row.path("model").asText();
      }
    }
    return best;
  }
}
