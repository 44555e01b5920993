package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.Workers;

/** Every operation is counted, and its result is that of the backend behind. */
class MeteredBackendTest {
  private static final Backend PLAIN = Backends.cpu().on(Workers.of(1));
  private static final Groups TARGETS =
      new Groups(new int[] {0, 2}, new int[] {5, 6}, new int[] {0, 2, 3}, new int[] {0, 1, 2});
  private static final int D = 8;

  /** Calls one operation on fresh numbers, always the same, and returns everything it wrote. */
  private interface Call extends Function<Backend, float[]> {}

  private static Matrix random(int rows, int cols) {
    float[] values = new float[rows * cols];
    SplittableRandom rng = Rng.stream("test/metered", 31L * rows + cols);
    Rng.gaussian(rng, values, 1);
    return Matrix.of(rows, cols, values);
  }

  private static float[] all(Matrix... matrices) {
    float[] values = new float[0];
    for (Matrix matrix : matrices) {
      float[] more = matrix.toArray();
      values = Arrays.copyOf(values, values.length + more.length);
      System.arraycopy(more, 0, values, values.length - more.length, more.length);
    }
    return values;
  }

  private static AttentionInput attention() {
    return new AttentionInput(random(6, D), random(3, 2 * D), random(2, 3), TARGETS, 2);
  }

  private static Map<String, Call> calls() {
    Map<String, Call> calls = new TreeMap<>();
    dense(calls);
    rows(calls);
    fusion(calls);
    attention(calls);
    allEvents(calls);
    sequences(calls);
    return calls;
  }

  private static void dense(Map<String, Call> calls) {
    Matrix x = random(5, 3);
    Matrix w = random(3, 4);
    Matrix dy = random(5, 4);
    calls.put("linear", on(5, 4, (b, y) -> b.dense().linear(x, w, random(1, 4), y)));
    calls.put("product", on(5, 4, (b, y) -> b.dense().product(x, w, y)));
    calls.put("linearAdd", on(5, 4, (b, y) -> b.dense().linearAdd(x, w, y)));
    calls.put("linearBackwardInput", on(5, 3, (b, dx) -> b.dense().linearBackwardInput(dy, w, dx)));
    calls.put(
        "linearBackwardWeight", on(3, 4, (b, dw) -> b.dense().linearBackwardWeight(x, dy, dw)));
    calls.put("linearBackwardBias", on(1, 4, (b, db) -> b.dense().linearBackwardBias(dy, db)));
    Matrix heads = random(5, 8);
    Matrix maps = random(8, 4);
    calls.put("perHead", on(5, 8, (b, y) -> b.dense().perHead(heads, maps, true, y)));
    calls.put(
        "perHeadBackward",
        backend -> {
          Matrix dx = random(5, 8);
          Matrix dw = random(8, 4);
          backend.dense().perHeadBackward(heads, maps, false, random(5, 8), dx, dw);
          return all(dx, dw);
        });
    calls.put("relu", on(5, 3, (b, y) -> b.rowwise().relu(y)));
    calls.put("reluBackward", on(5, 3, (b, dx) -> b.rowwise().reluBackward(x, dx)));
    calls.put("scale", on(5, 3, (b, y) -> b.rowwise().scale(3, y)));
    calls.put("add", on(5, 3, (b, y) -> b.rowwise().add(x, y)));
  }

  private static void rows(Map<String, Call> calls) {
    int[] rows = {3, 0, -1, 3};
    Ragged lists = new Ragged(new int[] {0, 2, 2, 5}, new int[] {0, 1, 3, 3, 2});
    calls.put("gather", on(4, 3, (b, y) -> b.lookup().gather(random(5, 3), rows, y)));
    calls.put("scatterAdd", on(5, 3, (b, t) -> b.lookup().scatterAdd(random(4, 3), rows, t)));
    calls.put("bag", on(3, 3, (b, y) -> b.lookup().bag(random(5, 3), lists, y)));
    calls.put("bagBackward", on(5, 3, (b, t) -> b.lookup().bagBackward(random(3, 3), lists, t)));
    calls.put("rowDots", on(5, 1, (b, y) -> b.rowwise().rowDots(random(5, 3), random(5, 3), y)));
    calls.put(
        "rowDotsBackward",
        backend -> {
          Matrix da = random(5, 3);
          Matrix db = random(5, 3);
          backend.rowwise().rowDotsBackward(random(5, 3), random(5, 3), random(5, 1), da, db);
          return all(da, db);
        });
    calls.put(
        "binaryCrossEntropy",
        backend -> {
          Matrix dLogits = random(3, 1);
          float[] labels = {1, 0, 1};
          double loss = backend.rowwise().binaryCrossEntropy(random(3, 1), labels, labels, dLogits);
          return all(dLogits, Matrix.of(1, 1, (float) loss));
        });
    calls.put(
        "adam",
        backend -> {
          Matrix value = random(5, 3);
          Matrix mean = Matrix.zeros(5, 3);
          Matrix variance = Matrix.zeros(5, 3);
          int[] some = {4, 1};
          Backend.AdamStep step = new Backend.AdamStep(0.1, 0.9, 0.99, 0.01, 1e-8);
          backend.lookup().adam(value, random(2, 3), mean, variance, some, step);
          return all(value, mean, variance);
        });
  }

