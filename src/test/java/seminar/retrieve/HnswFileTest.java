package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.file.SectionFile;
import seminar.math.Rng;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** Graphs on disk. */
class HnswFileTest {
  private static final int D = 6;
  private static final GraphOptions FEW = new GraphOptions(3, 9, 8, 2);
  private static final String NAME = "SMNRHNSW";
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder;

  private final float[] keys = gaussian(120 * D, 1);
  private final float[] query = gaussian(D, 2);

  @Test
  void anOpenedGraphFindsAndBecomesWhatTheWrittenOneDoes() throws Exception {
    for (Metric metric : Metric.values()) {
      Path file = folder.resolve("user/graph");
      HnswRetriever written = HnswRetriever.of(Arrays.copyOf(keys, 90 * D), D, metric, FEW);
      written.write(file);
      HnswRetriever opened = HnswRetriever.open(file);
      assertEquals(90, opened.size());
      assertEquals(metric, opened.metric());
      assertEquals(FEW, opened.options());
      assertEquals(written.search(query, 10), opened.search(query, 10));

      float[] later = Arrays.copyOfRange(keys, 90 * D, keys.length);
      opened.append(later).write(folder.resolve("grown"));
      HnswRetriever.of(keys, D, metric, FEW).write(folder.resolve("whole"));
      assertEquals(-1, Files.mismatch(folder.resolve("grown"), folder.resolve("whole")));
    }
  }

  @Test
  void anEmptyGraphMayBeWrittenAndGrow() throws Exception {
    Path file = folder.resolve("graph");
    HnswRetriever.of(new float[0], D, Metric.L2, FEW).write(file);
    HnswRetriever opened = HnswRetriever.open(file);
    assertEquals(0, opened.search(query, 3).top().size());
    assertEquals(
        HnswRetriever.of(keys, D, Metric.L2, FEW).search(query, 9),
        opened.append(keys).search(query, 9));
  }

  @Test
  void brokenFilesAreRefusedWhereverTheyAreBroken() throws Exception {
    Path file = folder.resolve("graph");
    HnswRetriever.of(Arrays.copyOf(keys, 20 * D), D, Metric.L2, FEW).write(file);
    byte[] good = Files.readAllBytes(file);
    Path bad = folder.resolve("bad");
    for (int length = 0; length < good.length; length += length < 200 ? 1 : 37) {
      Files.write(bad, Arrays.copyOf(good, length));
      refused(bad, "");
    }
    Files.write(bad, Arrays.copyOf(good, good.length + 1));
    refused(bad, "more than it states");
    assertThrows(IOException.class, () -> HnswRetriever.open(folder.resolve("none")));
  }

  /** Checksums are right here: whoever wrote the file was wrong. */
  @Test
  void linksThatLeadNowhereAreRefused() throws Exception {
    Path file = folder.resolve("graph");
    HnswRetriever.of(keys, D, Metric.INNER_PRODUCT, FEW).write(file);
    int row = 4 * (1 + 2 * FEW.links());
    altered(
        file, 2, bytes -> bytes.set(INT, 5L * row, 7), "number of links of node 5 on level 0 is 7");
    altered(file, 2, bytes -> bytes.set(INT, 5L * row, -1), "number of links of node 5");
    altered(
        file, 2, bytes -> bytes.set(INT, 5L * row + 4, 120), "link of node 5 on level 0 is 120");
    altered(file, 2, bytes -> bytes.set(INT, 5L * row + 4, -2), "link of node 5 on level 0 is -2");
    byte[] levels = SectionFile.map(file, NAME, 1, 5).get(1).toArray(ValueLayout.JAVA_BYTE);
    int above = first(levels, true);
    int below = first(levels, false);
    String name = "of node %d on level 1 is".formatted(above);
    altered(file, 3, bytes -> bytes.set(INT, 0, 4), "number of links " + name + " 4");
    altered(file, 3, bytes -> bytes.set(INT, 4, 999), "link " + name + " 999");
    altered(file, 3, bytes -> bytes.set(INT, 4, below), "level of a link " + name + " 0");
    altered(
        file,
        1,
        bytes -> bytes.set(ValueLayout.JAVA_BYTE, below, (byte) -1),
        "level of node " + below + " is -1");
    altered(
        file, 1, bytes -> bytes.set(ValueLayout.JAVA_BYTE, below, (byte) 1), "lists above level 0");
    altered(file, 4, bytes -> bytes.set(INT, 4, 0x7f800000), "keys is Infinity in row 0, column 1");
    long[] wrong = {119, 5, 2, 0, 0, 0, 0, 120};
    for (int i = 0; i < wrong.length; i++) {
      int field = i;
      if (field != 6) { // any number is a seed
        altered(file, 0, bytes -> bytes.set(LONG, 8L * field, wrong[field]), "");
      }
    }
    altered(file, 0, bytes -> bytes.set(LONG, 56, (long) below), "level of the entry is 0");
    altered(file, 0, bytes -> bytes.set(LONG, 8, 1L << 40), "dims d is");
    altered(file, 0, bytes -> bytes.set(LONG, 0, -1L), "sequenceLength L is");
  }

  private static int first(byte[] levels, boolean high) {
    int node = 0;
    while (levels[node] > 0 != high) {
      node++;
    }
    return node;
  }

  private void altered(Path file, int section, Consumer<MemorySegment> change, String words)
      throws IOException {
    List<MemorySegment> sections = new ArrayList<>();
    for (MemorySegment each : SectionFile.map(file, NAME, 1, 5)) {
      sections.add(MemorySegment.ofArray(each.toArray(ValueLayout.JAVA_BYTE)));
    }
    change.accept(sections.get(section));
    Path bad = folder.resolve("altered");
    SectionFile.write(bad, NAME, 1, sections);
    refused(bad, words);
  }

  private static void refused(Path file, String words) {
    String message = assertThrows(IOException.class, () -> HnswRetriever.open(file)).getMessage();
    assertTrue(message.contains(file.toString()) && message.contains("anew"), message);
    assertTrue(message.contains(words), message);
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws Exception {
    Path file = folder.resolve("graph");
    HnswRetriever graph = HnswRetriever.of(keys, D, Metric.L2, FEW);
    graph.write(file);
    byte[] good = Files.readAllBytes(file);
    assertThrows(IOException.class, () -> graph.write(file.resolve("below a file")));
    assertArrayEquals(good, Files.readAllBytes(file));
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
