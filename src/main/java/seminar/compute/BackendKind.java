package seminar.compute;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import seminar.file.Provenance;
import seminar.math.Workers;

/** What computes: a backend by its name. Results of two backends differ in their last bits. */
public enum BackendKind implements Provenance.Computer {
  /** OpenBLAS for dense products and the Vector API for everything irregular, on the CPU. */
  CPU {
    @Override
    public Backend on(Workers workers) {
      if (!Matrix.onHost()) {
        throw new IllegalStateException(
            "ND4J keeps its memory on a GPU here, out of reach of the backend cpu: use nd4j");
      }
      CpuLookup lookup = new CpuLookup(workers);
      return new Backend(
          new CpuDense(workers, lookup),
          new CpuRowwise(lookup),
          new CpuContrast(lookup),
          lookup,
          new CpuFusion(lookup),
          new CpuAttention(workers));
    }

    @Override
    public String device() {
      return "CPU, by OpenBLAS and the Vector API";
    }
  },

  /**
   * ND4J operations alone: the portable reference, and what runs where ND4J's memory is on a GPU.
   *
   * <p>Only the choice of events is made on the host. Where the CPU's backend adds in a fixed
   * order, this one leaves the order to ND4J.
   */
  ND4J {
    @Override
    public Backend on(Workers workers) {
      return new Backend(
          new Nd4jDense(),
          new Nd4jRowwise(),
          new Nd4jContrast(),
          new Nd4jLookup(),
          new Nd4jFusion(),
          new Nd4jAttention());
    }

    @Override
    public String device() {
      Properties found = Nd4j.getExecutioner().getEnvironmentInformation();
      return Matrix.onHost() ? "CPU, by ND4J" : "CUDA device %s, by ND4J".formatted(gpus(found));
    }
  };

  /**
   * Makes the backend.
   *
   * @param workers threads of what is not left to ND4J; they change no bit
   * @throws IllegalStateException if ND4J's memory is where this backend cannot reach it
   */
  public abstract Backend on(Workers workers);

  /** The names of the GPUs that ND4J found. */
  private static String gpus(Properties found) {
    return found.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> all
        ? String.join(", ", all.stream().map(BackendKind::gpu).toList())
        : "without a name";
  }

  private static String gpu(Object device) {
    return device instanceof Map<?, ?> words
        ? String.valueOf(words.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY))
        : String.valueOf(device);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
