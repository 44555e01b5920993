package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.data.Queries;
import seminar.file.Precision;
import seminar.file.Progress;

class EncodingTest {
  private static final int INPUTS = 23;
  private static final int BATCH = 5;

  @TempDir Path folder;

  /** Number i as the vector (i, 1/i, 0); 7 and multiples of 10 are special. */
  private static final class Numbers implements Inputs<Integer> {
    @Override
    public int size() {
      return INPUTS;
    }

    @Override
    public String fingerprint() {
      return "numbers";
    }

    @Override
    public Optional<Integer> get(int index) throws IOException {
      if (index == 7) {
        throw new IOException("seven\nis torn");
      }
      return index % 10 == 0 ? Optional.empty() : Optional.of(index);
    }
  }

  /** Counts its batches and fails at one of them. */
  private static final class Fragile implements Encoder<Integer> {
    private final String name;
    private final int failAt;
    private int batches;

    Fragile(String name, int failAt) {
      this.name = name;
      this.failAt = failAt;
    }

    @Override
    public int dims() {
      return 3;
    }

    @Override
    public String fingerprint() {
      return name;
    }

    @Override
    public int batchSize() {
      return BATCH;
    }

    @Override
    public List<float[]> encodeBatch(List<Integer> things) {
      if (batches++ == failAt) {
        throw new IllegalStateException("power cut");
      }
      return things.stream().map(i -> i == 13 ? new float[3] : new float[] {i, 1f / i, 0}).toList();
    }

    @Override
    public Optional<String> objection(Integer thing) {
      return thing == 21 ? Optional.of("too odd") : Optional.empty();
    }
  }

  private static Fragile sound() {
    return new Fragile("a", -1);
  }

  private Encoded run(Encoder<Integer> encoder, Precision precision, String name)
      throws IOException {
    return Encoding.run(new Numbers(), encoder, precision, folder.resolve(name), Progress.silent());
  }

  private Path undisturbed(Precision precision) throws IOException {
    run(sound(), precision, "whole.npy");
    return folder.resolve("whole.npy");
  }

  @Test
  void rowsAreVectorsAndWhatHasNoneIsToldApart() throws IOException {
    List<Long> heard = new ArrayList<>();
    Encoded encoded =
        Encoding.run(
            new Numbers(),
            sound(),
            Precision.SINGLE,
            folder.resolve("n.npy"),
            (what, done, total) -> heard.add(done * 100 + total));
    assertEquals(List.of(23L, 523L, 1023L, 1523L, 2023L, 2323L), heard);
    NpyStore store = NpyStore.open(encoded.file());
    assertEquals(INPUTS, store.rows());
    List<Integer> absent = List.of(0, 7, 10, 13, 20, 21);
    for (int i = 0; i < INPUTS; i++) {
      boolean lacks = absent.contains(i);
      assertEquals(lacks ? -1 : i, encoded.rows()[i]);
      assertArrayEquals(lacks ? new float[3] : new float[] {i, 1f / i, 0}, store.row(i));
    }
    assertEquals(3, encoded.missing());
    assertEquals(1, encoded.zero());
    assertEquals(2, encoded.unreadable());
    assertEquals(17, encoded.encoded());
    assertEquals("input 21: too odd", encoded.reasons().get(1));
    assertEquals(2, encoded.reasons().size());
  }

