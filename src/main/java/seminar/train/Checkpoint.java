package seminar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seminar.compute.Matrix;
import seminar.file.AtomicFiles;
import seminar.file.Json;
import seminar.file.SummedFile;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.CheckpointHeader.Shape;

/**
 * The file from which a training goes on, bit for bit, or from which a model takes its parameters.
 *
 * <pre>
 *   magic "SEMINAR\n"  8 bytes      format  1 number     length of the header  1 number
 *   header             JSON (CheckpointHeader)
 *   for each parameter values [rows, cols], mean and variance of Adam if it has them, values of the best epoch if there are
 *   SHA-256            32 bytes, of everything before
 * </pre>
 *
 * <p>Numbers are little-endian, 64 bits in the preamble, 32-bit floats after. Matrices pass through
 * a small buffer, so a checkpoint needs no memory of its own. The state of random numbers is not in
 * it: every stream is named by seed, epoch and batch, so the position is their state. A file is
 * written beside the old one and moved into place; a file that is read must have its checksum, and
 * every size in it must fit its length, before any memory is taken.
 */
public final class Checkpoint {
  private static final String MAGIC = "SEMINAR\n";
  private static final long FORMAT = 1;
  private static final int PREAMBLE = MAGIC.length() + 2 * Long.BYTES;
  private static final int MOST_HEADER = 1 << 26;
  private static final ObjectReader HEADER =
      Json.reader()
          .forType(CheckpointHeader.class)
          .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private Checkpoint() {}

  /**
   * The parameters in a checkpoint.
   *
   * @param header what the file says of itself
   * @param values by name, row-major: those that the training would leave in the model if it ended
   *     there
   */
  public record Weights(CheckpointHeader header, Map<String, float[]> values) {}

  /**
   * Reads parameters alone, whatever run they are of; {@code Parameters.restore} puts them into a
   * model with the same shapes.
   *
   * @throws IOException if the file cannot be read, is no checkpoint, is of another format,
   *     truncated or damaged
   */
  public static Weights weights(Path file) throws IOException {
    try (SummedFile in = SummedFile.reading(file)) {
      CheckpointHeader header = header(file, in);
      Map<String, float[]> values = new LinkedHashMap<>();
      for (Shape shape : header.parameters()) {
        long bytes = shape.floats() * Float.BYTES;
        int before = header.best() ? shape.copies(true) - 1 : 0;
        float[] read = new float[Math.toIntExact(shape.floats())];
        in.skip(before * bytes);
        in.read(read);
        in.skip((shape.copies(header.best()) - before - 1) * bytes);
        values.put(shape.name(), read);
      }
      return new Weights(header, values);
    }
  }

  /**
   * Writes a model to be used, without what the optimiser remembers: a training that is over can be
   * taken up from the file, one that is not is refused.
   *
   * @param parameters those that are to be kept
   * @throws IOException if the file cannot be written; an old one is then untouched
   */
  public static void write(Path file, TrainingRecord training, Parameters parameters)
      throws IOException {
    write(
        file,
        CheckpointHeader.of(training, parameters),
        out -> {
          for (Parameter parameter : parameters.all()) {
            put(out, parameter.value());
          }
        });
  }

  static void write(Path file, RunIdentity run, TrainState state) throws IOException {
    write(
        file,
        CheckpointHeader.of(run, state),
        out -> {
          for (Parameter parameter : state.parameters().all()) {
            write(out, parameter, state);
          }
        });
  }

  /** Writes all numbers after the header. */
  @FunctionalInterface
  private interface Numbers {
    void write(SummedFile out) throws IOException;
  }

  private static void write(Path file, CheckpointHeader header, Numbers numbers)
      throws IOException {
    AtomicFiles.write(
        file,
        temporary -> {
          try (SummedFile out = SummedFile.writing(temporary)) {
            byte[] json = Json.bytes(header);
            out.put(MAGIC.getBytes(StandardCharsets.US_ASCII));
            out.put(FORMAT);
            out.put(json.length);
            out.put(json);
            numbers.write(out);
            out.end();
          }
        });
  }

  private static void write(SummedFile out, Parameter parameter, TrainState state)
      throws IOException {
    put(out, parameter.value());
    Optional<Adam.Moments> moments = state.adam().moments(parameter);
    if (moments.isPresent()) {
      put(out, moments.get().mean());
      put(out, moments.get().variance());
    }
    if (!state.best().isEmpty()) {
      out.put(state.best().get(parameter.name()));
    }
  }

