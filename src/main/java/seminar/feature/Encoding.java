package seminar.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import seminar.file.NpyWriter;
import seminar.file.Precision;
import seminar.file.Progress;
import seminar.math.Workers;

/**
 * Encodes many inputs into a {@code .npy} file, in batches, so that an interrupted run can go on.
 *
 * <p>Rows go to {@code FILE.part} and {@code FILE.journal} says which batches are whole. A run that
 * finds both from the same encoder, the same inputs and the same precision goes on after the last
 * whole batch and gives the same bytes as a run that was never interrupted; when they differ, or
 * are damaged, it starts anew. At the end the part becomes the file; the journal stays, so that a
 * further run finds that nothing is left to do. Deleting it is always safe.
 *
 * <p>An input that is nothing, cannot be read, or has the zero vector gets a row of zeros and is
 * told apart in {@link Encoded#rows}: a missing modality is absent, never a zero that pretends.
 *
 * @param <T> what is encoded
 */
public final class Encoding<T> {
  private final Inputs<T> inputs;
  private final Encoder<T> encoder;
  private final Precision precision;
  private final Path file;

  private Encoding(Inputs<T> inputs, Encoder<T> encoder, Precision precision, Path file) {
    this.inputs = inputs;
    this.encoder = encoder;
    this.precision = precision;
    this.file = file.toAbsolutePath();
  }

  /**
   * Encodes all inputs, or what an earlier run has left of them.
   *
   * @param progress hears how many inputs are done
   * @throws IOException if the file cannot be written, or another run writes it
   * @throws IllegalArgumentException if a number lies beyond the range of the precision
   * @throws IllegalStateException if the encoder gives vectors of another length or numbers that
   *     are not finite
   */
  public static <T> Encoded run(
      Inputs<T> inputs, Encoder<T> encoder, Precision precision, Path file, Progress progress)
      throws IOException {
    return new Encoding<>(inputs, encoder, precision, file).run(progress);
  }

  private Encoded run(Progress progress) throws IOException {
    EncodingJournal before = journal();
    if (isComplete(before)) {
      return before.encoded(file);
    }
    try (NpyWriter writer = NpyWriter.reopen(file, encoder.dims(), precision)) {
      EncodingJournal journal = journal(); // read under the lock of the part
      if (journal.done() > 0 && writer.keep(journal.done(), journal.checksum())) {
        journal.resume();
      } else {
        writer.restart();
        journal.restart();
      }
      while (journal.done() < inputs.size()) {
        progress.at("encoding " + file.getFileName(), journal.done(), inputs.size());
        batch(journal, writer);
      }
      writer.finish();
      progress.at("encoding " + file.getFileName(), inputs.size(), inputs.size());
      return journal.encoded(file);
    }
  }

  private EncodingJournal journal() throws IOException {
    List<String> head =
        List.of(
            "seminar-encoding/1",
            "encoder " + encoder.fingerprint().replaceAll("\\p{Cntrl}", " "),
            "inputs " + inputs.fingerprint().replaceAll("\\p{Cntrl}", " "),
            "matrix %d %d %s %d"
                .formatted(inputs.size(), encoder.dims(), precision.type(), encoder.batchSize()));
    return new EncodingJournal(file, head, inputs.size());
  }

  /** Whether an earlier run came to its end and its file is still as it was then. */
  private boolean isComplete(EncodingJournal journal) throws IOException {
    if (journal.done() < inputs.size() || inputs.size() == 0 || !Files.isRegularFile(file)) {
      return false;
    }
    return NpyWriter.wrote(file, inputs.size(), encoder.dims(), precision, journal.checksum());
  }

  private void batch(EncodingJournal journal, NpyWriter writer) throws IOException {
    int from = journal.done();
    int count = Math.min(encoder.batchSize(), inputs.size() - from);
    List<Read<T>> read = read(from, count);
    List<T> things = read.stream().flatMap(one -> one.thing().stream()).toList();
    List<float[]> vectors = things.isEmpty() ? List.of() : encoder.encodeBatch(things);
    if (vectors.size() != things.size()) {
      throw new IllegalStateException(
          "the encoder gave %d vectors for %d inputs".formatted(vectors.size(), things.size()));
    }
    int dims = encoder.dims();
    float[] rows = new float[Math.multiplyExact(count, dims)];
    List<EncodingJournal.Lacking> lacking = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      Optional<EncodingJournal.Lacking> lack = read.get(i).lack();
      if (lack.isEmpty()) {
        float[] vector = checked(vectors.get(next++), from + i);
        System.arraycopy(vector, 0, rows, i * dims, dims);
        lack = isZero(vector) ? lack(from + i, EncodingJournal.Lack.ZERO, "") : lack;
      }
      lack.ifPresent(lacking::add);
    }
    writer.append(rows, count);
    journal.batch(lacking, from + count, writer.checksum());
  }

  /** An input, or why there is none. */
  private record Read<T>(Optional<T> thing, Optional<EncodingJournal.Lacking> lack) {}

  private static Optional<EncodingJournal.Lacking> lack(
      int input, EncodingJournal.Lack lack, String reason) {
    return Optional.of(new EncodingJournal.Lacking(input, lack, reason));
  }

  private List<Read<T>> read(int from, int count) {
    return each(IntStream.range(from, from + count).boxed().toList(), this::read);
  }

  /** What each thing gives, side by side on all processors. */
  static <A, B> List<B> each(List<A> things, Function<A, B> function) {
    List<B> results = new ArrayList<>(Collections.nCopies(things.size(), null));
    Workers.common()
        .forEach(
            things.size(),
            (shard, from, to) -> {
              for (int i = from; i < to; i++) {
                results.set(i, function.apply(things.get(i)));
              }
            });
    return results;
  }

  private Read<T> read(int input) {
    try {
      Optional<T> thing = inputs.get(input);
      if (thing.isEmpty()) {
        return new Read<>(thing, lack(input, EncodingJournal.Lack.MISSING, ""));
      }
      Optional<String> objection = encoder.objection(thing.get());
      return objection.isEmpty()
          ? new Read<>(thing, Optional.empty())
          : new Read<>(
              Optional.empty(),
              lack(
                  input,
                  EncodingJournal.Lack.UNREADABLE,
                  "input %d: %s".formatted(input, objection.get())));
    } catch (IOException e) {
      return new Read<>(
          Optional.empty(),
          lack(input, EncodingJournal.Lack.UNREADABLE, String.valueOf(e.getMessage())));
    }
  }

  private float[] checked(float[] vector, int input) {
    if (vector.length != encoder.dims()) {
      throw new IllegalStateException(
          "the encoder gave %d numbers for input %d: it says it gives %d"
              .formatted(vector.length, input, encoder.dims()));
    }
    for (float number : vector) {
      if (!Float.isFinite(number)) {
        throw new IllegalStateException(
            "the encoder gave %s for input %d: numbers must be finite".formatted(number, input));
      }
    }
    return vector;
  }

  /** Whether the file would hold nothing but zeros. */
  private boolean isZero(float[] vector) {
    for (float number : vector) {
      if (precision.kept(number) != 0) {
        return false;
      }
    }
    return true;
  }
}
