package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import seminar.file.FileStamp;
import seminar.file.SectionFile;
import seminar.math.Checks;
import seminar.quantize.CodebookFile;
import seminar.quantize.Codes;
import seminar.quantize.Quantizer;
import seminar.quantize.Rows;

/**
 * A {@link RetrievalIndex} as a file of three sections: fields, codes with scales behind them if
 * events have some, and keys.
 */
final class IndexFile {
  private static final String NAME = "SMNRINDX";
  private static final int VERSION = 1;
  private static final int FIELDS = 7;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private IndexFile() {}

  static void write(RetrievalIndex index, Path file) throws IOException {
    MemorySegment fields = MemorySegment.ofArray(new byte[8 * FIELDS]);
    RetrievalIndex.Drift drift = index.drift();
    long[] values = {
      CodebookFile.id(index.quantizer()),
      index.quantizer().dims(),
      index.size(),
      drift.first().events(),
      Double.doubleToRawLongBits(drift.first().error()),
      drift.appended().events(),
      Double.doubleToRawLongBits(drift.appended().error())
    };
    for (int i = 0; i < FIELDS; i++) {
      fields.setAtIndex(LONG, i, values[i]);
    }
    SectionFile.write(
        file, NAME, VERSION, List.of(fields, coded(index.codes()), index.keySegment()));
  }

  /** Codes, and behind them scales if events have some. */
  private static MemorySegment coded(Codes codes) {
    byte[] bytes = codes.toBytes();
    if (!codes.isScaled()) {
      return MemorySegment.ofArray(bytes);
    }
    byte[] both = Arrays.copyOf(bytes, Math.addExact(bytes.length, 4 * codes.rows()));
    MemorySegment segment = MemorySegment.ofArray(both);
    for (int l = 0; l < codes.rows(); l++) {
      segment.set(SectionFile.FLOAT, bytes.length + 4L * l, codes.scale(l));
    }
    return segment;
  }

  private static Codes codes(byte[] coded, Quantizer quantizer, long bytes) {
    Codes codes =
        Codes.ofBytes(
            Arrays.copyOf(coded, (int) bytes), quantizer.columns(), quantizer.centroids());
    return coded.length == bytes
        ? codes
        : codes.scaled(SectionFile.floats(MemorySegment.ofArray(coded).asSlice(bytes)));
  }

  static RetrievalIndex open(Path file, Quantizer quantizer) throws IOException {
    FileStamp stamp = FileStamp.of(file);
    List<MemorySegment> sections = SectionFile.map(file, NAME, VERSION, 3);
    long[] fields = fields(file, sections.getFirst());
    checkCodebook(file, fields[0], quantizer);
    long rows = fields[2];
    long bytes = rows * quantizer.columns() * (quantizer.centroids() <= 256 ? 1 : 2);
    long coded = sections.get(1).byteSize();
    boolean shaped =
        fields[1] == quantizer.dims()
            && rows >= 0
            && rows <= Integer.MAX_VALUE
            && fields[3] >= 0
            && fields[5] >= 0
            && fields[3] + fields[5] == rows
            && (coded == bytes || coded == bytes + 4 * rows)
            && sections.get(2).byteSize() == rows * quantizer.dims() * 4;
    if (!shaped) {
      throw SectionFile.broken(
          file,
          "it states %d events and holds %d bytes of codes and %d of keys"
              .formatted(rows, sections.get(1).byteSize(), sections.get(2).byteSize()));
    }
    try {
      checkBounded(sections.get(2), quantizer.dims());
      byte[] both = sections.get(1).toArray(ValueLayout.JAVA_BYTE);
      return RetrievalIndex.stored(
          quantizer,
          codes(both, quantizer, bytes),
          sections.get(2),
          new RetrievalIndex.Drift(fit(fields[3], fields[4]), fit(fields[5], fields[6])),
          stamp);
    } catch (IllegalArgumentException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }

  /**
   * Compares codebooks.
   *
   * @param id that which codes were made with
   * @throws IOException if it is another one
   */
  static void checkCodebook(Path file, long id, Quantizer quantizer) throws IOException {
    long given = CodebookFile.id(quantizer);
    if (id != given) {
      throw new IOException(
          "%s: it was made with codebook %08x, this one is %08x: give its own or make it anew"
              .formatted(file, id, given));
    }
  }

  /**
   * Checks keys [L, d] of a file.
   *
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  static void checkBounded(MemorySegment keys, int dims) {
    float[] key = new float[dims];
    for (long at = 0; at < keys.byteSize(); at += 4L * dims) {
      MemorySegment.copy(keys, SectionFile.FLOAT, at, key, 0, dims);
      try {
        Rows.bounded("key", key, dims);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "event %d: %s".formatted(at / 4 / dims, e.getMessage()), e);
      }
    }
  }

  private static long[] fields(Path file, MemorySegment section) throws IOException {
    if (section.byteSize() != 8L * FIELDS) {
      throw SectionFile.broken(file, "its fields are not " + FIELDS);
    }
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = section.getAtIndex(LONG, i);
    }
    return fields;
  }

  /**
   * How well codes fit, as a file states it.
   *
   * @throws IllegalArgumentException if the error cannot be
   */
  static RetrievalIndex.Fit fit(long events, long errorBits) {
    double error = Double.longBitsToDouble(errorBits);
    Checks.within(0, Double.MAX_VALUE, "error of events", error);
    return new RetrievalIndex.Fit((int) events, error);
  }
}
