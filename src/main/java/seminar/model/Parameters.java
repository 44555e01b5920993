package seminar.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import seminar.compute.Matrix;
import seminar.math.Rng;

/**
 * The parameters of one model, by name, in the order in which they were made.
 *
 * <p>Each is filled from its own random stream ({@code "init/" + name}), so adding a parameter does
 * not change the others.
 */
public final class Parameters {
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final long seed;

  /** No parameters yet; values will be drawn from streams of this seed. */
  public Parameters(long seed) {
    this.seed = seed;
  }

  /** A dense parameter, normal with standard deviation {@code scale}. */
  public Parameter dense(String name, int rows, int cols, double scale) {
    return add(Parameter.dense(name, gaussian(name, rows, cols, scale)));
  }

  /** An embedding table, normal with standard deviation {@code scale}. */
  public Parameter table(String name, int rows, int cols, double scale) {
    return add(Parameter.table(name, gaussian(name, rows, cols, scale)));
  }

  /**
   * Square maps under each other, [copies·d, d]: {@code factor} times the identity plus noise of
   * standard deviation {@code scale}.
   */
  public Parameter identities(String name, int copies, int d, double factor, double scale) {
    Parameter parameter = dense(name, copies * d, d, scale);
    float[] values = parameter.value().toArray();
    for (int row = 0; row < copies * d; row++) {
      values[row * d + row % d] += (float) factor;
    }
    parameter.set(values);
    return parameter;
  }

  /** Square maps beside each other, [d, copies·d], filled as {@link #identities}. */
  public Parameter sideBySide(String name, int copies, int d, double factor, double scale) {
    Parameter parameter = dense(name, d, copies * d, scale);
    float[] values = parameter.value().toArray();
    for (int i = 0; i < copies * d; i++) {
      values[(i % d) * copies * d + i] += (float) factor;
    }
    parameter.set(values);
    return parameter;
  }

  /** A dense parameter, uniform in {@code ±bound}. */
  public Parameter uniform(String name, int rows, int cols, double bound) {
    Parameter parameter = dense(name, rows, cols, 0);
    float[] values = new float[parameter.value().length()];
    SplittableRandom rng = stream(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rng.nextDouble(-bound, bound);
    }
    parameter.set(values);
    return parameter;
  }

  /** The random stream of what has this name. */
  SplittableRandom stream(String name) {
    return Rng.stream("init/" + name, seed);
  }

  private Matrix gaussian(String name, int rows, int cols, double scale) {
    float[] values = new float[Math.multiplyExact(rows, cols)];
    SplittableRandom rng = stream(name);
    if (scale > 0) {
      Rng.gaussian(rng, values, scale);
    }
    return Matrix.of(rows, cols, values);
  }

  private Parameter add(Parameter parameter) {
    if (byName.putIfAbsent(parameter.name(), parameter) != null) {
      throw new IllegalArgumentException("there are two parameters called " + parameter.name());
    }
    return parameter;
  }

  /** All parameters. */
  public Collection<Parameter> all() {
    return byName.values();
  }

  /**
   * The parameters whose names begin with {@code prefix}, in the order in which they were made.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<Parameter> matching(String prefix) {
    List<Parameter> matching =
        byName.values().stream().filter(p -> p.name().startsWith(prefix)).toList();
    if (matching.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter begins with " + prefix + "; there are " + byName.keySet());
    }
    return matching;
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "there is no parameter " + name + "; there are " + byName.keySet());
    }
    return parameter;
  }

  /** How many numbers are learned. */
  public long count() {
    return byName.values().stream().mapToLong(p -> p.value().length()).sum();
  }

  /** Freezes exactly the parameters of these groups, beside those that never learn. */
  public void freeze(Set<ParameterGroup> groups) {
    for (Parameter parameter : byName.values()) {
      if (groups.contains(ParameterGroup.of(parameter.name()))) {
        parameter.freeze(true);
      }
    }
  }

  /** Starts a new step: no gradient. */
  public void clearGradients() {
    byName.values().forEach(Parameter::clear);
  }

  /** A copy of all values. */
  public Map<String, float[]> snapshot() {
    Map<String, float[]> values = new LinkedHashMap<>();
    byName.forEach((name, parameter) -> values.put(name, parameter.value().toArray()));
    return values;
  }

  /**
   * Sets all values from a snapshot.
   *
   * @throws IllegalArgumentException if a name or a size differs
   */
  public void restore(Map<String, float[]> snapshot) {
    snapshot.forEach((name, values) -> get(name).set(values));
  }
}
