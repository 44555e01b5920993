package seminar.retrieve;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps one object between uses, so that searches one after the other allocate nothing; searches at
 * the same time make their own.
 */
final class Spare<T> {
  private final AtomicReference<T> kept = new AtomicReference<>();

  /** The kept object or a new one; it is the caller's until given back. */
  T take(Supplier<T> maker) {
    T found = kept.getAndSet(null);
    return found == null ? maker.get() : found;
  }

  void giveBack(T used) {
    kept.set(used);
  }
}
