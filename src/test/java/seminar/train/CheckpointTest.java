package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Backends;
import seminar.file.SummedFile;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Parameters;

/** Checkpoints of the toy: what is in them, and what is refused. */
class CheckpointTest {
  private static final RunIdentity RUN = RunIdentity.of("toy", Map.of("topK", 50), "c0ffee", "1.0");
  private static final double[] MEASURES = {0.2, 0.5, 0.3};

  @TempDir Path folder;

  private final ToyModel model = new ToyModel();
  private final List<Map<String, float[]>> afterEpochs = new ArrayList<>();
  private Path file;

  @BeforeEach
  void train() throws IOException {
    file = folder.resolve("toy.checkpoint");
    train(model, RUN, ToyModel.options());
  }

  private void train(Trainable trained, RunIdentity run, TrainOptions options) throws IOException {
    new Trainer(Backends.cpu().on(Workers.of(1)), trained, ToyModel.batches(options), options)
        .train(
            () -> {
              afterEpochs.add(trained.parameters().snapshot());
              return MEASURES[afterEpochs.size() - 1];
            },
            TrainListener.silent(),
            new Checkpoints(file, run, 0, 0));
  }

  private String refusal(RunIdentity run, TrainOptions options) {
    return assertThrows(IOException.class, () -> train(new ToyModel(), run, options)).getMessage();
  }