  private static void fusion(Map<String, Call> calls) {
    boolean[][] present = {{true, false, true}, {true, true, false}};
    Matrix[] channels = {random(3, D), random(3, D)};
    Matrix gate = random(1, 2);
    calls.put("fuse", on(3, D, (b, y) -> b.fusion().fuse(channels, present, gate, y)));
    calls.put(
        "fuseBackward",
        backend -> {
          Matrix[] gradients = {random(3, D), random(3, D)};
          Matrix dGate = random(1, 2);
          backend.fusion().fuseBackward(channels, present, gate, random(3, D), gradients, dGate);
          return all(gradients[0], gradients[1], dGate);
        });
    calls.put("unitRows", on(5, D, (b, y) -> b.rowwise().unitRows(random(5, D), y)));
    calls.put(
        "unitRowsBackward",
        on(5, D, (b, dx) -> b.rowwise().unitRowsBackward(random(5, D), random(5, D), dx)));
    int[] queries = {-1, 1, 0, 1};
    int[] items = {2, 2, 0, 1};
    calls.put(
        "pairs",
        on(4, D, (b, y) -> b.fusion().pairs(random(2, D), queries, random(3, D), items, 0.4f, y)));
    calls.put(
        "pairsBackward",
        backend -> {
          Matrix dQueries = random(2, D);
          Matrix dItems = random(3, D);
          backend.fusion().pairsBackward(random(4, D), queries, items, 0.4f, dQueries, dItems);
          return all(dQueries, dItems);
        });
  }

  private static void attention(Map<String, Call> calls) {
    calls.put("attend", on(3, 2 * D, (b, pooled) -> b.attention().attend(attention(), pooled)));
    calls.put(
        "attendBackward",
        backend -> {
          AttentionInput input = attention();
          Attended attended = PLAIN.attention().attend(input, Matrix.zeros(3, 2 * D));
          AttentionInput.Gradient gradient =
              new AttentionInput.Gradient(random(6, D), random(3, 2 * D), random(2, 3));
          backend.attention().attendBackward(input, attended, random(3, 2 * D), gradient);
          return all(gradient.keys(), gradient.folded(), gradient.bias());
        });
  }

  private static AllEvents all() {
    AttentionInput input = attention();
    return new AllEvents(input.keys(), input.folded(), input.bias(), input.groups());
  }

  private static void allEvents(Map<String, Call> calls) {
    calls.put("attendAll", on(3, 2 * D, (b, pooled) -> b.attention().attendAll(all(), pooled)));
    calls.put(
        "attendAllBackward",
        backend -> {
          Matrix pooled = Matrix.zeros(3, 2 * D);
          PLAIN.attention().attendAll(all(), pooled);
          AttentionInput.Gradient gradient =
              new AttentionInput.Gradient(random(6, D), random(3, 2 * D), random(2, 3));
          backend.attention().attendAllBackward(all(), pooled, random(3, 2 * D), gradient);
          return all(gradient.keys(), gradient.folded(), gradient.bias());
        });
  }

  private static void sequences(Map<String, Call> calls) {
    Matrix row = random(1, D);
    calls.put("layerNorm", on(5, D, (b, y) -> b.rowwise().layerNorm(random(5, D), row, row, y)));
    calls.put(
        "layerNormBackward",
        backend -> {
          Matrix[] gradients = {random(5, D), random(1, D), random(1, D)};
          Matrix x = random(5, D);
          backend.rowwise().layerNormBackward(x, row, x, gradients[0], gradients[1], gradients[2]);
          return all(gradients);
        });
    calls.put("dropout", on(5, D, (b, y) -> b.rowwise().dropout(new Dropout(1, 0.5), y)));
    int[] same = {1, -1, 0};
    calls.put(
        "binaryContrast",
        backend -> {
          Matrix z = random(3, 1);
          Matrix y = random(3, 4);
          double loss = backend.contrasts().binaryContrast(z, y, same, 1, 1, z, y);
          return all(z, y, Matrix.of(1, 1, (float) loss));
        });
    calls.put(
        "softmaxContrast",
        backend -> {
          Matrix z = random(3, 1);
          Matrix y = random(3, 4);
          double loss = backend.contrasts().softmaxContrast(z, y, same, 1, z, y);
          return all(z, y, Matrix.of(1, 1, (float) loss));
        });
    calls.put("attendSelf", on(6, D, (b, out) -> b.attention().attendSelf(self(), out)));
    calls.put(
        "attendSelfBackward",
        backend -> {
          SelfAttention.Gradient gradient =
              new SelfAttention.Gradient(random(6, D), random(6, D), random(6, D));
          Matrix out = random(6, D);
          backend.attention().attendSelfBackward(self(), out, random(6, D), gradient);
          return all(gradient.queries(), gradient.keys(), gradient.values());
        });
  }

