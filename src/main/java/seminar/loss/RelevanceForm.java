package seminar.loss;

/**
 * The loss of one query with one matching item and some others: where the paper, its usual reading
 * and its released code differ.
 *
 * <p>z_0 is the logit of the matching item, z_1 … z_n are those of the others.
 */
public enum RelevanceForm {
  /**
   * Binary cross entropy of each logit (paper §3.3.1): {@code −log σ(z_0) − Σ log σ(−z_j)}. The
   * loss is the mean over all logits.
   */
  BINARY {
    @Override
    double of(double[] z, int count, double[] dz) {
      double loss = 0;
      double product = 1; // of 1 + e^−|z|, whose logarithm is taken once for many
      for (int j = 0; j < count; j++) {
        double power = Math.exp(-Math.abs(z[j]));
        loss += Math.max(j == 0 ? -z[j] : z[j], 0);
        product *= 1 + power;
        if (product > LARGE) {
          loss += Math.log(product);
          product = 1;
        }
        dz[j] = (z[j] < 0 ? power : 1) / (1 + power) - (j == 0 ? 1 : 0);
      }
      return loss + Math.log(product);
    }

    @Override
    int terms(int count) {
      return count;
    }
  },
  /**
   * Cross entropy of choosing the matching item: {@code −log(e^{z_0} / Σ_j e^{z_j})}. The loss is
   * the mean over queries.
   */
  CONTRASTIVE {
    @Override
    double of(double[] z, int count, double[] dz) {
      double all = softmax(z, 0, count, dz);
      dz[0] -= 1;
      return all - z[0];
    }

    @Override
    int terms(int count) {
      return 1;
    }
  },
  /**
   * As in the released code: {@code e^{z_0} / Σ_{j ≥ 1} e^{z_j}}, minimised, which pushes a query
   * away from its own item. The loss is the mean over queries.
   */
  INVERTED {
    @Override
    double of(double[] z, int count, double[] dz) {
      if (count < 2) {
        throw new IllegalArgumentException(
            "a query has 0 other items: the ratio of RelevanceForm.INVERTED needs at least 1");
      }
      double ratio = Math.exp(z[0] - softmax(z, 1, count, dz));
      dz[0] = ratio;
      for (int j = 1; j < count; j++) {
        dz[j] *= -ratio;
      }
      return ratio;
    }

    @Override
    int terms(int count) {
      return 1;
    }
  };

  /** Twice this is still a double. */
  private static final double LARGE = 1e300;

  /** The loss of one query; sets the derivatives {@code dz} of its {@code count} logits. */
  abstract double of(double[] z, int count, double[] dz);

  /** By how many terms a query with {@code count} logits counts in the mean. */
  abstract int terms(int count);

  /** Softmax over {@code [from, to)} into {@code p}; the result is the log of the sum. */
  private static double softmax(double[] z, int from, int to, double[] p) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = from; j < to; j++) {
      max = Math.max(max, z[j]);
    }
    double sum = 0;
    for (int j = from; j < to; j++) {
      p[j] = Math.exp(z[j] - max);
      sum += p[j];
    }
    for (int j = from; j < to; j++) {
      p[j] /= sum;
    }
    return max + Math.log(sum);
  }
}
