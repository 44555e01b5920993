package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.PackedCodes;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;

/** Many indexes in one file. */
class IndexPackTest {
  private static final int D = 6;
  private static final int HEADER = 64;
  private static final int ENTRY = 32;
  private static final Workers WORKERS = Workers.of(1);
  private static final RefinedRetriever.Options FEW = new RefinedRetriever.Options(2, 20);

  @TempDir Path folder;

  private final float[] keys = gaussian(400 * D, 1);
  private final float[] query = gaussian(D, 2);
  private final ProductQuantizer quantizer =
      ProductQuantizer.fit(
          keys, D, ProductQuantizer.Options.of(3, 16), Rng.stream("t", 1), WORKERS);

  @Test
  void aPackHoldsWhatWasPutIntoIt() throws Exception {
    KMeans.Options few = new KMeans.Options(300, 2, 0);
    for (Quantizer each :
        List.of(
            quantizer,
            DirectionQuantizer.of(quantizer),
            ProductQuantizer.fit(
                keys, D, ProductQuantizer.Options.of(2, 64), Rng.stream("t", 2), WORKERS),
            ResidualQuantizer.fit(keys, D, 2, few, Rng.stream("t", 3), WORKERS))) {
      Path file = folder.resolve("deep/pack");
      Map<Long, RetrievalIndex> indexes = indexes(each);
      write(file, each, indexes);
      IndexPack pack = IndexPack.open(file, each);
      assertEquals(indexes.size(), pack.size());
      assertEquals(Files.size(file), pack.bytes());
      assertArrayEquals(
          indexes.keySet().stream().mapToLong(id -> id).sorted().toArray(), pack.ids());
      assertFalse(pack.contains(12345));
      for (int again = 0; again < 2; again++) {
        for (Map.Entry<Long, RetrievalIndex> put : indexes.entrySet()) {
          assertTrue(pack.contains(put.getKey()));
          assertAlike(put.getValue(), pack.index(put.getKey()));
        }
      }
    }
  }

  private void assertAlike(RetrievalIndex put, RetrievalIndex found) {
    assertEquals(put.codes(), found.codes());
    assertArrayEquals(put.keys(), found.keys());
    assertEquals(put.drift(), found.drift());
    assertTrue(found.keySegment().isMapped() && found.keySegment().address() % 64 == 0);
    assertEquals(put.scan().search(query, 5), found.scan().search(query, 5));
    assertEquals(put.refined(FEW).search(query, 5), found.refined(FEW).search(query, 5));
    float[] later = gaussian(3 * D, 9);
    assertEquals(put.append(later, WORKERS).codes(), found.append(later, WORKERS).codes());
  }

  @Test
  void anEmptyPackIsAPack() throws Exception {
    Path file = folder.resolve("pack");
    write(file, quantizer, Map.of());
    assertEquals(0, IndexPack.open(file, quantizer).size());
    assertEquals(HEADER, Files.size(file));
  }

  @Test
  void whatIsMissingOrThereTwiceIsSaid() throws Exception {
    Path file = folder.resolve("pack");
    RetrievalIndex index = RetrievalIndex.of(quantizer, keys, WORKERS);
    try (IndexPack.Writer writer = IndexPack.Writer.of(file, quantizer)) {
      writer.add(7, index);
      long bytes = writer.bytes();
      String twice =
          assertThrows(IllegalArgumentException.class, () -> writer.add(7, index)).getMessage();
      assertTrue(twice.contains("7"), twice);
      RetrievalIndex other = RetrievalIndex.of(other(), keys, WORKERS);
      String codebook =
          assertThrows(IllegalArgumentException.class, () -> writer.add(8, other)).getMessage();
      assertTrue(codebook.contains("codebook"), codebook);
      assertEquals(bytes, writer.bytes());
      assertEquals(1, writer.size());
      writer.finish();
    }
    IndexPack pack = IndexPack.open(file, quantizer);
    String missing = assertThrows(IllegalArgumentException.class, () -> pack.index(8)).getMessage();
    assertTrue(missing.contains("pack") && missing.contains("8"), missing);
    assertArrayEquals(keys, pack.index(7).keys());
    refused("codebook", () -> IndexPack.open(file, other()));
    assertThrows(IOException.class, () -> IndexPack.open(folder.resolve("none"), quantizer));
  }

