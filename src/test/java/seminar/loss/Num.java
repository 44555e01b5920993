package seminar.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * A double that remembers how it was computed, so that the oracle of a loss is its formula alone
 * and its gradient is derived by the chain rule, one operation at a time.
 */
final class Num {
  private final List<Num> tape;
  private final double value;
  private final Num[] from;
  private final double[] slope;
  private double gradient;

  private Num(List<Num> tape, double value, Num[] from, double... slope) {
    this.tape = tape;
    this.value = value;
    this.from = from;
    this.slope = slope;
    tape.add(this);
  }

  /** Fresh variables of one computation. */
  static Num[] variables(double... values) {
    List<Num> tape = new ArrayList<>();
    Num[] variables = new Num[values.length];
    for (int i = 0; i < values.length; i++) {
      variables[i] = new Num(tape, values[i], new Num[0]);
    }
    return variables;
  }

  double value() {
    return value;
  }

  /** A constant of the same computation. */
  Num constant(double c) {
    return new Num(tape, c, new Num[0]);
  }

  Num plus(Num b) {
    return new Num(tape, value + b.value, new Num[] {this, b}, 1, 1);
  }

  Num minus(Num b) {
    return new Num(tape, value - b.value, new Num[] {this, b}, 1, -1);
  }

  Num times(Num b) {
    return new Num(tape, value * b.value, new Num[] {this, b}, b.value, value);
  }

  Num times(double b) {
    return new Num(tape, value * b, new Num[] {this}, b);
  }

  Num over(Num b) {
    return new Num(
        tape, value / b.value, new Num[] {this, b}, 1 / b.value, -value / (b.value * b.value));
  }

  Num exp() {
    return new Num(tape, Math.exp(value), new Num[] {this}, Math.exp(value));
  }

  Num log() {
    return new Num(tape, Math.log(value), new Num[] {this}, 1 / value);
  }

  Num sqrt() {
    return new Num(tape, Math.sqrt(value), new Num[] {this}, 0.5 / Math.sqrt(value));
  }

  static Num sum(List<Num> terms) {
    return terms.stream().reduce(Num::plus).orElseThrow();
  }

  static Num dot(Num[] a, Num[] b) {
    List<Num> terms = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      terms.add(a[i].times(b[i]));
    }
    return sum(terms);
  }

  static Num cosine(Num[] a, Num[] b) {
    return dot(a, b).over(dot(a, a).sqrt().times(dot(b, b).sqrt()));
  }

  /** The derivatives of this number with respect to the variables. */
  double[] gradient(Num[] variables) {
    tape.forEach(num -> num.gradient = 0);
    gradient = 1;
    for (int i = tape.size() - 1; i >= 0; i--) {
      Num num = tape.get(i);
      for (int k = 0; k < num.from.length; k++) {
        num.from[k].gradient += num.gradient * num.slope[k];
      }
    }
    double[] derivatives = new double[variables.length];
    for (int i = 0; i < variables.length; i++) {
      derivatives[i] = variables[i].gradient;
    }
    return derivatives;
  }
}
