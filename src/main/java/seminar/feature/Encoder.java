package seminar.feature;

import java.util.List;
import java.util.Optional;

/**
 * Turns things, such as texts or pictures, into vectors.
 *
 * <p>The vector of a thing does not depend on the number of threads, on what was encoded before, or
 * on the load of the machine. An encoder is immutable and safe for any number of threads.
 *
 * @param <T> what is encoded
 */
public interface Encoder<T> extends AutoCloseable {
  /** How many numbers a vector has. */
  int dims();

  /** Names everything that vectors depend on: two encoders that give other vectors differ in it. */
  String fingerprint();

  /**
   * How many things it likes to be given at once; fixed, so that batches are the same each time.
   */
  int batchSize();

  /**
   * The vectors of some things, in their order. A thing about which the encoder knows nothing, such
   * as a text without a known word, has the zero vector: callers treat it as absent.
   *
   * @throws IllegalArgumentException if one cannot be encoded, for the reason that {@link
   *     #objection} gives
   */
  List<float[]> encodeBatch(List<T> things);

  /** The vector of one thing. */
  default float[] encode(T thing) {
    return encodeBatch(List.of(thing)).getFirst();
  }

  /** Why this thing cannot be encoded, or nothing if it can. */
  default Optional<String> objection(T thing) {
    return Optional.empty();
  }

  /** Gives back native memory; encoders in plain Java have none. */
  @Override
  default void close() {}
}
