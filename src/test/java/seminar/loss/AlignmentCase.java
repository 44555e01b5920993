package seminar.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.math.Rng;

/**
 * An input of the alignment loss in double precision, and the loss as its formula says.
 *
 * @param values M · U · d numbers, then the temperature
 * @param present whether row u has modality m, at {@code [m][u]}
 * @param histories the row of each event
 * @param items the item of each event
 */
record AlignmentCase(
    double[] values, boolean[][] present, Ragged histories, int[] items, AlignmentOptions options) {
  private int size() {
    return present.length * present[0].length;
  }

  private int d() {
    return (values.length - 1) / size();
  }

  /** Random vectors; every fifth lacks a modality, items repeat. */
  static AlignmentCase random(String name, int rows, int d, int[] lengths, AlignmentOptions o) {
    SplittableRandom rng = Rng.stream(name, 7);
    int[] offsets = new int[lengths.length + 1];
    for (int b = 0; b < lengths.length; b++) {
      offsets[b + 1] = offsets[b] + lengths[b];
    }
    int[] ids = rng.ints(offsets[lengths.length], 0, rows).toArray();
    boolean[][] present = new boolean[3][rows];
    for (boolean[] modality : present) {
      for (int u = 0; u < rows; u++) {
        modality[u] = rng.nextInt(5) > 0;
      }
    }
    double[] values = new double[3 * rows * d + 1];
    for (int i = 0; i < values.length - 1; i++) {
      values[i] = (float) rng.nextGaussian();
    }
    values[values.length - 1] = o.temperature();
    return new AlignmentCase(values, present, new Ragged(offsets, ids), ids, o);
  }

  Num[] vector(Num[] v, int modality, int row) {
    return Arrays.copyOfRange(
        v,
        (modality * present[0].length + row) * d(),
        (modality * present[0].length + row + 1) * d());
  }

  /** The terms in the order of chunks, then of pairs (0, 1), (0, 2), (1, 2). */
  List<Num> terms(Num[] v) {
    List<Num> terms = new ArrayList<>();
    for (int b = 0; b < histories.size(); b++) {
      int end = histories.offsets()[b + 1];
      for (int from = histories.offsets()[b]; from < end; from += options.chunkLength()) {
        for (int m = 0; m < present.length; m++) {
          for (int other = m + 1; other < present.length; other++) {
            List<Integer> kept = new ArrayList<>();
            for (int e = from; e < Math.min(end, from + options.chunkLength()); e++) {
              int row = histories.ids()[e];
              if (present[m][row] && present[other][row]) {
                kept.add(e);
              }
            }
            if (kept.size() >= 2) {
              terms.add(term(v, kept, other, m));
            }
          }
        }
      }
    }
    return terms;
  }

  Num loss(Num[] v) {
    List<Num> terms = terms(v);
    return terms.isEmpty() ? v[0].constant(0) : Num.sum(terms).times(1.0 / terms.size());
  }

  /** −1/2n Σ_ij t_ij (log softmax_j a_ij + log softmax_i a_ij). */
  private Num term(Num[] v, List<Integer> kept, int x, int y) {
    int n = kept.size();
    List<Num> sum = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Num> similar = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        similar.add(similarity(v, kept.get(i), kept.get(j), x, y).exp());
      }
      for (int j = 0; j < n; j++) {
        Num t = similar.get(j).over(Num.sum(similar));
        if (options.target() == AlignmentTarget.PAIRS) {
          t = t.constant(i == j ? 1 : 0);
        }
        if (t.value() > 0) {
          Num rows = Num.sum(exps(v, kept, i, -1, x, y)).log();
          Num cols = Num.sum(exps(v, kept, -1, j, x, y)).log();
          Num a = logit(v, kept.get(i), kept.get(j), x, y);
          sum.add(t.times(a.times(2).minus(rows).minus(cols)));
        }
      }
    }
    return Num.sum(sum).times(-0.5 / n);
  }

  /** exp a over row i (j negative) or column j (i negative), without other events of the item. */
  private List<Num> exps(Num[] v, List<Integer> kept, int i, int j, int x, int y) {
    List<Num> exps = new ArrayList<>();
    int fixed = kept.get(Math.max(i, j));
    for (int event : kept) {
      boolean mask = options.target() == AlignmentTarget.PAIRS && items[event] == items[fixed];
      if (event == fixed || !mask) {
        exps.add((j < 0 ? logit(v, fixed, event, x, y) : logit(v, event, fixed, x, y)).exp());
      }
    }
    return exps;
  }

  private Num logit(Num[] v, int i, int j, int x, int y) {
    return Num.cosine(vector(v, x, histories.ids()[i]), vector(v, y, histories.ids()[j]))
        .over(v[v.length - 1]);
  }

  private Num similarity(Num[] v, int i, int j, int x, int y) {
    int a = histories.ids()[i];
    int b = histories.ids()[j];
    return Num.cosine(vector(v, x, a), vector(v, x, b))
        .plus(Num.cosine(vector(v, y, a), vector(v, y, b)))
        .times(0.5)
        .times(v[v.length - 1]);
  }

  double value(double[] point) {
    return loss(Num.variables(point)).value();
  }

  double[] gradient() {
    Num[] v = Num.variables(values);
    return loss(v).gradient(v);
  }

  /** The same input for the fast loss. */
  AlignmentInput input() {
    int rows = present[0].length;
    Matrix[] channels = new Matrix[present.length];
    for (int m = 0; m < channels.length; m++) {
      float[] numbers = new float[rows * d()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) values[m * numbers.length + i];
      }
      channels[m] = Matrix.of(rows, d(), numbers);
    }
    return new AlignmentInput(channels, present, histories, items);
  }

  Matrix[] zeros() {
    return zeros(present.length);
  }

  Matrix[] zeros(int modalities) {
    Matrix[] zeros = new Matrix[modalities];
    Arrays.setAll(zeros, m -> Matrix.zeros(present[0].length, d()));
    return zeros;
  }
}
