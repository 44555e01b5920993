package seminar.feature;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import seminar.file.NpyHeader;
import seminar.file.NpyWriter;
import seminar.file.Precision;

/**
 * A matrix in a NumPy file ({@code .npy}, version 1 or 2, {@code <f4}, {@code <f2} or {@code <f8},
 * row by row), mapped into memory: it may be larger than the heap and than 2 GB.
 */
public final class NpyStore implements FeatureStore {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** How many numbers are written at once. */
  private static final int BLOCK = 1 << 16;

  private final NpyHeader header;
  private final MemorySegment file;

  private NpyStore(NpyHeader header, MemorySegment file) {
    this.header = header;
    this.file = file;
  }

  /**
   * Maps a file after comparing its header with its length.
   *
   * @throws IOException if the file is missing, is no such matrix, or is truncated
   */
  public static NpyStore open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is missing: give the folder that holds the feature matrices");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(path, channel);
      MemorySegment file =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return new NpyStore(header, file);
    }
  }

  /** Writes a store as {@code <f4}; the file is replaced only once all is written. */
  public static void write(Path path, FeatureStore store) throws IOException {
    write(path, store, Precision.SINGLE);
  }

  /**
   * Writes a store; the file is replaced only once all is written.
   *
   * @throws IllegalArgumentException if a number lies beyond the range of the precision; the
   *     message names the row
   */
  public static void write(Path path, FeatureStore store, Precision precision) throws IOException {
    try (NpyWriter writer = NpyWriter.create(path, store.dims(), precision)) {
      int block = Math.max(1, Math.min(store.rows(), BLOCK / store.dims()));
      float[] rows = new float[Math.multiplyExact(block, store.dims())];
      for (int from = 0; from < store.rows(); from += block) {
        int count = Math.min(block, store.rows() - from);
        for (int r = 0; r < count; r++) {
          store.copyRow(from + r, rows, r * store.dims());
        }
        writer.append(rows, count);
      }
      writer.finish();
    }
  }

  @Override
  public int rows() {
    return header.rows();
  }

  @Override
  public int dims() {
    return header.dims();
  }

  /** How the file stores each number. */
  public Precision precision() {
    return header.precision();
  }

  @Override
  public void copyRow(int row, float[] into, int at) {
    Objects.checkIndex(row, rows());
    long from = header.start() + (long) row * dims() * header.precision().bytes();
    Objects.checkFromIndexSize(at, dims(), into.length);
    switch (header.precision()) {
      case SINGLE -> MemorySegment.copy(file, FLOAT, from, into, at, dims());
      case HALF -> {
        for (int i = 0; i < dims(); i++) {
          into[at + i] = Float.float16ToFloat(file.get(HALF, from + 2L * i));
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < dims(); i++) {
          into[at + i] = (float) file.get(DOUBLE, from + 8L * i);
        }
      }
    }
  }
}
