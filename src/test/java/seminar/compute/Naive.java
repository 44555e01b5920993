package seminar.compute;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The operations of {@link Backend} as plain loops in double precision: the oracle of the contract
 * test.
 */
final class Naive {
  private Naive() {}

  /** A row-major matrix that can be perturbed for central differences. */
  record Table(int rows, int cols, double[] values) {
    double at(int r, int c) {
      return values[r * cols + c];
    }

    static Table zeros(int rows, int cols) {
      return new Table(rows, cols, new double[rows * cols]);
    }

    static Table of(Matrix m) {
      Table t = zeros(m.rows(), m.cols());
      float[] values = m.toArray();
      for (int i = 0; i < values.length; i++) {
        t.values[i] = values[i];
      }
      return t;
    }

    void add(int r, int c, double value) {
      values[r * cols + c] += value;
    }
  }

  static Table linear(Table x, Table w, Table b) {
    Table y = Table.zeros(x.rows(), w.cols());
    for (int i = 0; i < x.rows(); i++) {
      for (int o = 0; o < w.cols(); o++) {
        y.add(i, o, b.values()[o]);
        for (int k = 0; k < x.cols(); k++) {
          y.add(i, o, x.at(i, k) * w.at(k, o));
        }
      }
    }
    return y;
  }

  static Table perHead(Table x, Table w, boolean transposed) {
    int d = w.cols();
    Table y = Table.zeros(x.rows(), x.cols());
    for (int i = 0; i < x.rows(); i++) {
      for (int c = 0; c < x.cols(); c++) {
        for (int k = 0; k < d; k++) {
          int h = c / d;
          double weight = transposed ? w.at(c, k) : w.at(h * d + k, c % d);
          y.add(i, c, x.at(i, h * d + k) * weight);
        }
      }
    }
    return y;
  }

  static Table gather(Table table, int[] rows) {
    Table out = Table.zeros(rows.length, table.cols());
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < table.cols() && rows[i] >= 0; c++) {
        out.add(i, c, table.at(rows[i], c));
      }
    }
    return out;
  }

  static Table bag(Table table, Ragged lists) {
    Table out = Table.zeros(lists.size(), table.cols());
    for (int i = 0; i < lists.size(); i++) {
      for (int j = lists.offsets()[i]; j < lists.offsets()[i + 1]; j++) {
        for (int c = 0; c < table.cols(); c++) {
          out.add(i, c, table.at(lists.ids()[j], c) / lists.length(i));
        }
      }
    }
    return out;
  }

  static Table fuse(List<Table> channels, boolean[][] present, Table gate) {
    Table out = Table.zeros(channels.get(0).rows(), channels.get(0).cols());
    for (int i = 0; i < out.rows(); i++) {
      double sum = 0;
      for (int m = 0; m < present.length; m++) {
        sum += present[m][i] ? Math.exp(gate.at(i % gate.rows(), m)) : 0;
      }
      for (int m = 0; m < present.length; m++) {
        for (int c = 0; c < out.cols() && present[m][i]; c++) {
          double weight = Math.exp(gate.at(i % gate.rows(), m)) / sum;
          out.add(i, c, weight * channels.get(m).at(i, c));
        }
      }
    }
    return out;
  }

  static Table pairs(Table queries, int[] queryRows, Table items, int[] itemRows, double lambda) {
    Table query = gather(queries, queryRows);
    Table out = gather(items, itemRows);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = lambda * query.values()[i] + (1 - lambda) * out.values()[i];
    }
    return out;
  }

  static Table unitRows(Table x) {
    Table out = Table.zeros(x.rows(), x.cols());
    for (int i = 0; i < x.rows(); i++) {
      double square = 0;
      for (int c = 0; c < x.cols(); c++) {
        square += x.at(i, c) * x.at(i, c);
      }
      for (int c = 0; c < x.cols() && square > 0; c++) {
        out.add(i, c, x.at(i, c) / Math.sqrt(square));
      }
    }
    return out;
  }

  static Table relu(Table x) {
    double[] values = DoubleStream.of(x.values()).map(v -> Math.max(0, v)).toArray();
    return new Table(x.rows(), x.cols(), values);
  }

  static Table rowDots(Table a, Table b) {
    Table out = Table.zeros(a.rows(), 1);
    for (int i = 0; i < a.values().length; i++) {
      out.add(i / a.cols(), 0, a.values()[i] * b.values()[i]);
    }
    return out;
  }

  static double binaryCrossEntropy(Table logits, float[] labels, float[] weights) {
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double p = 1 / (1 + Math.exp(-logits.values()[i]));
      loss -= weights[i] * (labels[i] * Math.log(p) + (1 - labels[i]) * Math.log(1 - p));
    }
    return loss;
  }
}
