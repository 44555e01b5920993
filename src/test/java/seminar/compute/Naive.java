package seminar.compute;

import java.util.ArrayList;
import java.util.List;

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
        sum += present[m][i] ? Math.exp(gate.values()[m]) : 0;
      }
      for (int m = 0; m < present.length; m++) {
        for (int c = 0; c < out.cols() && present[m][i]; c++) {
          out.add(i, c, Math.exp(gate.values()[m]) / sum * channels.get(m).at(i, c));
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

  /**
   * Pooled keys [C, H·d]; {@code chosen}, if not empty, fixes the events of each (candidate, head).
   */
  static Table attend(
      Table keys, Table folded, Table bias, Targets targets, int topK, List<int[]> chosen) {
    int d = keys.cols();
    int heads = folded.cols() / d;
    Table pooled = Table.zeros(folded.rows(), folded.cols());
    for (int g = 0; g < targets.groupCount(); g++) {
      for (int c = targets.candidates()[g]; c < targets.candidates()[g + 1]; c++) {
        for (int h = 0; h < heads; h++) {
          List<Integer> events = new ArrayList<>();
          double[] scores = new double[keys.rows()];
          for (int l = targets.keyFrom()[g]; l < targets.keyTo()[g]; l++) {
            events.add(l);
            for (int k = 0; k < d; k++) {
              scores[l] += keys.at(l, k) * folded.at(c, h * d + k);
            }
            if (bias.cols() > 0) {
              int log = (int) (Math.log(targets.keyTo()[g] - l) / Math.log(2) + 1e-9);
              scores[l] += bias.at(h, Math.min(log, bias.cols() - 1));
            }
          }
          if (chosen.isEmpty()) {
            events.sort((a, b) -> Double.compare(scores[b], scores[a])); // stable: older first
            events = events.subList(0, Math.min(topK, events.size()));
          } else {
            events = new ArrayList<>();
            for (int e : chosen.get(c * heads + h)) {
              events.add(e);
            }
          }
          double sum = events.stream().mapToDouble(l -> Math.exp(scores[l])).sum();
          for (int l : events) {
            for (int k = 0; k < d; k++) {
              pooled.add(c, h * d + k, Math.exp(scores[l]) / sum * keys.at(l, k));
            }
          }
        }
      }
    }
    return pooled;
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
