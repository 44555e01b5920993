package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one dense product, on the OpenBLAS that ND4J ships.
 *
 * <p>OpenBLAS itself is kept to one thread: how it would split a product depends on the number of
 * threads, and with it the last bits of the result. Seminar splits the work into fixed blocks
 * instead.
 */
final class Blas {
  static {
    Nd4j.getBackend(); // loads the natives in ND4J's order
    openblas_nolapack.blas_set_num_threads(1);
  }

  private Blas() {}

  /**
   * A dense operand: {@code rows} of {@code stride} floats each, from the start of a segment,
   * perhaps read transposed.
   */
  record Operand(MemorySegment memory, int stride, boolean transposed) {
    static Operand of(Matrix matrix) {
      return new Operand(matrix.segment(), matrix.cols(), false);
    }

    Operand transpose() {
      return new Operand(memory, stride, !transposed);
    }

    /** The operand that starts {@code floats} later in memory. */
    Operand at(long floats) {
      return new Operand(memory.asSlice(floats * Float.BYTES), stride, transposed);
    }
  }

  /** {@code c = alpha · a b + beta · c} with a [m, k], b [k, n], c [m, n]. */
  static void multiply(
      int m, int n, int k, float alpha, Operand a, Operand b, float beta, Operand c) {
    if (m == 0 || n == 0) {
      return;
    }
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        flag(a),
        flag(b),
        m,
        n,
        k,
        alpha,
        new Address(a.memory),
        a.stride,
        new Address(b.memory),
        b.stride,
        beta,
        new Address(c.memory),
        c.stride);
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(c);
  }

  private static int flag(Operand operand) {
    return operand.transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
  }

  /** The address of a segment as JavaCPP wants it. */
  private static final class Address extends FloatPointer {
    Address(MemorySegment memory) {
      super((Pointer) null);
      address = memory.address();
    }
  }
}
