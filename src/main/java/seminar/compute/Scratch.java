package seminar.compute;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Matrices that are used again from step to step, by name. Taking memory from the system for each
 * batch costs more than most operations on it.
 *
 * <p>A name stands for one piece of memory: a second {@link #matrix} of the same name gives the
 * same memory, so its former contents are lost.
 *
 * <p>Thread safety: one scratch belongs to one thread at a time.
 */
public final class Scratch {
  private static final Set<Scratch> LIVING =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Map<String, Matrix> memory = new HashMap<>();

  /** Holds no memory yet. */
  public Scratch() {
    LIVING.add(this);
  }

  /** How many bytes this scratch holds. */
  public long bytes() {
    return memory.values().stream().mapToLong(held -> (long) held.length() * Float.BYTES).sum();
  }

  /** All scratches of the program that are still in use, in no order. */
  public static Set<Scratch> living() {
    synchronized (LIVING) {
      return new HashSet<>(LIVING);
    }
  }

  /** A matrix with arbitrary contents. */
  public Matrix matrix(String name, int rows, int cols) {
    int length = Math.multiplyExact(rows, cols);
    Matrix held = memory.get(name);
    if (held == null || held.length() < length) {
      int capacity = held == null ? length : Math.max(length, held.length() + held.length() / 4);
      held = Matrix.zeros(1, capacity);
      memory.put(name, held);
    }
    return held.shrink(rows, cols);
  }

  /** A matrix of zeros. */
  public Matrix zeros(String name, int rows, int cols) {
    Matrix matrix = matrix(name, rows, cols);
    matrix.clear();
    return matrix;
  }
}
