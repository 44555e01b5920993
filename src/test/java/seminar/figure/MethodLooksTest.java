package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.experiment.Ablations;
import seminar.experiment.Contender;
import seminar.experiment.LengthMethod;
import seminar.experiment.LengthResult;
import seminar.experiment.Setup;
import seminar.figure.MethodLooks.Family;
import seminar.figure.Style.Look;
import seminar.file.Json;
import seminar.rank.PlainRankers;
import seminar.recall.Frontier;
import seminar.recall.NormRecall;
import seminar.serve.SearchKind;
import seminar.world.World;
import seminar.world.WorldOptions;

class MethodLooksTest {
  /** How protanopes, deuteranopes and tritanopes see linear RGB (Machado and others, 2009). */
  private static final List<double[][]> EYES =
      List.of(
          new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  @Test
  void everyWayOfRetrievalAndEveryModelHasItsOwnLook() {
    apart(Arrays.stream(Frontier.Family.values()).map(Frontier.Family::label).toList());
    apart(Arrays.stream(NormRecall.Method.values()).map(NormRecall.Method::label).toList());
    apart(Arrays.stream(SearchKind.values()).map(SearchKind::label).toList());
    apart(models());
  }

  @Test
  void codesOfAFamilyShareItsColourAndDifferInShadeOrMarker() {
    Map<String, Family> codes = new LinkedHashMap<>();
    codes.put("score-aware PQ of fused keys", Family.SCORE_AWARE);
    codes.put("score-aware 4-bit fast scan", Family.SCORE_AWARE);
    codes.put("score-aware 4-bit fast scan, refined exactly", Family.SCORE_AWARE);
    codes.put("RaBitQ of fused keys, 1 bit", Family.RABITQ);
    codes.put("RaBitQ of fused keys, 2 bits", Family.RABITQ);
    codes.put("RaBitQ of fused keys, 4 bits", Family.RABITQ);
    codes.put("RaBitQ of fused keys, refined exactly", Family.RABITQ);
    codes.put("scalar codes of fused keys", Family.SCALAR);
    codes.put("scalar codes of fused keys, refined exactly", Family.SCALAR);
    apart(codes.keySet());
    codes.forEach(
        (name, family) -> {
          Color color = MethodLooks.alone(name).color();
          assertTrue(Set.of(family.color(), Shades.dark(family.color())).contains(color), name);
        });
  }

  /** All that rank in tables and over lengths. */
  private static Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    Arrays.stream(LengthMethod.values()).map(LengthMethod::title).forEach(models::add);
    Arrays.stream(PlainRankers.values()).map(PlainRankers::title).forEach(models::add);
    Corpus corpus = World.of(WorldOptions.small().withUsers(2)).corpus();
    Setup setup = Setup.laptop(1);
    Contender.table2(setup, corpus).forEach(model -> models.add(model.name()));
    Contender.ownForms(setup, corpus).forEach(model -> models.add(model.name()));
    models.addAll(List.of(LengthResult.BEST, LengthResult.BEST_WITH + "L events", "click rates"));
    return models;
  }

  private static void apart(Collection<String> names) {
    Map<String, Look> looks = new LinkedHashMap<>();
    for (String name : names) {
      Look look = MethodLooks.of(name).orElseThrow(() -> new AssertionError("no look: " + name));
      looks.forEach((other, taken) -> assertFalse(look.isLike(taken), name + " as " + other));
      looks.put(name, look);
    }
    assertEquals(looks, MethodLooks.of(names));
  }

  @Test
  void aMethodLooksTheSameUnderAllItsNames() throws Exception {
    Map<NormRecall.Method, Frontier.Family> same =
        Map.of(
            NormRecall.Method.PQ_SYMMETRIC, Frontier.Family.CHANNELS_SYMMETRIC,
            NormRecall.Method.PQ_ASYMMETRIC, Frontier.Family.CHANNELS,
            NormRecall.Method.FUSED_ASYMMETRIC, Frontier.Family.FUSED,
            NormRecall.Method.FUSED_REFINED, Frontier.Family.REFINED,
            NormRecall.Method.RESIDUAL, Frontier.Family.RESIDUAL,
            NormRecall.Method.HNSW, Frontier.Family.HNSW,
            NormRecall.Method.LSH, Frontier.Family.LSH,
            NormRecall.Method.SIMHASH, Frontier.Family.SIMHASH);
    alike(SearchKind.PAPER.label(), NormRecall.Method.PQ_SYMMETRIC.label());
    alike(SearchKind.REFINED.label(), NormRecall.Method.FUSED_REFINED.label());
    alike(SearchKind.PQ.label(), NormRecall.Method.FUSED_ASYMMETRIC.label());
    alike(SearchKind.RQ.label(), NormRecall.Method.RESIDUAL.label());
    alike(SearchKind.RABITQ.label(), NormRecall.Method.RABITQ.label());
    alike(SearchKind.SCORE_AWARE.label(), NormRecall.Method.SCORE_AWARE.label());
    alike(SearchKind.LSH.label(), NormRecall.Method.SIMHASH.label());
    alike(SearchKind.EXACT.label(), Frontier.Family.EXACT.label());
    alike(SearchKind.PQ4.label(), Frontier.Family.FAST_SCAN.label());
    alike(SearchKind.SCALAR.label(), Frontier.Family.SCALAR.label());
    alike(SearchKind.HNSW.label(), Frontier.Family.HNSW_FUSED.label());
    same.forEach((method, family) -> alike(method.label(), family.label()));
    for (JsonNode result : Json.tree(Path.of("figures/frontier.json"), "").get("results")) {
      for (JsonNode point : result.get("points")) {
        Frontier.Family family = Frontier.Family.valueOf(point.get("family").asText());
        String method = point.get("method").asText();
        if (!method.equals("exact, per channel")) {
          alike(family.label(), method);
        }
      }
    }
    for (JsonNode search :
        Json.tree(Path.of("figures/bench_retrieve.json"), "").get("report").get("searches")) {
      assertTrue(MethodLooks.of(search.get("retriever").asText()).isPresent(), search.toString());
    }
    alike("HNSW cascade", "cascade over HNSW");
    alike("PQ of fused keys", "PQ 32 x 256, fused");
    alike("PQ of each channel, asymmetric", "PQ 4 x 8 x 512, per channel");
    alike("PQ of each channel, symmetric (paper)", "PQ 4 x 8 x 256, the paper's table");
    alike("4-bit fast scan of fused keys", "fast scan 64 x 16, fused");
    alike("4-bit fast scan, refined exactly", "fast scan 64 x 16, 256 refined");
    alike("RaBitQ of fused keys, 4 bits", "4-bit RaBitQ");
    alike("score-aware 4-bit fast scan", "fast scan of score-aware codes");
    alike("SEMINAR, no pretraining", "no pretraining");
    alike("SEMINAR, no pretraining", Ablations.NONE);
    alike("TWIN", "TWIN, K = 200");
  }

