package seminar.feature;

import java.util.Optional;
import java.util.function.IntFunction;

/** Texts by number. */
record Texts(int size, String fingerprint, IntFunction<String> text) implements Inputs<String> {
  @Override
  public Optional<String> get(int index) {
    return Optional.of(text.apply(index)).filter(found -> !found.isBlank());
  }
}
