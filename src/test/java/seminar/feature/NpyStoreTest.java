package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.file.NpyWriter;
import seminar.file.Precision;

class NpyStoreTest {
  @TempDir Path folder;

  /** A file put together by hand, as NumPy would. */
  private Path file(int version, String literal, byte[] data) throws IOException {
    byte[] text = (literal + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(version == 1 ? 10 : 12).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      head.putShort((short) text.length);
    } else {
      head.putInt(text.length);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.array());
    all.writeBytes(text);
    all.writeBytes(data);
    return Files.write(folder.resolve("m.npy"), all.toByteArray());
  }

  private static String literal(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  @Test
  void bothVersionsAreRead() throws IOException {
    for (int version : new int[] {1, 2}) {
      Path path = file(version, literal("<f4", "(2, 3)"), floats(1, 2, 3, 4, 5, 6));
      NpyStore store = NpyStore.open(path);
      assertEquals(2, store.rows());
      assertEquals(3, store.dims());
      float[] into = new float[5];
      store.copyRow(1, into, 1);
      assertArrayEquals(new float[] {0, 4, 5, 6, 0}, into);
      assertThrows(IndexOutOfBoundsException.class, () -> store.row(2));
      assertThrows(IndexOutOfBoundsException.class, () -> store.copyRow(0, into, 3));
    }
  }

  @Test
  void halfPrecisionIsWidened() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {0.5f, -2, 65504, 0.333251953125f}) {
      bytes.putShort(Float.floatToFloat16(value));
    }
    NpyStore store = NpyStore.open(file(1, literal("<f2", "(2, 2)"), bytes.array()));
    assertArrayEquals(new float[] {0.5f, -2}, store.row(0));
    assertArrayEquals(new float[] {65504, 0.333251953125f}, store.row(1));
  }

  @Test
  void doublePrecisionIsNarrowed() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = {1.0 / 3, -2, 1e-9, 1e300};
    bytes.asDoubleBuffer().put(values);
    NpyStore store = NpyStore.open(file(1, literal("<f8", "(2, 2)"), bytes.array()));
    assertEquals(Precision.DOUBLE, store.precision());
    assertArrayEquals(new float[] {1 / 3f, -2}, store.row(0));
    assertArrayEquals(new float[] {1e-9f, Float.POSITIVE_INFINITY}, store.row(1));
    assertThrows(IndexOutOfBoundsException.class, () -> store.copyRow(0, new float[3], 2));
    Path path = folder.resolve("d.npy");
    NpyStore.write(path, FeatureStore.of(2, new float[] {1 / 3f, -2}), Precision.DOUBLE);
    assertEquals(128 + 16, Files.size(path));
    assertArrayEquals(new float[] {1 / 3f, -2}, NpyStore.open(path).row(0));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    FeatureStore store = FeatureStore.of(3, new float[] {1, -2, 3, 4.5f, 5, 6e-30f});
    Path path = folder.resolve("w.npy");
    NpyStore.write(path, store);
    NpyStore back = NpyStore.open(path);
    assertEquals(2, back.rows());
    assertArrayEquals(store.row(0), back.row(0));
    assertArrayEquals(store.row(1), back.row(1));
    assertEquals(0, (Files.size(path) - 24) % 64);
    NpyStore.write(path, FeatureStore.empty(7));
    assertEquals(0, NpyStore.open(path).rows());
    assertEquals(7, NpyStore.open(path).dims());
  }

  private static void refused(String expected, Path path) {
    IOException e = assertThrows(IOException.class, () -> NpyStore.open(path));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void filesThatAreNoSuchMatrixAreRefusedWithTheReason() throws IOException {
    byte[] six = floats(1, 2, 3, 4, 5, 6);
    refused("it is truncated", file(1, literal("<f4", "(2, 3)"), Arrays.copyOf(six, 23)));
    refused("it is damaged", file(1, literal("<f4", "(2, 3)"), Arrays.copyOf(six, 25)));
    refused("holds '<i8'", file(1, literal("<i8", "(1, 3)"), six));
    refused("it is truncated", file(1, literal("<f8", "(2, 3)"), six));
    refused("holds '>f4'", file(1, literal(">f4", "(2, 3)"), six));
    refused("is no matrix", file(1, literal("<f4", "(6,)"), six));
    refused("is no matrix", file(1, literal("<f4", "(2, 3, 1)"), six));
    refused("fortran_order", file(1, literal("<f4", "(2, 3)").replace("False", "True"), six));
    refused("has version 3", file(3, literal("<f4", "(2, 3)"), six));
    refused("truncated", file(1, literal("<f4", "(2000000000, 2000000000)"), six));
    refused("has the shape", file(1, literal("<f4", "(9999999999, 3)"), six));
    refused("has the shape", file(1, literal("<f4", "(2, 0)"), six));
    refused("ends within its header", Files.write(folder.resolve("s.npy"), new byte[] {1, 2}));
    refused("does not begin", Files.write(folder.resolve("z.npy"), new byte[200]));
    refused("is missing", folder.resolve("none.npy"));
    byte[] good = Files.readAllBytes(file(1, literal("<f4", "(2, 3)"), six));
    refused("ends within", Files.write(folder.resolve("h.npy"), Arrays.copyOf(good, 40)));
  }

  @Test
  void halfPrecisionIsTheNearestNumberOfElevenBits() throws IOException {
    float[] values = {1, -2, 0.1f, 65504, 6e-8f, 0, -0.33333334f, 1e-9f};
    Path path = folder.resolve("h.npy");
    NpyStore.write(path, FeatureStore.of(4, values), Precision.HALF);
    NpyStore back = NpyStore.open(path);
    assertEquals(Precision.HALF, back.precision());
    assertEquals(128 + 16, Files.size(path));
    for (int i = 0; i < 8; i++) {
      float expected = Float.float16ToFloat(Float.floatToFloat16(values[i]));
      assertEquals(expected, back.row(i / 4)[i % 4]);
      assertEquals(values[i], expected, Math.max(6e-8, Math.abs(values[i]) / 2048));
    }
  }

  @Test
  void whatHalfPrecisionCannotHoldIsRefusedWithItsRow() throws IOException {
    Path path = folder.resolve("h.npy");
    NpyStore.write(path, FeatureStore.of(1, new float[] {1}), Precision.HALF);
    for (float wrong : new float[] {65520, -1e9f, Float.POSITIVE_INFINITY, Float.NaN}) {
      float[] values = {1, 2, 3, 4, 5, wrong};
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> NpyStore.write(path, FeatureStore.of(2, values), Precision.HALF));
      assertTrue(e.getMessage().startsWith("row 2 of h.npy has " + wrong), e.getMessage());
    }
    assertArrayEquals(new float[] {1}, NpyStore.open(path).row(0));
    assertEquals(1, files());
  }

  private int files() throws IOException {
    try (var all = Files.list(folder)) {
      return (int) all.count();
    }
  }

  @Test
  void rowsAreAppendedUntilTheWriterIsFinished() throws IOException {
    Path path = folder.resolve("deep").resolve("a.npy");
    try (NpyWriter writer = NpyWriter.create(path, 2, Precision.SINGLE)) {
      writer.append(new float[] {1, 2, 3, 4, 9, 9}, 2);
      writer.append(new float[0], 0);
      writer.append(new float[] {5, 6}, 1);
      assertEquals(3, writer.rows());
      assertTrue(Files.notExists(path));
      assertThrows(IllegalArgumentException.class, () -> writer.append(new float[3], 2));
      IOException e =
          assertThrows(IOException.class, () -> NpyWriter.create(path, 2, Precision.SINGLE));
      assertTrue(e.getMessage().contains("a.npy.part is being written"), e.getMessage());
      writer.finish();
    }
    Path whole = folder.resolve("b.npy");
    NpyStore.write(whole, FeatureStore.of(2, new float[] {1, 2, 3, 4, 5, 6}));
    assertEquals(-1, Files.mismatch(path, whole));
    try (NpyWriter writer = NpyWriter.create(path, 1, Precision.HALF)) {
      writer.append(new float[] {7}, 1);
    }
    assertEquals(-1, Files.mismatch(path, whole), "a writer that is not finished changes nothing");
    assertTrue(Files.notExists(folder.resolve("deep").resolve("a.npy.part")));
  }

  @Test
  void moreThanTwoGigabytesAreWrittenAndRead() throws IOException {
    Path path = folder.resolve("large.npy");
    int dims = 1024;
    int holes = 600_000; // 2.4 GB of holes, which take no disk
    try (RandomAccessFile part =
        new RandomAccessFile(folder.resolve("large.npy.part").toFile(), "rw")) {
      part.setLength(128 + 4L * dims * holes);
    }
    float[] row = new float[dims];
    row[0] = 1;
    row[dims - 1] = -2;
    try (NpyWriter writer = NpyWriter.reopen(path, dims, Precision.SINGLE)) {
      assertTrue(writer.keep(holes, zeros(4L * dims * holes)));
      writer.append(row, 1);
      writer.finish();
    }
    NpyStore store = NpyStore.open(path);
    assertEquals(holes + 1, store.rows());
    assertArrayEquals(row, store.row(holes));
    assertArrayEquals(new float[dims], store.row(holes - 1));
  }

  private static long zeros(long bytes) {
    CRC32C sum = new CRC32C();
    byte[] block = new byte[1 << 20];
    for (long at = 0; at < bytes; at += block.length) {
      sum.update(block, 0, (int) Math.min(block.length, bytes - at));
    }
    return sum.getValue();
  }

  @Test
  void aStoreInMemoryIsACopy() {
    float[] values = {1, 2};
    FeatureStore store = FeatureStore.of(1, values);
    values[0] = 9;
    assertArrayEquals(new float[] {1}, store.row(0));
    assertArrayEquals(new float[] {4}, store.scaled(2).row(1));
    assertThrows(IllegalArgumentException.class, () -> FeatureStore.of(2, new float[3]));
    assertThrows(IndexOutOfBoundsException.class, () -> store.row(2));
  }
}
