package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.CodebookFile;
import seminar.quantize.DirectionQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RotatedQuantizer;

class RetrievalIndexTest {
  private static final int L = 600;
  private static final int D = 12;
  private static final Workers WORKERS = Workers.common();
  private static final RefinedRetriever.Options FEW = new RefinedRetriever.Options(3, 50);

  @TempDir Path folder;

  private final float[] keys = gaussian(L * D, 1);
  private final float[] query = gaussian(D, 2);
  private final ProductQuantizer quantizer =
      ProductQuantizer.fit(
          keys, D, ProductQuantizer.Options.of(D, 16), Rng.stream("t", 1), WORKERS);

  @Test
  void anOpenedIndexFindsWhatTheWrittenOneFound() throws Exception {
    for (Quantizer each : quantizers()) {
      Path codebook = folder.resolve("codebook");
      CodebookFile.write(each, codebook);
      Quantizer read = CodebookFile.read(codebook);
      assertEquals(CodebookFile.id(each), CodebookFile.id(read));
      assertEquals(each.getClass(), read.getClass());

      Path file = folder.resolve("user/index");
      RetrievalIndex written = RetrievalIndex.of(each, keys, WORKERS);
      written.write(file);
      RetrievalIndex opened = RetrievalIndex.open(file, read);
      assertEquals(L, opened.size());
      assertEquals(written.codes(), opened.codes());
      assertEquals(written.drift(), opened.drift());
      assertArrayEquals(keys, opened.keys());
      assertEquals(written.scan().search(query, 20), opened.scan().search(query, 20));
      RefinedRetriever inMemory = RefinedRetriever.of(written.scan(), keys, FEW);
      assertEquals(inMemory.search(query, 20), opened.refined(FEW).search(query, 20));
    }
  }

  @Test
  void fourBitCodesAreScannedFast() {
    RetrievalIndex nibbles = RetrievalIndex.of(quantizer, keys, WORKERS);
    assertInstanceOf(FastScanRetriever.class, nibbles.scan());
    RetrievalIndex wide = RetrievalIndex.of(quantizers().getLast(), keys, WORKERS);
    assertInstanceOf(CodeRetriever.class, wide.scan());
  }

  @Test
  void appendedEventsAreFoundAndDriftIsReported() throws Exception {
    RetrievalIndex first = RetrievalIndex.of(quantizer, Arrays.copyOf(keys, 400 * D), WORKERS);
    assertEquals(1, first.drift().ratio());
    float[] later = Arrays.copyOfRange(keys, 400 * D, L * D);
    RetrievalIndex both = first.append(later, WORKERS);
    RetrievalIndex whole = RetrievalIndex.of(quantizer, keys, WORKERS);
    assertEquals(400, first.size());
    assertEquals(whole.codes(), both.codes());
    assertEquals(whole.scan().search(query, 30), both.scan().search(query, 30));
    assertEquals(200, both.drift().appended().events());
    assertEquals(1, both.drift().ratio(), 0.3);

    for (int i = 0; i < later.length; i++) {
      later[i] = 3 * later[i] + 2;
    }
    RetrievalIndex drifted = both.append(later, WORKERS);
    assertEquals(400, drifted.drift().appended().events());
    assertTrue(drifted.drift().ratio() > 3, drifted.drift().toString());
    Path file = folder.resolve("index");
    drifted.write(file);
    assertEquals(drifted.drift(), RetrievalIndex.open(file, quantizer).drift());

    ProductQuantizer fresh =
        ProductQuantizer.fit(
            drifted.keys(), D, ProductQuantizer.Options.of(D, 16), Rng.stream("t", 2), WORKERS);
    RetrievalIndex renewed = drifted.encodedBy(fresh, WORKERS);
    assertEquals(drifted.size(), renewed.size());
    assertEquals(1, renewed.drift().ratio());
    assertEquals(800, drifted.size());
  }

  @Test
  void anEmptyHistoryMayBeWrittenAndGrow() throws Exception {
    Path file = folder.resolve("index");
    RetrievalIndex.of(quantizer, new float[0], WORKERS).write(file);
    RetrievalIndex opened = RetrievalIndex.open(file, quantizer);
    assertEquals(0, opened.refined(FEW).search(query, 3).top().size());
    RetrievalIndex grown = opened.append(keys, WORKERS);
    assertEquals(20, grown.refined(FEW).search(query, 20).top().size());
    assertEquals(1, grown.drift().ratio());
  }

  @Test
  void brokenFilesAreRefusedWhereverTheyAreBroken() throws Exception {
    Path file = folder.resolve("index");
    Path codebook = folder.resolve("codebook");
    RetrievalIndex.of(quantizer, Arrays.copyOf(keys, 30 * D), WORKERS).write(file);
    CodebookFile.write(quantizer, codebook);
    for (Path each : List.of(file, codebook)) {
      byte[] good = Files.readAllBytes(each);
      Path bad = folder.resolve("bad");
      for (int length = 0; length < good.length; length += length < 200 ? 1 : 37) {
        Files.write(bad, Arrays.copyOf(good, length));
        refused(bad);
      }
      for (int at = 0; at < good.length; at += at < 200 ? 1 : 37) {
        byte[] altered = good.clone();
        altered[at] ^= 0x40;
        Files.write(bad, altered);
        if (inSections(good, at)) {
          refused(bad);
        }
      }
      Files.write(bad, Arrays.copyOf(good, good.length + 1));
      refused(bad);
    }
    assertThrows(IOException.class, () -> RetrievalIndex.open(folder.resolve("none"), quantizer));
  }

