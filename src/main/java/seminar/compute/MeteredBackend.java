package seminar.compute;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/**
 * A backend whose every operation is timed: wall time, floating-point operations and the bytes that
 * must move at least go to an account of a {@link Meter}.
 *
 * <p>Accounts are named after the operation and, where it matters, its width: {@code linear 512 →
 * 64}, {@code gather 64}. Operations and bytes follow from the shapes; see {@link Work} for what
 * counts. Results are those of the backend behind.
 */
public final class MeteredBackend {
  private MeteredBackend() {}

  /** This backend, with its work written down; one thread at a time may use it, as the meter. */
  public static Backend of(Backend backend, Meter meter) {
    return new Backend(
        metered(Backend.Dense.class, backend.dense(), meter),
        metered(Backend.Rowwise.class, backend.rowwise(), meter),
        metered(Backend.Contrasts.class, backend.contrasts(), meter),
        metered(Backend.Lookup.class, backend.lookup(), meter),
        metered(Backend.Fusing.class, backend.fusion(), meter),
        metered(Backend.Attention.class, backend.attention(), meter));
  }

  private static <T> T metered(Class<T> part, T operations, Meter meter) {
    InvocationHandler timed =
        (proxy, operation, arguments) -> {
          long start = System.nanoTime();
          Object result;
          try {
            result = operation.invoke(operations, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          double seconds = (System.nanoTime() - start) / 1e9;
          Call call = new Call(operation.getName(), arguments, matrices(arguments), result);
          Work work = call.work();
          meter.add(call.account(), seconds, work.flops(), work.bytes());
          return result;
        };
    return part.cast(Proxy.newProxyInstance(part.getClassLoader(), new Class<?>[] {part}, timed));
  }

  private static Matrix[] matrices(Object[] arguments) {
    return Stream.of(arguments).filter(Matrix.class::isInstance).toArray(Matrix[]::new);
  }

  /**
   * One call of an operation.
   *
   * @param name of the operation
   * @param all its arguments
   * @param m those that are matrices
   * @param result what it returned
   */
  private record Call(String name, Object[] all, Matrix[] m, Object result) {
    String account() {
      return switch (name) {
        case "linear",
            "product",
            "linearAdd",
            "linearBackwardInput",
            "perHead",
            "perHeadBackward" ->
            name + " " + m[1].rows() + " → " + m[1].cols();
        case "linearBackwardWeight" -> name + " " + m[2].rows() + " → " + m[2].cols();
        case "gather", "bag" -> name + " " + m[1].cols();
        case "linearBackwardBias",
            "scatterAdd",
            "bagBackward",
            "unitRows",
            "unitRowsBackward",
            "layerNorm",
            "layerNormBackward" ->
            name + " " + m[0].cols();
        default -> name;
      };
    }

    Work work() {
      return switch (name) {
        case "linear", "product" -> Work.product(m[0], m[1], floats(0));
        case "linearAdd", "linearBackwardInput" -> Work.product(m[0], m[1], floats(1));
        case "linearBackwardWeight" -> Work.product(m[0], m[2], floats(1));
        case "linearBackwardBias" -> Work.each(m[0].length(), 1, 1);
        case "perHead" -> Work.perHead(m[0], m[1], 1, floats(0));
        case "perHeadBackward" -> Work.perHead(m[0], m[1], 2, floats(2));
        case "relu", "scale" -> Work.each(m[0].length(), 1, 2);
        case "reluBackward", "add" -> Work.each(m[0].length(), 1, 3);
        case "unitRows" -> Work.each(m[0].length(), 3, 2);
        case "unitRowsBackward" -> Work.each(m[0].length(), 8, 4);
        case "rowDots" -> Work.each(m[0].length(), 2, 2);
        case "rowDotsBackward" -> Work.each(m[0].length(), 4, 6);
        case "binaryCrossEntropy" -> Work.each(m[0].length(), 15, 4);
        case "layerNorm" -> Work.each(m[0].length(), 7, 2);
        case "layerNormBackward" -> Work.each(m[0].length(), 15, 4);
        case "dropout" -> Work.each(((Dropout) all[0]).rate() > 0 ? m[0].length() : 0, 1, 2);
        case "binaryContrast" -> Work.each(m[0].length() + m[1].length(), 15, 2);
        case "softmaxContrast" -> Work.each(m[0].length() + m[1].length(), 6, 2);
        case "gather" -> Work.rows((int[]) all[1], m[0], 1, m[1].length(), 0);
        case "scatterAdd" -> Work.rows((int[]) all[1], m[1], 2, m[0].length(), m[0].length());
        case "bag" -> Work.bag((Ragged) all[1], m[0], 1, m[1].length());
        case "bagBackward" -> Work.bag((Ragged) all[1], m[1], 2, m[0].length());
        case "adam" -> Work.each(m[1].length(), 13, 7);
        case "fuse" -> Work.fuse((Matrix[]) all[0], m[1], 2, 1);
        case "fuseBackward" -> Work.fuse((Matrix[]) all[0], m[1], 4, 3);
        case "pairs" -> Work.pairs(m[2], m[0], m[1], 1, 3);
        case "pairsBackward" -> Work.pairs(m[0], m[1], m[2], 2, 4);
        case "attend" -> Work.attend((AttentionInput) all[0], (Attended) result);
        case "attendBackward" -> Work.attendBackward((AttentionInput) all[0], (Attended) all[1]);
        case "attendAll" -> Work.attendAll((AllEvents) all[0]);
        case "attendAllBackward" -> Work.attendAllBackward((AllEvents) all[0]);
        case "attendSelf" -> Work.attendSelf((SelfAttention) all[0]);
        case "attendSelfBackward" -> Work.attendSelfBackward((SelfAttention) all[0]);
        default -> throw new IllegalStateException("nobody says what " + name + " has to do");
      };
    }

    /** The numbers of all matrices; those of the last ones, which are added to, move twice. */
    private double floats(int addedTo) {
      double sum = 0;
      for (int i = 0; i < m.length; i++) {
        sum += (i < m.length - addedTo ? 1.0 : 2.0) * m[i].length();
      }
      return sum;
    }
  }
}
