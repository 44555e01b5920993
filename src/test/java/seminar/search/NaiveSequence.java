package seminar.search;

import java.util.Arrays;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.model.Batch;
import seminar.model.Parameters;

/** SASRec by loops in double precision, event by event, without dropout (SEQ-1 to SEQ-5). */
final class NaiveSequence {
  private static final double EPSILON = 1e-8;

  private final Parameters parameters;
  private final int d;
  private final int layers;
  private final int heads;

  NaiveSequence(Parameters parameters, int d, int layers, int heads) {
    this.parameters = parameters;
    this.d = d;
    this.layers = layers;
    this.heads = heads;
  }

  double[] scores(Batch batch, Corpus corpus, int length) {
    Groups groups = batch.groups();
    double[] scores = new double[groups.candidateCount()];
    for (int g = 0; g < groups.groupCount(); g++) {
      int from = Math.max(groups.keyFrom()[g], groups.keyTo()[g] - length);
      int[] items = Arrays.copyOfRange(batch.items(), from, groups.keyTo()[g]);
      double[] state = state(items, corpus);
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        scores[c] = dot(state, item(batch.candidateItems()[c], corpus));
      }
    }
    return scores;
  }

  private double[] state(int[] items, Corpus corpus) {
    int n = items.length;
    if (n == 0) {
      return new double[d];
    }
    double[][] x = new double[n][];
    for (int e = 0; e < n; e++) {
      x[e] = item(items[e], corpus);
      float[] positions = values("position");
      for (int i = 0; i < d; i++) {
        x[e][i] = x[e][i] * Math.sqrt(d) + positions[(n - 1 - e) * d + i];
      }
    }
    for (int j = 1; j <= layers; j++) {
      x = layer(x, j + "/");
    }
    return norm(x[n - 1], "norm");
  }

  private double[][] layer(double[][] x, String name) {
    int n = x.length;
    double[][] q = new double[n][];
    double[][] k = new double[n][];
    double[][] v = new double[n][];
    for (int e = 0; e < n; e++) {
      double[] a = norm(x[e], name + "attentionNorm");
      q[e] = times(a, name + "query");
      k[e] = times(a, name + "key");
      v[e] = times(a, name + "value");
    }
    double[][] out = new double[n][];
    int width = d / heads;
    for (int e = 0; e < n; e++) {
      double[] y = x[e].clone();
      for (int h = 0; h < heads; h++) {
        double[] weights = new double[e + 1];
        double sum = 0;
        for (int l = 0; l <= e; l++) {
          double score = 0;
          for (int i = h * width; i < (h + 1) * width; i++) {
            score += q[e][i] * k[l][i];
          }
          weights[l] = Math.exp(score / Math.sqrt(width));
          sum += weights[l];
        }
        for (int l = 0; l <= e; l++) {
          for (int i = h * width; i < (h + 1) * width; i++) {
            y[i] += weights[l] / sum * v[l][i];
          }
        }
      }
      double[] hidden = times(norm(y, name + "forwardNorm"), name + "first");
      float[] firstBias = values(name + "firstBias");
      for (int i = 0; i < d; i++) {
        hidden[i] = Math.max(0, hidden[i] + firstBias[i]);
      }
      double[] added = times(hidden, name + "second");
      float[] secondBias = values(name + "secondBias");
      for (int i = 0; i < d; i++) {
        y[i] += added[i] + secondBias[i];
      }
      out[e] = y;
    }
    return out;
  }

  private double[] norm(double[] x, String name) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    float[] gain = values(name + "/gain");
    float[] bias = values(name + "/bias");
    double[] y = new double[d];
    for (int i = 0; i < d; i++) {
      y[i] = (x[i] - mean) / Math.sqrt(variance + EPSILON) * gain[i] + bias[i];
    }
    return y;
  }

  private double[] times(double[] x, String name) {
    float[] w = values(name);
    double[] y = new double[d];
    for (int i = 0; i < d; i++) {
      for (int o = 0; o < d; o++) {
        y[o] += x[i] * w[i * d + o];
      }
    }
    return y;
  }

  private float[] values(String name) {
    return parameters.get("sequence/" + name).value().toArray();
  }

  /** The third channel: (own vector + mean of attributes' vectors) W_a. */
  private double[] item(int item, Corpus corpus) {
    float[] own = parameters.get("channel/item").value().toArray();
    float[] attribute = parameters.get("channel/attribute").value().toArray();
    int[] attributes = corpus.catalog().attributes(item);
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = own[item * d + i];
      for (int a : attributes) {
        x[i] += attribute[a * d + i] / (double) attributes.length;
      }
    }
    float[] w = parameters.get("channel/map/attribute").value().toArray();
    double[] y = new double[d];
    for (int i = 0; i < d; i++) {
      for (int o = 0; o < d; o++) {
        y[o] += x[i] * w[i * d + o];
      }
    }
    return y;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
