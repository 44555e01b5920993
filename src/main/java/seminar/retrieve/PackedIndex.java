package seminar.retrieve;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import seminar.file.FileStamp;
import seminar.file.SectionFile;
import seminar.quantize.Codes;
import seminar.quantize.PackedCodes;
import seminar.quantize.Quantizer;

/**
 * One index of an {@link IndexPack} as bytes.
 *
 * <pre>
 *   8 bytes  events at first    8 bytes  their error    8 bytes  events since    8 bytes  their error
 *   zeros up to 64
 *   keys [L, d], floats         scales [L], floats, if events have some         codes, packed
 * </pre>
 */
final class PackedIndex {
  private static final int FIELDS = PackDirectory.ALIGNMENT;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private PackedIndex() {}

  /** The bytes of an index, in parts. */
  static List<MemorySegment> parts(RetrievalIndex index) {
    MemorySegment fields = MemorySegment.ofArray(new byte[FIELDS]);
    RetrievalIndex.Drift drift = index.drift();
    fields.setAtIndex(LONG, 0, drift.first().events());
    fields.setAtIndex(LONG, 1, Double.doubleToRawLongBits(drift.first().error()));
    fields.setAtIndex(LONG, 2, drift.appended().events());
    fields.setAtIndex(LONG, 3, Double.doubleToRawLongBits(drift.appended().error()));
    Codes codes = index.codes();
    float[] scales = new float[codes.isScaled() ? codes.rows() : 0];
    for (int l = 0; l < scales.length; l++) {
      scales[l] = codes.scale(l);
    }
    return List.of(
        fields,
        index.keySegment(),
        SectionFile.section(scales),
        MemorySegment.ofArray(PackedCodes.of(codes)));
  }

  /** Whether so many events can take so many bytes. */
  static boolean isLength(long bytes, int events, Quantizer quantizer) {
    return events >= 0
        && (bytes == length(events, quantizer, false) || bytes == length(events, quantizer, true));
  }

  private static long length(int events, Quantizer quantizer, boolean scaled) {
    long codes = PackedCodes.bytes(events, quantizer.columns(), quantizer.centroids());
    return FIELDS + 4L * events * quantizer.dims() + (scaled ? 4L * events : 0) + codes;
  }

  /**
   * The index of bytes; its keys stay where they are.
   *
   * @param bytes as many as {@link #isLength} allows
   * @param known whether its keys were looked at before
   * @throws IllegalArgumentException if numbers in it cannot be
   */
  static RetrievalIndex of(
      MemorySegment bytes, int events, Quantizer quantizer, FileStamp file, boolean known) {
    long[] fields = bytes.asSlice(0, 32).toArray(LONG);
    if (fields[0] < 0 || fields[2] < 0 || fields[0] + fields[2] != events) {
      throw new IllegalArgumentException(
          "%d and %d events are not %d".formatted(fields[0], fields[2], events));
    }
    long scales = FIELDS + 4L * events * quantizer.dims();
    boolean isScaled = bytes.byteSize() == length(events, quantizer, true) && events > 0;
    long coded = scales + (isScaled ? 4L * events : 0);
    MemorySegment keys = bytes.asSlice(FIELDS, scales - FIELDS);
    if (!known) {
      IndexFile.checkBounded(keys, quantizer.dims());
    }
    Codes codes =
        PackedCodes.codes(
            bytes.asSlice(coded).toArray(ValueLayout.JAVA_BYTE),
            quantizer.columns(),
            quantizer.centroids());
    return RetrievalIndex.stored(
        quantizer,
        isScaled ? codes.scaled(SectionFile.floats(bytes.asSlice(scales, 4L * events))) : codes,
        keys,
        new RetrievalIndex.Drift(
            IndexFile.fit(fields[0], fields[1]), IndexFile.fit(fields[2], fields[3])),
        file);
  }
}