  private void assertRefused(String why) {
    for (boolean resume : new boolean[] {false, true}) {
      ToyModel fresh = new ToyModel();
      IOException refusal =
          assertThrows(
              IOException.class,
              () -> {
                if (resume) {
                  train(fresh, RUN, ToyModel.options());
                } else {
                  Checkpoint.weights(file);
                }
              },
              why);
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
      assertSame(new ToyModel().parameters().snapshot(), fresh.parameters().snapshot());
    }
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void theWeightsAreThoseThatTrainingLeaves() throws IOException {
    Checkpoint.Weights weights = Checkpoint.weights(file);
    assertSame(afterEpochs.get(1), weights.values());
    assertSame(model.parameters().snapshot(), weights.values());
    CheckpointHeader header = weights.header();
    assertEquals(3, header.epochs().size());
    assertEquals(0.5, header.epochs().get(1).validation());
    assertEquals(9, header.steps());
    assertEquals("c0ffee", header.run().corpus());
    assertEquals(50, header.run().options().get("topK").asInt());
    assertEquals(7, header.run().training().get("seed").asLong());

    Files.delete(file);
    afterEpochs.clear();
    train(new ToyModel(), RUN, ToyModel.options().withKeep(TrainOptions.Keep.LAST));
    assertSame(afterEpochs.get(2), Checkpoint.weights(file).values());
    assertFalse(Checkpoint.weights(file).header().best());
  }

  @Test
  void aFlippedByteAnywhereIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(file);
    SplittableRandom rng = Rng.stream("flips", 1);
    for (int i = 0; i < 200; i++) {
      // One in four in the preamble and the header, where sizes stand.
      int at = rng.nextInt(i % 4 == 0 ? 600 : good.length);
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 + rng.nextInt(255));
      Files.write(file, bad);
      assertRefused("byte " + at);
    }
  }

  @Test
  void aTruncatedOrLongerFileIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(file);
    SplittableRandom rng = Rng.stream("lengths", 1);
    for (int i = 0; i < 100; i++) {
      int length = i < 60 ? i : rng.nextInt(good.length);
      Files.write(file, Arrays.copyOf(good, length));
      assertRefused(length + " bytes");
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertRefused("a byte more");
  }

  @Test
  void otherFilesAndOtherFormatsAreNamed() throws IOException {
    byte[] good = Files.readAllBytes(file);
    Files.writeString(file, "{\"this\": \"is a long enough file of something else altogether\"}");
    String message = assertThrows(IOException.class, () -> Checkpoint.weights(file)).getMessage();
    assertTrue(message.endsWith("is no checkpoint: it does not begin with SEMINAR"), message);
    good[8] = 2;
    Files.write(file, good);
    message = assertThrows(IOException.class, () -> Checkpoint.weights(file)).getMessage();
    assertTrue(message.contains("has format 2, this version reads 1"), message);
  }

  /** Headers that lie, in files whose checksum is right. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"batch\": 1}",
        "\"rows\":1,>\"rows\":2147483647,",
        "\"cols\":3,>\"cols\":2147483647,",
        "\"rows\":1,>\"rows\":-1,",
        "\"rows\":1,>\"rows\":0,",
        "\"rows\":1,>\"rows\":1e99,",
        "\"rows\":1,>",
        "\"best\":true,\"parameters\">\"best\":false,\"parameters\"",
        "\"moments\":true>\"moments\":false",
        "\"name\":\"items\">\"name\":\"weights\"",
        "\"name\":\"items\">\"name\":null",
        "\"epochs\":[>\"epochs\":[null,",
        "\"batch\":0>\"batch\":-1",
        "\"steps\":9>\"steps\":-9",
        "\"run\":>\"run\":null,\"other\":",
        "\"termSums\":{}>\"termSums\":{\"click\":null}"
      })
  void aHeaderThatLiesIsRefused(String change) throws IOException {
    byte[] good = Files.readAllBytes(file);
    int length = good[16] & 0xFF | (good[17] & 0xFF) << 8;
    String header = new String(good, 24, length, StandardCharsets.UTF_8);
    String[] parts = change.split(">", 2);
    String lie = parts.length == 1 ? change : header.replace(parts[0], parts[1]);
    assertFalse(lie.equals(header), "the header does not contain " + parts[0] + ": " + header);
    byte[] json = lie.getBytes(StandardCharsets.UTF_8);
    byte[] rest = Arrays.copyOfRange(good, 24 + length, good.length - SummedFile.SUM_BYTES);
    write(json.length, json, rest);
    assertRefused(change);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 40, Long.MIN_VALUE, Integer.MAX_VALUE, 100})
  void aHeaderOfAnImpossibleLengthIsRefused(long length) throws IOException {
    write(length, "{}".getBytes(StandardCharsets.UTF_8), new byte[0]);
    assertRefused("length " + length);
  }

  private void write(long length, byte[] header, byte[] rest) throws IOException {
    try (SummedFile out = SummedFile.writing(file)) {
      out.put("SEMINAR\n".getBytes(StandardCharsets.US_ASCII));
      out.put(1);
      out.put(length);
      out.put(header);
      out.put(rest);
      out.end();
    }
  }

  @Test
  void anotherRunIsNamedWithBothValues() {
    TrainOptions same = ToyModel.options();
    String message = refusal(RunIdentity.of("toy", Map.of("topK", 60), "c0ffee", "1.0"), same);
    assertTrue(message.contains("run.options.topK is 50 in the file, 60 here"), message);
    message = refusal(RunIdentity.of("toy", Map.of("topK", 50), "beef", "1.0"), same);
    assertTrue(message.contains("run.corpus is \"c0ffee\" in the file, \"beef\" here"), message);
    message = refusal(RunIdentity.of("toy", Map.of("topK", 50), "c0ffee", "1.1"), same);
    assertTrue(message.contains("run.version is \"1.0\" in the file, \"1.1\" here"), message);
    message = refusal(RunIdentity.of("doll", Map.of("topK", 50), "c0ffee", "1.0"), same);
    assertTrue(message.contains("run.model is \"toy\" in the file, \"doll\" here"), message);
    message = refusal(RUN, same.withClip(2.5));
    assertTrue(message.contains("run.training.clip is 0.0 in the file, 2.5 here"), message);
    message = refusal(RUN, same.withAdam(Adam.Options.withRate(0.5)));
    assertTrue(message.contains("run.training.adam.learningRate is 0.01 in the file"), message);
    assertTrue(message.contains("delete this one to train anew"), message);
  }

  @Test
  void anotherShapeIsNamedWithBothValues() {
    Parameters more = new Parameters(3);
    more.table("items", ToyModel.CORPUS.catalog().size() + 1, 3, 0);
    more.dense("weights", 1, 4, 0);
    String message = refusal(more);
    assertTrue(
        message.contains("parameter 2 is weights [1 × 3] in the file, weights [1 × 4] here"),
        message);
    Parameters fewer = new Parameters(3);
    fewer.table("items", ToyModel.CORPUS.catalog().size() + 1, 3, 0);
    message = refusal(fewer);
    assertTrue(message.contains("weights [1 × 3] in the file, missing here"), message);
  }

  private String refusal(Parameters parameters) {
    Trainable other =
        new Trainable() {
          @Override
          public Parameters parameters() {
            return parameters;
          }

          @Override
          public StepLoss gradients(LabelledBatch batch) {
            return StepLoss.of("click", 0);
          }
        };
    return assertThrows(IOException.class, () -> train(other, RUN, ToyModel.options()))
        .getMessage();
  }

  @Test
  void noFileIsLeftBesideTheCheckpoint() throws IOException {
    Path left = folder.resolve(".toy.checkpoint.999999999-1.part");
    Files.write(left, new byte[10]);
    train(new ToyModel(), RUN, ToyModel.options());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