  @Test
  void aPackThatIsNotFinishedLeavesTheOldOneAndNoRubbish() throws Exception {
    Path file = folder.resolve("pack");
    write(file, quantizer, indexes(quantizer));
    byte[] good = Files.readAllBytes(file);
    try (IndexPack.Writer writer = IndexPack.Writer.of(file, quantizer)) {
      writer.add(1, RetrievalIndex.of(quantizer, keys, WORKERS));
    }
    assertArrayEquals(good, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertThrows(
        IOException.class, () -> IndexPack.Writer.of(file.resolve("below a file"), quantizer));
  }

  @Test
  void brokenPacksAreRefusedWhereverTheyAreBroken() throws Exception {
    Path file = folder.resolve("pack");
    Map<Long, RetrievalIndex> indexes = indexes(quantizer);
    write(file, quantizer, indexes);
    byte[] good = Files.readAllBytes(file);
    Path bad = folder.resolve("bad");
    for (int length = 0; length < good.length; length += length < 200 ? 1 : 41) {
      Files.write(bad, Arrays.copyOf(good, length));
      refused("anew", () -> IndexPack.open(bad, quantizer));
    }
    Files.write(bad, Arrays.copyOf(good, good.length + 1));
    refused("anew", () -> IndexPack.open(bad, quantizer));
    int directory = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
    for (int at = 0; at < good.length; at += at < 200 || at >= directory ? 1 : 41) {
      byte[] altered = good.clone();
      altered[at] ^= 0x20;
      Files.write(bad, altered);
      if (at < 56 || at >= directory) {
        refused("anew", () -> IndexPack.open(bad, quantizer));
      } else if (isWithin(good, directory, at)) {
        IndexPack pack = IndexPack.open(bad, quantizer);
        refused(
            "checksum",
            () -> {
              for (long id : pack.ids()) {
                pack.index(id);
              }
            });
      }
    }
  }

  /** Whether a byte is of an entry, not of the zeros between. */
  private static boolean isWithin(byte[] good, int directory, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    boolean within = false;
    for (int entry = directory; entry < good.length; entry += ENTRY) {
      long offset = bytes.getLong(entry + 8);
      within |= at >= offset && at < offset + bytes.getLong(entry + 16);
    }
    return within;
  }

  /** Places in an entry of the directory, with numbers that cannot be. */
  @ParameterizedTest
  @CsvSource({
    "8,9223372036854775744",
    "8,-64",
    "8,0",
    "8,65",
    "16,9223372036854775807",
    "16,-1",
    "16,10",
    "28,2147483647",
    "28,-1",
    "28,3",
    "0,99999",
    "-1,9000000000000000000",
    "-1,67108863",
    "-1,-1"
  })
  void absurdSizesWithRightChecksumsTakeNoMemory(int place, long number) throws Exception {
    Path file = folder.resolve("pack");
    write(file, quantizer, indexes(quantizer));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = (int) buffer.getLong(40);
    if (place < 0) {
      buffer.putLong(32, number); // how many indexes there are
    } else if (place == 28) {
      buffer.putInt(directory + place, (int) number);
    } else {
      buffer.putLong(directory + place, number);
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, 52);
    sum.update(bytes, directory, bytes.length - directory);
    buffer.putInt(52, (int) sum.getValue());
    Files.write(file, bytes);
    refused("it states", () -> IndexPack.open(file, quantizer));
  }

  @Test
  void aPackThatIsChangedInPlaceIsNoticedAndOneThatIsReplacedIsNot() throws Exception {
    Path file = folder.resolve("pack");
    Map<Long, RetrievalIndex> indexes = indexes(quantizer);
    write(file, quantizer, indexes);
    IndexPack pack = IndexPack.open(file, quantizer);
    TopK before = pack.index(5).refined(FEW).search(query, 5).top();
    write(file, quantizer, Map.of(5L, RetrievalIndex.of(quantizer, new float[60], WORKERS)));
    assertEquals(before, pack.index(5).refined(FEW).search(query, 5).top());
    write(file, quantizer, indexes);
    IndexPack second = IndexPack.open(file, quantizer);
    RetrievalIndex index = second.index(5);
    Files.write(file, new byte[200]); // the same file, cut
    for (Executable use :
        List.<Executable>of(() -> second.index(5), () -> second.index(1), index::keys)) {
      String message = assertThrows(IllegalStateException.class, use).getMessage();
      assertTrue(message.contains("changed in place") && message.contains("open it"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,3,16", "5,1,16", "7,4,2", "9,5,16", "6,3,17", "4,2,256", "4,3,300"})
  void codesArePackedAndComeBackAsTheyWere(int rows, int columns, int centroids) {
    int[] drawn = Rng.stream("test/codes", centroids).ints(rows * columns, 0, centroids).toArray();
    Codes codes = Codes.of(drawn, columns, centroids);
    byte[] packed = PackedCodes.of(codes);
    assertEquals(PackedCodes.bytes(rows, columns, centroids), packed.length);
    int row = centroids <= 16 ? (columns + 1) / 2 : centroids <= 256 ? columns : 2 * columns;
    assertEquals(rows * row, packed.length);
    assertEquals(codes, PackedCodes.codes(packed, columns, centroids));
    if (rows > 0 && row > 1) {
      byte[] cut = Arrays.copyOf(packed, packed.length - 1);
      assertThrows(
          IllegalArgumentException.class, () -> PackedCodes.codes(cut, columns, centroids));
    }
    if (rows > 0 && centroids < 16) {
      packed[0] = 0x7F;
      assertThrows(
          IllegalArgumentException.class, () -> PackedCodes.codes(packed, columns, centroids));
    }
  }

  private Map<Long, RetrievalIndex> indexes(Quantizer each) {
    Map<Long, RetrievalIndex> indexes = new LinkedHashMap<>();
    indexes.put(5L, RetrievalIndex.of(each, Arrays.copyOf(keys, 50 * D), WORKERS));
    indexes.put(-3L, RetrievalIndex.of(each, new float[0], WORKERS));
    indexes.put(1L << 40, RetrievalIndex.of(each, Arrays.copyOf(keys, D), WORKERS));
    indexes.put(
        1L,
        RetrievalIndex.of(each, Arrays.copyOf(keys, 7 * D), WORKERS)
            .append(Arrays.copyOfRange(keys, 7 * D, 20 * D), WORKERS));
    return indexes;
  }

  private static void write(Path file, Quantizer each, Map<Long, RetrievalIndex> indexes)
      throws IOException {
    try (IndexPack.Writer writer = IndexPack.Writer.of(file, each)) {
      for (Map.Entry<Long, RetrievalIndex> entry : indexes.entrySet()) {
        writer.add(entry.getKey(), entry.getValue());
      }
      writer.finish();
    }
  }

  private void refused(String named, Executable reading) {
    String message = assertThrows(IOException.class, reading).getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains("anew"), message);
    assertTrue(message.contains(named), message);
  }

  private ProductQuantizer other() {
    return ProductQuantizer.fit(
        keys, D, ProductQuantizer.Options.of(3, 16), Rng.stream("t", 9), WORKERS);
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
