package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import seminar.file.SectionFile;
import seminar.math.Checks;
import seminar.quantize.Rows;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** A graph on disk, together with the vectors that it links. */
final class GraphFile {
  private static final String NAME = "SMNRHNSW";
  private static final int VERSION = 1;
  private static final int SECTIONS = 5;
  private static final int FIELDS = 8;

  /** The metrics in the order of their numbers in files. */
  private static final List<Metric> METRICS = List.of(Metric.INNER_PRODUCT, Metric.L2);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private GraphFile() {}

  static void write(SmallWorld graph, Path file) throws IOException {
    Points points = graph.points();
    GraphOptions options = graph.options();
    LayeredLinks links = graph.links();
    long[] values = {
      points.count(),
      points.dims(),
      METRICS.indexOf(points.metric()),
      options.links(),
      options.constructionWidth(),
      options.searchWidth(),
      options.seed(),
      links.entry()
    };
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fields = arena.allocate(8L * FIELDS);
      MemorySegment.copy(values, 0, fields, LONG, 0, FIELDS);
      float[] events = points.events();
      MemorySegment keys = arena.allocate(4L * events.length);
      MemorySegment.copy(events, 0, keys, SectionFile.FLOAT, 0, events.length);
      SectionFile.write(
          file,
          NAME,
          VERSION,
          List.of(
              fields,
              MemorySegment.ofArray(links.levels()),
              section(arena, links.lowest()),
              section(arena, links.upper()),
              keys));
    }
  }

  private static MemorySegment section(Arena arena, int[] values) {
    MemorySegment section = arena.allocate(4L * values.length);
    MemorySegment.copy(values, 0, section, INT, 0, values.length);
    return section;
  }

  static SmallWorld read(Path file) throws IOException {
    List<MemorySegment> sections = SectionFile.map(file, NAME, VERSION, SECTIONS);
    if (sections.getFirst().byteSize() != 8L * FIELDS) {
      throw SectionFile.broken(file, "its fields are not " + FIELDS);
    }
    try {
      return graph(sections);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }

  private static SmallWorld graph(List<MemorySegment> sections) {
    MemorySegment fields = sections.getFirst();
    int count = field(fields, 0, "sequenceLength L", 0, Integer.MAX_VALUE);
    int dims = field(fields, 1, "dims d", 1, 1 << 24);
    int metric = field(fields, 2, "number of the metric", 0, METRICS.size() - 1);
    GraphOptions options =
        new GraphOptions(
            field(fields, 3, "links M", 0, Integer.MAX_VALUE),
            field(fields, 4, "efConstruction", 0, Integer.MAX_VALUE),
            field(fields, 5, "efSearch", 0, Integer.MAX_VALUE),
            fields.getAtIndex(LONG, 6));
    int entry = field(fields, 7, "entry", -1, Integer.MAX_VALUE);
    sized("levels", sections.get(1), count);
    sized("links of level 0", sections.get(2), 4L * count * (1 + 2 * options.links()));
    sized("keys", sections.get(4), 4L * count * dims);
    LayeredLinks links =
        LayeredLinks.of(
            options.links(),
            sections.get(1).toArray(ValueLayout.JAVA_BYTE),
            sections.get(2).toArray(INT),
            sections.get(3).toArray(INT),
            entry);
    float[] keys = sections.get(4).toArray(SectionFile.FLOAT);
    Rows.bounded("keys", keys, dims);
    return new SmallWorld(new Points(keys, 1, 0, dims, METRICS.get(metric)), options, links);
  }

  private static int field(MemorySegment fields, int number, String name, int low, int high) {
    long value = fields.getAtIndex(LONG, number);
    return (int) Checks.within(low, high, name, value);
  }

  private static void sized(String name, MemorySegment section, long bytes) {
    if (section.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "it should hold %d bytes of %s and holds %d".formatted(bytes, name, section.byteSize()));
    }
  }
}