  private static void same(Encoded a, Encoded b) {
    assertArrayEquals(a.rows(), b.rows());
    assertEquals(a.missing(), b.missing());
    assertEquals(a.zero(), b.zero());
    assertEquals(a.unreadable(), b.unreadable());
    assertEquals(
        a.reasons().stream().map(r -> r.replace('\n', ' ')).toList(),
        b.reasons().stream().map(r -> r.replace('\n', ' ')).toList());
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedRunGoesOnAndGivesTheSameBytes(Precision precision) throws IOException {
    Path whole = undisturbed(precision);
    Encoded expected = run(sound(), precision, "whole.npy");
    for (int k = 0; k < 5; k++) {
      String name = "k%d.npy".formatted(k);
      Fragile broken = new Fragile("a", k);
      assertThrows(IllegalStateException.class, () -> run(broken, precision, name));
      assertTrue(Files.notExists(folder.resolve(name)));
      Fragile second = sound();
      Encoded encoded = run(second, precision, name);
      assertEquals(5 - k, second.batches, "whole batches are not encoded again");
      assertEquals(-1, Files.mismatch(whole, folder.resolve(name)));
      assertTrue(Files.notExists(folder.resolve(name + ".part")));
      same(expected, encoded);
    }
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    Encoded first = run(sound(), Precision.SINGLE, "n.npy");
    Fragile second = sound();
    same(first, run(second, Precision.SINGLE, "n.npy"));
    assertEquals(0, second.batches);
  }

  @Test
  void otherWorkStartsAnew() throws IOException {
    Path whole = undisturbed(Precision.SINGLE);
    assertThrows(
        IllegalStateException.class, () -> run(new Fragile("b", 3), Precision.SINGLE, "n.npy"));
    Fragile second = sound();
    run(second, Precision.SINGLE, "n.npy");
    assertEquals(5, second.batches);
    assertEquals(-1, Files.mismatch(whole, folder.resolve("n.npy")));
    Fragile half = sound();
    run(half, Precision.HALF, "n.npy");
    assertEquals(5, half.batches);
    assertEquals(128 + 2L * 3 * INPUTS, Files.size(folder.resolve("n.npy")));
  }

  @Test
  void noDamageLeadsToWrongRows() throws IOException {
    Path whole = undisturbed(Precision.SINGLE);
    Path file = folder.resolve("n.npy");
    for (String ending : List.of(".part", ".journal")) {
      byte[] left = interrupted(ending);
      for (int at = 0; at < left.length; at += ending.equals(".part") ? 7 : 1) {
        interrupted(ending);
        byte[] damaged = left.clone();
        damaged[at] ^= 1;
        repaired(whole, file, ending, damaged);
        interrupted(ending);
        repaired(whole, file, ending, Arrays.copyOf(left, at));
      }
    }
  }

  /** What a run leaves that was interrupted after three batches. */
  private byte[] interrupted(String ending) throws IOException {
    for (String name : List.of("n.npy", "n.npy.part", "n.npy.journal")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    assertThrows(
        IllegalStateException.class, () -> run(new Fragile("a", 3), Precision.SINGLE, "n.npy"));
    return Files.readAllBytes(folder.resolve("n.npy" + ending));
  }

  private void repaired(Path whole, Path file, String ending, byte[] damaged) throws IOException {
    Files.write(folder.resolve("n.npy" + ending), damaged);
    Encoded encoded = run(sound(), Precision.SINGLE, "n.npy");
    assertEquals(-1, Files.mismatch(whole, file));
    assertEquals(17, encoded.encoded());
    assertEquals(-1, encoded.rows()[13]);
  }

  @Test
  void aFinishedFileThatWasChangedIsMadeAnew() throws IOException {
    Path whole = undisturbed(Precision.SINGLE);
    run(sound(), Precision.SINGLE, "n.npy");
    byte[] bytes = Files.readAllBytes(folder.resolve("n.npy"));
    for (int at = 0; at < bytes.length; at += 3) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(folder.resolve("n.npy"), damaged);
      run(sound(), Precision.SINGLE, "n.npy");
      assertEquals(-1, Files.mismatch(whole, folder.resolve("n.npy")));
    }
  }

  @Test
  void encodersThatBreakTheirWordAreStopped() {
    Encoder<Integer> wrong =
        new Encoder<>() {
          @Override
          public int dims() {
            return 2;
          }

          @Override
          public String fingerprint() {
            return "wrong";
          }

          @Override
          public int batchSize() {
            return 1;
          }

          @Override
          public List<float[]> encodeBatch(List<Integer> things) {
            return List.of(things.getFirst() < 3 ? new float[] {1, 2} : new float[] {1, Float.NaN});
          }
        };
    Exception e =
        assertThrows(IllegalStateException.class, () -> run(wrong, Precision.SINGLE, "w.npy"));
    assertEquals("the encoder gave NaN for input 3: numbers must be finite", e.getMessage());
  }

  @Test
  void queriesHaveTheRowsOfTheirNumbersAndTheEmptyOneIsZero() throws IOException {
    Queries.Builder builder = new Queries.Builder();
    List<String> texts = List.of("", "red lamp", "blue lamp", "red mug");
    IntStream.range(1, 4).forEach(q -> assertEquals(q, builder.add(texts.get(q))));
    HashedText hash = HashedText.fit(texts, 8);
    Encoded encoded =
        Encoding.run(
            Inputs.queries(builder.build()),
            hash,
            Precision.SINGLE,
            folder.resolve("q.npy"),
            Progress.silent());
    NpyStore store = NpyStore.open(encoded.file());
    assertEquals(4, store.rows());
    for (int q = 0; q < 4; q++) {
      assertArrayEquals(q == 0 ? new float[8] : hash.encode(texts.get(q)), store.row(q));
    }
    assertEquals(1, encoded.missing());
  }

  @Test
  void nothingToEncodeIsAnEmptyMatrix() throws IOException {
    HashedText hash = HashedText.fit(List.of(), 4);
    for (int twice = 0; twice < 2; twice++) {
      Encoded encoded =
          Encoding.run(
              Inputs.texts(List.of()),
              hash,
              Precision.HALF,
              folder.resolve("e.npy"),
              Progress.silent());
      assertEquals(0, NpyStore.open(encoded.file()).rows());
      assertEquals(0, encoded.encoded());
    }
  }
}
