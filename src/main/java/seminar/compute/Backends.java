package seminar.compute;

import java.util.Arrays;

/**
 * The backends that there are.
 *
 * <pre>{@code
 * var model = Seminar.world().on(Backends.nd4j()).train();
 * }</pre>
 */
public final class Backends {
  private Backends() {}

  /** OpenBLAS and the Vector API: the usual one, same bits for any number of threads. */
  public static BackendKind cpu() {
    return BackendKind.CPU;
  }

  /** ND4J operations alone, on a GPU where ND4J has one. */
  public static BackendKind nd4j() {
    return BackendKind.ND4J;
  }

  /**
   * The backend of this name, {@code cpu} or {@code nd4j}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public static BackendKind byName(String name) {
    return Arrays.stream(BackendKind.values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no backend '%s': there is %s"
                        .formatted(
                            name,
                            String.join(
                                ", ",
                                Arrays.stream(BackendKind.values())
                                    .map(BackendKind::toString)
                                    .toList()))));
  }
}