  /** Whether a byte means something: not the zeros between sections. */
  private static boolean inSections(byte[] good, int at) {
    ByteBuffer header = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    long from = 16 + 16 * 3 + 4;
    if (at < from) {
      return true;
    }
    for (int s = 0; s < 3; s++) {
      from = (from + 63) / 64 * 64;
      long length = header.getLong(16 + 16 * s);
      if (at >= from && at < from + length) {
        return true;
      }
      from += length;
    }
    return false;
  }

  private void refused(Path file) {
    for (org.junit.jupiter.api.function.Executable read :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> RetrievalIndex.open(file, quantizer), () -> CodebookFile.read(file))) {
      String message = assertThrows(IOException.class, read).getMessage();
      assertTrue(message.contains(file.toString()) && message.contains("anew"), message);
    }
  }

  @Test
  void hugeSizesWithRightChecksumsTakeNoMemory() throws Exception {
    Path file = folder.resolve("codebook");
    CodebookFile.write(quantizer, file);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(16 + 32, Long.MAX_VALUE - 100);
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, 64);
    header.putInt(64, (int) sum.getValue());
    Files.write(file, bytes);
    String message = assertThrows(IOException.class, () -> CodebookFile.read(file)).getMessage();
    assertTrue(message.contains("should end at"), message);
  }

  @Test
  void anIndexOfAnotherCodebookIsRefused() throws Exception {
    Path file = folder.resolve("index");
    RetrievalIndex.of(quantizer, keys, WORKERS).write(file);
    ProductQuantizer other =
        ProductQuantizer.fit(
            keys, D, ProductQuantizer.Options.of(D, 16), Rng.stream("t", 9), WORKERS);
    String message =
        assertThrows(IOException.class, () -> RetrievalIndex.open(file, other)).getMessage();
    assertTrue(message.contains("%08x".formatted(CodebookFile.id(other))), message);
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNoRubbish() throws Exception {
    Path file = folder.resolve("index");
    RetrievalIndex index = RetrievalIndex.of(quantizer, keys, WORKERS);
    index.write(file);
    byte[] good = Files.readAllBytes(file);
    assertThrows(IOException.class, () -> index.write(file.resolve("below a file")));
    Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
    assertThrows(IOException.class, () -> index.write(taken));
    assertArrayEquals(good, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aFileThatIsChangedInPlaceIsNoticedAndOneThatIsReplacedIsNot() throws Exception {
    Path file = folder.resolve("index");
    RetrievalIndex.of(quantizer, keys, WORKERS).write(file);
    RetrievalIndex opened = RetrievalIndex.open(file, quantizer);
    TopK before = opened.refined(FEW).search(query, 5).top();
    RetrievalIndex.of(quantizer, new float[keys.length], WORKERS).write(file); // replaced
    assertEquals(before, opened.refined(FEW).search(query, 5).top());
    RetrievalIndex second = RetrievalIndex.open(file, quantizer);
    Files.write(file, new byte[100]); // the same file, cut
    for (org.junit.jupiter.api.function.Executable use :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> second.refined(FEW),
            second::keys,
            () -> second.append(keys, WORKERS),
            () -> second.write(folder.resolve("copy")))) {
      String message = assertThrows(IllegalStateException.class, use).getMessage();
      assertTrue(
          message.contains("changed in place") && message.contains("open it again"), message);
    }
  }

  @Test
  void scalesOfDirectionsAreKept() throws Exception {
    Quantizer directions = DirectionQuantizer.of(quantizer);
    Path file = folder.resolve("index");
    RetrievalIndex written = RetrievalIndex.of(directions, keys, WORKERS);
    written.write(file);
    RetrievalIndex opened = RetrievalIndex.open(file, directions);
    assertEquals(written.codes(), opened.codes());
    assertTrue(opened.codes().isScaled());
    assertEquals(written.scan().search(query, 5), opened.scan().search(query, 5));
    RetrievalIndex grown = opened.append(keys, WORKERS);
    assertEquals(2 * written.size(), grown.size());
    assertEquals(written.codes().scale(3), grown.codes().scale(written.size() + 3));
  }

  @Test
  void refusesKeysThatDoNotFit() {
    RetrievalIndex index = RetrievalIndex.of(quantizer, keys, WORKERS);
    assertThrows(IllegalArgumentException.class, () -> index.append(new float[D + 1], WORKERS));
    float[] broken = new float[D];
    broken[2] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> index.append(broken, WORKERS));
    ProductQuantizer narrow = ProductQuantizer.of(new float[] {1, 2}, 2, 1);
    assertThrows(IllegalArgumentException.class, () -> index.encodedBy(narrow, WORKERS));
  }

  private List<Quantizer> quantizers() {
    KMeans.Options few = new KMeans.Options(300, 3, 0);
    return List.of(
        quantizer,
        RotatedQuantizer.fit(
            keys, D, ProductQuantizer.Options.of(4, 16), 2, Rng.stream("t", 3), WORKERS),
        ResidualQuantizer.fit(keys, D, 3, few, Rng.stream("t", 4), WORKERS));
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
