package seminar.feature.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seminar.file.Sha256;
import seminar.math.Workers;

/**
 * A model file, opened, with the output that holds the vectors, the numbers of each row together.
 */
final class OnnxModel implements AutoCloseable {
  /** How many inputs a session takes at a time where the model leaves it open. */
  private static final int AT_A_TIME = 8;

  private final Path file;
  private final String fingerprint;
  private final OrtSession session;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;
  private final String output;

  /** Which output holds the vectors. */
  enum Vectors {
    /** One vector for each input. */
    OF_INPUTS(2, "[inputs, dims]"),
    /** One for each token of each input. */
    OF_TOKENS(3, "[inputs, tokens, dims]");

    private final int dimensions;
    private final String shape;

    Vectors(int dimensions, String shape) {
      this.dimensions = dimensions;
      this.shape = shape;
    }

    private boolean are(TensorInfo tensor) {
      return tensor.type == OnnxJavaType.FLOAT && tensor.getShape().length == dimensions;
    }
  }

  private OnnxModel(Path file, OrtSession session, Vectors vectors, String preferred)
      throws OrtException, IOException {
    this.file = file;
    this.session = session;
    inputs = tensors(session.getInputInfo());
    outputs = tensors(session.getOutputInfo());
    output = output(vectors, preferred);
    fingerprint = fingerprint(file);
  }

  /**
   * Opens a model.
   *
   * @param file may lie in an archive
   * @param preferred the output that holds the vectors; without one of that name, the only output
   *     of their shape
   * @throws IOException if the file is no such model
   */
  static OnnxModel open(Path file, Vectors vectors, String preferred) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing: give the .onnx file of a model");
    }
    OrtEnvironment environment = environment();
    OrtSession session = null;
    try (OrtSession.SessionOptions options = options()) {
      session =
          file.getFileSystem() == FileSystems.getDefault()
              ? environment.createSession(file.toString(), options)
              : environment.createSession(Files.readAllBytes(file), options);
      return new OnnxModel(file, session, vectors, preferred);
    } catch (OrtException e) {
      throw new IOException("%s is no model: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      close(session);
      throw e;
    }
  }

  /** There is one for the whole program. */
  private static OrtEnvironment environment() throws IOException {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    } catch (LinkageError | IllegalStateException e) {
      throw new IOException("ONNX Runtime does not run on this machine: " + e.getMessage(), e);
    }
  }

  /** One thread for each session: how a sum is cut must not depend on the machine. */
  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setDeterministicCompute(true);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    return options;
  }

  private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  /** Large models keep weights in files whose names begin with that of the model. */
  private static String fingerprint(Path file) throws IOException {
    StringBuilder all =
        new StringBuilder("onnxruntime ").append(OrtEnvironment.getEnvironment().getVersion());
    Path folder = file.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path part : files.sorted().toList()) {
        String name = part.getFileName().toString();
        if (name.startsWith(file.getFileName().toString()) && Files.isRegularFile(part)) {
          all.append(' ').append(Sha256.of(part));
        }
      }
    }
    return all.toString();
  }

  private String output(Vectors vectors, String preferred) throws IOException {
    List<String> able =
        outputs.keySet().stream().filter(name -> vectors.are(outputs.get(name))).toList();
    if (able.contains(preferred)) {
      return preferred;
    }
    if (able.size() != 1) {
      throw unfit(
          "an output %s, or one output alone, of FLOAT %s".formatted(preferred, vectors.shape));
    }
    return able.getFirst();
  }

  /** The model has other inputs or outputs than an encoder needs. */
  IOException unfit(String expected) {
    return new IOException(
        "%s does not fit: expected %s; its inputs are %s, its outputs %s"
            .formatted(file, expected, describe(inputs), describe(outputs)));
  }

  private static String describe(Map<String, TensorInfo> tensors) {
    return tensors.entrySet().stream()
        .map(
            entry ->
                "%s %s %s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().type,
                        Arrays.toString(entry.getValue().getShape())))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The inputs by name; −1 in a shape is a size that the model leaves open. */
  Map<String, TensorInfo> inputs() {
    return inputs;
  }

  /** The only input that fits, where no input but it and {@code others} is allowed. */
  String input(Predicate<String> fits, Set<String> others, String expected) throws IOException {
    List<String> able = inputs.keySet().stream().filter(fits).toList();
    long known =
        inputs.keySet().stream().filter(n -> able.contains(n) || others.contains(n)).count();
    if (able.size() != 1 || known < session.getNumInputs()) {
      throw unfit(expected);
    }
    return able.getFirst();
  }

  String fingerprint() {
    return fingerprint;
  }

  /** How many numbers a vector has, or −1 if only running the model tells. */
  int dims() {
    long[] shape = outputs.get(output).getShape();
    return (int) shape[shape.length - 1];
  }

  /** Makes the tensors of the inputs {@code from .. to - 1}, filled up to {@code rows} rows. */
  @FunctionalInterface
  interface Feeder {
    Map<String, OnnxTensor> feed(OrtEnvironment environment, int from, int to, int rows)
        throws OrtException;
  }

  /**
   * Runs the model over {@code count} inputs, a few at a time, side by side.
   *
   * @param fixed how many inputs the model takes at a time, or −1
   * @return the numbers of each input in a row: dims, or tokens × dims
   */
  float[][] run(int count, long fixed, Feeder feeder) {
    float[][] vectors = new float[count][];
    int step = fixed > 0 ? Math.toIntExact(fixed) : AT_A_TIME;
    Workers.common()
        .forEach(
            (count + step - 1) / step,
            (shard, first, last) -> {
              for (int i = first; i < last; i++) {
                int to = Math.min(count, (i + 1) * step);
                int rows = fixed > 0 ? step : to - i * step;
                run(feeder, i * step, to, rows, vectors);
              }
            });
    return vectors;
  }

  private void run(Feeder feeder, int from, int to, int rows, float[][] vectors) {
    Map<String, OnnxTensor> tensors = Map.of();
    try {
      tensors = feeder.feed(OrtEnvironment.getEnvironment(), from, to, rows);
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        OnnxTensor tensor = (OnnxTensor) result.get(0);
        long[] shape = tensor.getInfo().getShape();
        if (shape[0] != rows) {
          throw new IllegalStateException(
              "%s gave %d vectors for %d inputs".formatted(file, shape[0], rows));
        }
        FloatBuffer numbers = tensor.getFloatBuffer();
        for (int i = from; i < to; i++) {
          vectors[i] = new float[numbers.capacity() / rows];
          numbers.get(vectors[i]);
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("%s failed: %s".formatted(file, e.getMessage()), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("a model could not be closed: " + e.getMessage(), e);
    }
  }
}
