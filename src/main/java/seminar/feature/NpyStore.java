package seminar.feature;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import seminar.data.AtomicFiles;

/**
 * A matrix in a NumPy file ({@code .npy}, version 1 or 2, {@code <f4} or {@code <f2}, row by row),
 * mapped into memory: it may be larger than the heap and than 2 GB.
 */
public final class NpyStore implements FeatureStore {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
    AtomicFiles.write(
        path,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            out.write(NpyHeader.encode(store.rows(), store.dims()));
            float[] row = new float[store.dims()];
            ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(row.length, Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int r = 0; r < store.rows(); r++) {
              store.copyRow(r, row, 0);
              bytes.asFloatBuffer().put(row);
              out.write(bytes.array());
            }
          }
        });
  }

  @Override
  public int rows() {
    return header.rows();
  }

  @Override
  public int dims() {
    return header.dims();
  }

  @Override
  public void copyRow(int row, float[] into, int at) {
    Objects.checkIndex(row, rows());
    long from = header.start() + (long) row * dims() * header.width();
    if (header.width() == Float.BYTES) {
      MemorySegment.copy(file, FLOAT, from, into, at, dims());
      return;
    }
    Objects.checkFromIndexSize(at, dims(), into.length);
    for (int i = 0; i < dims(); i++) {
      into[at + i] = Float.float16ToFloat(file.get(HALF, from + 2L * i));
    }
  }
}