  private static void alike(String one, String other) {
    assertTrue(MethodLooks.alone(one).isLike(MethodLooks.alone(other)), one + " | " + other);
    assertTrue(MethodLooks.of(one).isPresent(), one);
    assertTrue(MethodLooks.of(other).isPresent(), other);
  }

  @Test
  void figuresAgree() {
    String hnsw = NormRecall.Method.HNSW.label();
    Curves first = Curves.of("", "x", "y").line("other", List.of(1), List.of(1));
    Curves second = Curves.of("", "x", "y").line(hnsw, List.of(1), List.of(1));
    Look look = MethodLooks.alone(Frontier.Family.HNSW.label());
    assertTrue(look.isLike(Curves.looks(List.of(first, second)).get(hnsw)));
    assertTrue(look.isLike(Curves.looks(List.of(second)).get(hnsw)));
    MovingCurves moving =
        MovingCurves.of(
            "", Slider.of("a", 1, 2), a -> first.line(hnsw, List.of(1, 2), List.of(1, a)));
    assertTrue(
        moving.chart().json().contains("\"range\":[\"#D55E00\",\"#CC79A7\"]"),
        moving.chart().json());
    assertTrue(moving.chart().json().contains("\"range\":[\"circle\",\"circle\"]"));
  }

  @Test
  void otherNamesTakeTheColoursThatAreLeft() {
    for (String name :
        List.of("hashed words", "all-MiniLM-L6-v2", "weight", "the best 64", "all")) {
      assertTrue(MethodLooks.of(name).isEmpty(), name);
    }
    Map<String, Look> looks = MethodLooks.of(List.of("a", "SEMINAR", "b", "TWIN"));
    assertEquals(List.of("a", "SEMINAR", "b", "TWIN"), List.copyOf(looks.keySet()));
    assertEquals(Family.SEMINAR.color(), looks.get("SEMINAR").color());
    assertEquals(Style.color(2), looks.get("a").color());
    assertEquals(Style.color(3), looks.get("b").color());
    Map<String, Look> twice = MethodLooks.of(List.of("TWIN", "TWIN, K = 50"));
    assertEquals(twice.get("TWIN").color(), twice.get("TWIN, K = 50").color());
    assertNotEquals(twice.get("TWIN").marker(), twice.get("TWIN, K = 50").marker());
    List<String> eight = IntStream.range(0, 8).mapToObj(i -> "name " + i).toList();
    assertThrows(IllegalArgumentException.class, () -> MethodLooks.of(eight));
  }

  @Test
  void familiesDifferForEveryKindOfEyes() {
    List<Family> all = List.of(Family.values());
    int models = Family.BEST.ordinal();
    for (List<Family> shared : List.of(all.subList(0, models), all.subList(models, all.size()))) {
      for (Family one : shared) {
        assertTrue(Shades.contrast(one.color()) > 2.2, one + " is too pale");
        assertTrue(
            Shades.contrast(Shades.letters(one.color())) >= 4.5, one + " is too pale to read");
        for (Family other : shared.subList(0, one.ordinal() - shared.getFirst().ordinal())) {
          for (double[][] eyes : EYES) {
            double distance = distance(lab(one.color(), eyes), lab(other.color(), eyes));
            assertTrue(distance > 10, "%s and %s: %.1f".formatted(one, other, distance));
          }
        }
      }
    }
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }

  /** CIE L*a*b* under D65. */
  private static double[] lab(Color color, double[][] eyes) {
    double[] linear =
        Stream.of(color.getRed(), color.getGreen(), color.getBlue())
            .mapToDouble(part -> part / 255.0)
            .map(part -> part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
            .toArray();
    double[] seen =
        Arrays.stream(times(eyes, linear)).map(part -> Math.clamp(part, 0, 1)).toArray();
    double[][] xyz = {
      {0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047},
      {0.2126729, 0.7151522, 0.0721750},
      {0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883}
    };
    double[] f =
        Arrays.stream(times(xyz, seen))
            .map(part -> part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116.0)
            .toArray();
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix)
        .mapToDouble(row -> IntStream.range(0, 3).mapToDouble(i -> row[i] * vector[i]).sum())
        .toArray();
  }
}
