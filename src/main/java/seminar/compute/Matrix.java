package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import seminar.math.Checks;

/**
 * A row-major matrix of floats in ND4J's memory, seen as an ND4J array and as a memory segment
 * without a copy.
 *
 * <p>Shapes: {@code rows × cols}; element (r, c) is float {@code r * cols + c} of the segment.
 * Views made by {@link #rows} and {@link #reshape} share the memory. The memory lives as long as
 * any view of it.
 *
 * <p>Thread safety: none; callers that write from several threads write different rows.
 */
public final class Matrix {
  private static final boolean ON_HOST =
      !Nd4j.getBackend().getClass().getSimpleName().toLowerCase().contains("jcublas");

  private final INDArray storage; // null where the memory is not ND4J's
  private final MemorySegment memory;
  private final long offset;
  private final int rows;
  private final int cols;

  private Matrix(INDArray storage, MemorySegment memory, long offset, int rows, int cols) {
    this.storage = storage;
    this.memory = memory;
    this.offset = offset;
    this.rows = rows;
    this.cols = cols;
  }

  /**
   * A matrix of zeros.
   *
   * @throws IllegalArgumentException if a dimension is negative
   */
  public static Matrix zeros(int rows, int cols) {
    long length = (long) Checks.atLeast(0, "rows", rows) * Checks.atLeast(0, "cols", cols);
    // ND4J has no empty buffer, so an empty matrix owns one float that it does not show.
    INDArray storage = Nd4j.zeros(DataType.FLOAT, Math.max(1, length));
    MemorySegment memory = ON_HOST ? segmentOf(storage) : MemorySegment.NULL;
    return new Matrix(storage, memory, 0, rows, cols);
  }

  /**
   * A matrix with these values, row after row.
   *
   * @throws IllegalArgumentException if there are not {@code rows · cols} values
   */
  public static Matrix of(int rows, int cols, float... values) {
    Matrix matrix = zeros(rows, cols);
    matrix.set(values);
    return matrix;
  }

  /**
   * Floats that lie elsewhere, as a matrix: in a mapped file or in memory outside the heap, which
   * are not copied. It is to be read only, and by the backend {@code cpu}.
   *
   * @param memory at least {@code rows · cols} floats in native byte order
   * @throws IllegalArgumentException if there are fewer, or a dimension is negative
   * @throws IllegalStateException if ND4J keeps its memory on a GPU
   */
  public static Matrix over(MemorySegment memory, int rows, int cols) {
    requireHost();
    long length = (long) Checks.atLeast(0, "rows", rows) * Checks.atLeast(0, "cols", cols);
    if (memory.byteSize() < length * Float.BYTES) {
      throw new IllegalArgumentException(
          "memory of %d bytes holds no %d × %d floats".formatted(memory.byteSize(), rows, cols));
    }
    return new Matrix(null, memory, 0, rows, cols);
  }

  /** The segment keeps the array alive: its cleanup action, which does nothing, refers to it. */
  @SuppressWarnings("restricted")
  private static MemorySegment segmentOf(INDArray storage) {
    return MemorySegment.ofAddress(storage.data().address())
        .reinterpret(
            storage.length() * Float.BYTES,
            Arena.ofAuto(),
            segment -> Reference.reachabilityFence(storage));
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int cols() {
    return cols;
  }

  /** How many numbers there are: {@code rows · cols}. */
  public int length() {
    return Math.multiplyExact(rows, cols);
  }

  /**
   * The rows {@code [from, to)} as a view.
   *
   * @throws IndexOutOfBoundsException if the range leaves the matrix
   */
  public Matrix rows(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, rows);
    return new Matrix(storage, memory, offset + (long) from * cols, to - from, cols);
  }

  /**
   * The same numbers in another shape, as a view.
   *
   * @throws IllegalArgumentException if the number of elements would change
   */
  public Matrix reshape(int newRows, int newCols) {
    Checks.sameLength("new shape", newRows * newCols, "matrix", length());
    return new Matrix(storage, memory, offset, newRows, newCols);
  }

  /** The first {@code newRows · newCols} numbers of the memory behind this matrix, as a view. */
  Matrix shrink(int newRows, int newCols) {
    return new Matrix(storage, memory, offset, newRows, newCols);
  }

  /**
   * An ND4J view of shape [rows, cols], a copy where the memory is not ND4J's; empty matrices have
   * none.
   */
  public INDArray array() {
    if (storage == null) {
      return Nd4j.createFromArray(toArray()).reshape(rows, cols);
    }
    return Nd4j.create(
        storage.data(), new long[] {rows, cols}, new long[] {cols, 1}, offset, 'c', DataType.FLOAT);
  }

  /**
   * The memory, {@code rows · cols} floats in native byte order.
   *
   * @throws IllegalStateException if ND4J keeps its memory on a GPU
   */
  public MemorySegment segment() {
    requireHost();
    return memory.asSlice(offset * Float.BYTES, (long) rows * cols * Float.BYTES);
  }

  private static void requireHost() {
    if (!ON_HOST) {
      throw new IllegalStateException(
          "ND4J keeps its memory on a GPU here: use the backend nd4j instead of cpu");
    }
  }

  /** The number in row {@code row} and column {@code col}. */
  public float get(int row, int col) {
    long index = (long) row * cols + java.util.Objects.checkIndex(col, cols);
    return ON_HOST
        ? segment().getAtIndex(ValueLayout.JAVA_FLOAT, index)
        : array().getFloat(row, col);
  }

  /** Whether ND4J keeps its memory where the CPU reads it, and not on a GPU. */
  static boolean onHost() {
    return ON_HOST;
  }

  /** A copy of all numbers, row after row. */
  public float[] toArray() {
    if (length() == 0) {
      return new float[0];
    }
    return ON_HOST ? segment().toArray(ValueLayout.JAVA_FLOAT) : array().ravel().toFloatVector();
  }

  /**
   * Copies all numbers, row after row, to {@code values[at, at + rows · cols)}.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void copyTo(float[] values, int at) {
    java.util.Objects.checkFromIndexSize(at, length(), values.length);
    if (ON_HOST) {
      MemorySegment.copy(segment(), ValueLayout.JAVA_FLOAT, 0, values, at, length());
    } else {
      System.arraycopy(toArray(), 0, values, at, length());
    }
  }

  /**
   * Sets all numbers, row after row, to {@code values[at, at + rows · cols)}.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public void copyFrom(float[] values, int at) {
    int length = length();
    java.util.Objects.checkFromIndexSize(at, length, values.length);
    if (ON_HOST) {
      MemorySegment.copy(values, at, segment(), ValueLayout.JAVA_FLOAT, 0, length);
    } else if (length > 0) {
      float[] part = Arrays.copyOfRange(values, at, at + length);
      array().assign(Nd4j.createFromArray(part).reshape(rows, cols));
    }
  }

  /**
   * Sets all numbers, row after row.
   *
   * @throws IllegalArgumentException if there are not {@code rows · cols} values
   */
  public void set(float[] values) {
    Checks.sameLength("values", values.length, "matrix", length());
    copyFrom(values, 0);
  }

  /** Sets every number to zero. */
  public void clear() {
    if (ON_HOST) {
      segment().fill((byte) 0);
    } else if (length() > 0) {
      array().assign(0f);
    }
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + " × " + cols + "]";
  }
}
