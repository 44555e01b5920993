package seminar.compute;

import seminar.compute.Naive.Table;

/** What models of sequences need, as plain loops in double precision. */
final class NaiveSequence {
  private NaiveSequence() {}

  static Table layerNorm(Table x, Table gain, Table bias) {
    int d = x.cols();
    Table out = Table.zeros(x.rows(), d);
    for (int i = 0; i < x.rows(); i++) {
      double mean = 0;
      double variance = 0;
      for (int c = 0; c < d; c++) {
        mean += x.at(i, c) / d;
      }
      for (int c = 0; c < d; c++) {
        variance += (x.at(i, c) - mean) * (x.at(i, c) - mean) / d;
      }
      for (int c = 0; c < d; c++) {
        double unit = (x.at(i, c) - mean) / Math.sqrt(variance + 1e-8);
        out.add(i, c, gain.at(0, c) * unit + bias.at(0, c));
      }
    }
    return out;
  }

  static Table dropout(Dropout drop, Table x) {
    Table out = Table.zeros(x.rows(), x.cols());
    for (int i = 0; i < x.values().length; i++) {
      out.values()[i] = drop.keeps(i) ? x.values()[i] / (1 - drop.rate()) : 0;
    }
    return out;
  }

  static double binaryContrast(Table z, Table y, int[] same, double p, double q) {
    double loss = 0;
    for (int i = 0; i < z.rows(); i++) {
      loss -= p * Math.log(sigmoid(z.at(i, 0)));
      for (int j = 0; j < y.cols(); j++) {
        loss -= j == same[i] ? 0 : q * Math.log(sigmoid(-y.at(i, j)));
      }
    }
    return loss;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double softmaxContrast(Table z, Table y, int[] same, double weight) {
    double loss = 0;
    for (int i = 0; i < z.rows(); i++) {
      double sum = Math.exp(z.at(i, 0));
      for (int j = 0; j < y.cols(); j++) {
        sum += j == same[i] ? 0 : Math.exp(y.at(i, j));
      }
      loss += weight * (Math.log(sum) - z.at(i, 0));
    }
    return loss;
  }

  static Table attendSelf(SelfAttention input, Table queries, Table keys, Table values) {
    Table out = Table.zeros(queries.rows(), queries.cols());
    for (int b = 0; b + 1 < input.starts().length; b++) {
      for (int e = input.starts()[b]; e < input.starts()[b + 1]; e++) {
        int end = input.causal() ? e + 1 : input.starts()[b + 1];
        for (int h = 0; h < input.heads(); h++) {
          attend(input, queries, keys, values, input.starts()[b], end, e, h, out);
        }
      }
    }
    return out;
  }

  private static void attend(
      SelfAttention input,
      Table queries,
      Table keys,
      Table values,
      int start,
      int end,
      int e,
      int h,
      Table out) {
    int d = queries.cols() / input.heads();
    double[] weights = new double[end - start];
    double sum = 0;
    for (int l = start; l < end; l++) {
      double score = 0;
      for (int c = h * d; c < (h + 1) * d; c++) {
        score += queries.at(e, c) * keys.at(l, c) / Math.sqrt(d);
      }
      weights[l - start] = Math.exp(score);
      sum += weights[l - start];
    }
    Dropout dropout = input.dropout();
    for (int l = start; l < end; l++) {
      boolean kept = dropout.keeps(input.place(e, l, h));
      double weight = kept ? weights[l - start] / sum / (1 - dropout.rate()) : 0;
      for (int c = h * d; c < (h + 1) * d; c++) {
        out.add(e, c, weight * values.at(l, c));
      }
    }
  }
}