  /**
   * Continues from a file: sets parameters, moments and position.
   *
   * @throws IOException if {@link #weights} would throw it, or the file is of another run or model;
   *     the state is then as before
   */
  static void resume(Path file, RunIdentity run, TrainState state, int batches) throws IOException {
    try (SummedFile in = SummedFile.reading(file)) {
      CheckpointHeader header = header(file, in);
      Optional<String> difference =
          run.difference(header.run()).or(() -> header.difference(state.parameters()));
      if (difference.isPresent()) {
        throw new IOException(
            "%s is a checkpoint of another training: %s. Name another file, or delete this one to train anew"
                .formatted(file, difference.get()));
      }
      if (header.steps() > 0 && !header.optimiser() && !state.over(header.epochs())) {
        throw new IOException(
            "%s holds a model to be used: the optimiser's part, from which training would go on, is"
                    .formatted(file)
                + " not in it. Name another file to train anew");
      }
      if (header.batch() > batches) {
        throw new IOException(
            damaged(file, "it is at batch %d of %d".formatted(header.batch(), batches)));
      }
      Map<String, float[]> best = new LinkedHashMap<>();
      for (Shape shape : header.parameters()) {
        read(in, shape, state);
        if (header.best()) {
          float[] values = new float[Math.toIntExact(shape.floats())];
          in.read(values);
          best.put(shape.name(), values);
        }
      }
      state.adam().resume(header.steps());
      state.best(best);
      state.set(header.epochs(), header.batch(), header.lossSum(), header.termSums());
    }
  }

  private static void read(SummedFile in, Shape shape, TrainState state) throws IOException {
    Parameter parameter = state.parameters().get(shape.name());
    parameter.freeze(shape.frozen());
    fill(in, parameter.value());
    if (shape.moments()) {
      Adam.Moments moments = state.adam().makeMoments(parameter);
      fill(in, moments.mean());
      fill(in, moments.variance());
    }
  }

  private static void put(SummedFile out, Matrix matrix) throws IOException {
    Pieces.forEach(matrix, rows -> out.put(rows.toArray()));
  }

  private static void fill(SummedFile in, Matrix matrix) throws IOException {
    Pieces.forEach(
        matrix,
        rows -> {
          float[] values = new float[rows.length()];
          in.read(values);
          rows.set(values);
        });
  }

  /** Reads up to the first parameter, once the file is known to be whole. */
  private static CheckpointHeader header(Path file, SummedFile in) throws IOException {
    if (in.bytes() < PREAMBLE + SummedFile.SUM_BYTES) {
      throw new IOException(damaged(file, "it has only %d bytes".formatted(in.bytes())));
    }
    String magic = in.text(MAGIC.length());
    if (!magic.equals(MAGIC)) {
      throw new IOException(
          "%s is no checkpoint: it does not begin with %s".formatted(file, MAGIC.strip()));
    }
    long format = in.number();
    if (format != FORMAT) {
      throw new IOException(
          "%s has format %d, this version reads %d: read it with the version that wrote it"
              .formatted(file, format, FORMAT));
    }
    if (!in.whole()) {
      throw new IOException(damaged(file, "its checksum is not that of its contents"));
    }
    in.skip(MAGIC.length() + Long.BYTES);
    long length = in.number();
    long room = in.bytes() - PREAMBLE - SummedFile.SUM_BYTES;
    if (length < 0 || length > Math.min(room, MOST_HEADER)) {
      throw new IOException(
          damaged(file, "its header is %d bytes long, the file has %d".formatted(length, room)));
    }
    CheckpointHeader header = parse(file, in.text((int) length));
    checkLength(file, header, room - length);
    return header;
  }

  private static CheckpointHeader parse(Path file, String json) throws IOException {
    try {
      CheckpointHeader header = HEADER.readValue(json);
      if (header == null) {
        throw new IOException(damaged(file, "its header is empty"));
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new IOException(damaged(file, "its header is none: " + Json.why(e)), e);
    }
  }

  /** The parameters must fill the rest of the file. */
  private static void checkLength(Path file, CheckpointHeader header, long bytes)
      throws IOException {
    long left = bytes;
    for (Shape shape : header.parameters()) {
      if (shape.floats() <= Integer.MAX_VALUE && left >= 0) {
        left -= shape.floats() * Float.BYTES * shape.copies(header.best());
      } else {
        left = -1;
      }
    }
    if (left != 0) {
      throw new IOException(
          damaged(file, "its parameters do not fit the %d bytes they have".formatted(bytes)));
    }
  }

  private static String damaged(Path file, String reason) {
    return "%s is truncated or damaged: %s. Delete it to train anew, or take a copy"
        .formatted(file, reason);
  }
}