  private static SelfAttention self() {
    Matrix x = random(6, D);
    return new SelfAttention(x, x, x, 2, new int[] {0, 4, 6}, true, Dropout.none());
  }

  private interface Writing {
    void to(Backend backend, Matrix out);
  }

  private static Call on(int rows, int cols, Writing operation) {
    return backend -> {
      Matrix out = random(rows, cols);
      operation.to(backend, out);
      return out.toArray();
    };
  }

  @Test
  void everyOperationIsCountedAndGivesTheSameNumbers() {
    Map<String, Call> calls = calls();
    assertEquals(
        Arrays.stream(Backend.class.getRecordComponents())
            .flatMap(part -> Arrays.stream(part.getType().getMethods()))
            .map(Method::getName)
            .collect(Collectors.toSet()),
        calls.keySet());
    calls.forEach(
        (name, call) -> {
          Meter meter = new Meter();
          float[] metered = call.apply(MeteredBackend.of(PLAIN, meter));
          assertArrayEquals(call.apply(PLAIN), metered, name);
          assertEquals(1, meter.snapshot().size(), name);
          Meter.Account account = meter.snapshot().getFirst();
          assertEquals(name, account.name().split(" ")[0]);
          assertEquals(1, account.calls());
          assertTrue(account.seconds() > 0 && account.bytes() > 0, account.toString());
          assertEquals(name.equals("gather"), account.flops() == 0, account.toString());
        });
  }

  private static Meter.Account of(Call call) {
    Meter meter = new Meter();
    call.apply(MeteredBackend.of(PLAIN, meter));
    return meter.snapshot().getFirst();
  }

  @Test
  void workFollowsFromShapes() {
    Meter.Account linear = of(calls().get("linear"));
    assertEquals("linear 3 → 4", linear.name());
    assertEquals(2 * 5 * 3 * 4, linear.flops());
    assertEquals(4 * (5 * 3 + 3 * 4 + 4 + 5 * 4), linear.bytes());
    Meter.Account weight = of(calls().get("linearBackwardWeight"));
    assertEquals(2 * 5 * 3 * 4, weight.flops());
    assertEquals(4 * (5 * 3 + 5 * 4 + 2 * 3 * 4), weight.bytes());
    assertEquals(2 * 5 * 2 * 4 * 4, of(calls().get("perHead")).flops());
    assertEquals(4 * (4 * 3 + 4 * 3 + 4), of(calls().get("gather")).bytes());
    int candidatesOfEvents = 2 * 5 + 4;
    int kept = 3 * 2 * 2;
    int scored = 2 * candidatesOfEvents * 2 * D;
    assertEquals(scored + kept * (2 * D + 4), of(calls().get("attend")).flops());
    Call searched =
        on(
            3,
            2 * D,
            (b, out) ->
                b.attention()
                    .attend(attention().searchedBy(random(3, 2 * D), Matrix.zeros(2, 0)), out));
    assertEquals(scored + kept * (4 * D + 4), of(searched).flops());
    assertEquals(2 * candidatesOfEvents * (4 * D + 4), of(calls().get("attendAll")).flops());
    int weights = 2 * (4 * 5 / 2 + 2 * 3 / 2);
    assertEquals(weights * (2 * D + 4), of(calls().get("attendSelf")).flops());
    assertEquals(weights * (5 * D + 8), of(calls().get("attendSelfBackward")).flops());
    assertEquals(4 * 2 * (3 + 3 * 4), of(calls().get("binaryContrast")).bytes());
  }

  @Test
  void accountsAddUpUntilTheyAreReset() {
    Meter meter = new Meter();
    meter.add("one", 2, 6e9, 4e9);
    meter.add("two", 0, 0, 0);
    meter.add("one", 1, 3e9, 2e9);
    Meter.Account one = meter.snapshot().getFirst();
    assertEquals(new Meter.Account("one", 2, 3, 9e9, 6e9), one);
    assertEquals(3, one.gigaflops());
    assertEquals(2, one.gigabytes());
    assertEquals(0, meter.snapshot().getLast().gigaflops());
    meter.reset();
    assertTrue(meter.snapshot().isEmpty());
  }

  @Test
  void aScratchTellsWhatItHolds() {
    Scratch scratch = new Scratch();
    scratch.matrix("a", 3, 5);
    scratch.matrix("b", 2, 2);
    scratch.matrix("a", 1, 5);
    assertEquals(4 * (15 + 4), scratch.bytes());
    assertTrue(Scratch.living().contains(scratch));
  }

  @Test
  void thePeakOfAMachineIsMeasuredInSeconds() {
    try (Workers workers = Workers.of(2)) {
      MachinePeak peak = MachinePeak.measure(workers);
      assertEquals(2, peak.threads());
      assertTrue(peak.gigaflopsOneThread() > 0.1 && peak.gigaflops() > 0.1, peak.toString());
      assertTrue(peak.copyGigabytes() > 0.01, peak.toString());
      MachinePeak other = new MachinePeak(1e9, 0, 1e9, 2);
      assertEquals(new MachinePeak(1e9, peak.gigaflops(), 1e9, 2), peak.best(other));
    }
  }
}
