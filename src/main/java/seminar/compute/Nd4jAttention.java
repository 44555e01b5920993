package seminar.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.TopSet;

/** Ragged target attention ({@link Backend#attend}) as dense ND4J operations, group by group. */
final class Nd4jAttention {
  /** The columns {@code [from, to)} as a view. */
  static INDArray columns(INDArray x, int from, int to) {
    return x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  Attended attend(AttentionInput input, Matrix pooled) {
    Attended attended = Attended.of(input, pooled);
    pooled.clear();
    for (int g = 0; g < input.targets().groupCount(); g++) {
      if (isEmpty(input, g)) {
        continue;
      }
      INDArray seen = seen(input, input.keys(), g); // [n, d]
      INDArray scores = rows(input, input.folded(), g).mmul(seen.transpose()); // [c·H, n]
      addBias(scores, input);
      int keyFrom = input.targets().keyFrom()[g];
      for (int row = input.rowOf(g); row < input.rowOf(g + 1); row++) {
        choose(scores.getRow(row - input.rowOf(g)), keyFrom, row, attended);
      }
      rows(input, pooled, g).assign(weights(input, attended, g).mmul(seen));
    }
    return attended;
  }

  private static boolean isEmpty(AttentionInput input, int g) {
    return input.targets().events(g) == 0 || input.rowOf(g) == input.rowOf(g + 1);
  }

  /** The keys, or their gradients, that group g sees. */
  private static INDArray seen(AttentionInput input, Matrix keys, int g) {
    return keys.rows(input.targets().keyFrom()[g], input.targets().keyTo()[g]).array();
  }

  /** The rows of group g with one row for each candidate and head, [c·H, d]. */
  private static INDArray rows(AttentionInput input, Matrix x, int g) {
    Matrix perHead = x.reshape(x.rows() * input.heads(), input.dims());
    return perHead.rows(input.rowOf(g), input.rowOf(g + 1)).array();
  }

  private static void addBias(INDArray scores, AttentionInput input) {
    if (input.buckets() == 0) {
      return;
    }
    int n = (int) scores.size(1);
    float[] values = input.bias().toArray();
    float[][] added = new float[(int) scores.size(0)][n];
    for (int row = 0; row < added.length; row++) {
      for (int l = 0; l < n; l++) {
        added[row][l] = values[(row % input.heads()) * input.buckets() + input.bucket(n - l)];
      }
    }
    scores.addi(Nd4j.createFromArray(added));
  }

  /** The choice is made on the host; its weights are a softmax over the chosen scores. */
  private static void choose(INDArray scores, int keyFrom, int row, Attended attended) {
    float[] values = scores.toFloatVector();
    int kept = Math.min(attended.topK(), values.length);
    int[] chosen = new int[kept];
    new TopSet().choose(values, values.length, chosen, kept);
    float[] best = new float[kept];
    for (int i = 0; i < kept; i++) {
      best[i] = values[chosen[i]];
    }
    INDArray weights = Transforms.softmax(Nd4j.createFromArray(best).reshape(1, kept), true);
    for (int i = 0; i < kept; i++) {
      attended.selected()[row * attended.topK() + i] = keyFrom + chosen[i];
      attended.weights()[row * attended.topK() + i] = weights.getFloat(i);
    }
  }

  /** The weights of group g as a dense matrix [c·H, n], zero where an event was not chosen. */
  private static INDArray weights(AttentionInput input, Attended attended, int g) {
    int first = input.rowOf(g);
    int keyFrom = input.targets().keyFrom()[g];
    float[][] weights = new float[input.rowOf(g + 1) - first][input.targets().events(g)];
    for (int row = first; row < input.rowOf(g + 1); row++) {
      for (int i = 0; i < input.kept(g); i++) {
        int cell = row * attended.topK() + i;
        weights[row - first][attended.selected()[cell] - keyFrom] = attended.weights()[cell];
      }
    }
    return Nd4j.createFromArray(weights);
  }

  void backward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    for (int g = 0; g < input.targets().groupCount(); g++) {
      if (isEmpty(input, g)) {
        continue;
      }
      INDArray seen = seen(input, input.keys(), g); // [n, d]
      INDArray dSum = rows(input, dPooled, g); // [c·H, d]
      INDArray weights = weights(input, attended, g); // [c·H, n]
      INDArray dWeights = dSum.mmul(seen.transpose());
      INDArray mean = weights.mul(dWeights).sum(true, 1);
      INDArray dScores = weights.mul(dWeights.subColumnVector(mean));
      seen(input, gradient.keys(), g)
          .addi(weights.transpose().mmul(dSum))
          .addi(dScores.transpose().mmul(rows(input, input.folded(), g)));
      rows(input, gradient.folded(), g).addi(dScores.mmul(seen));
      addBiasGradient(dScores, input, gradient.bias());
    }
  }

  private static void addBiasGradient(INDArray dScores, AttentionInput input, Matrix dBias) {
    int buckets = input.buckets();
    if (buckets == 0) {
      return;
    }
    int n = (int) dScores.size(1);
    float[][] members = new float[n][buckets];
    for (int l = 0; l < n; l++) {
      members[l][input.bucket(n - l)] = 1;
    }
    INDArray perRow = dScores.mmul(Nd4j.createFromArray(members)); // [c·H, buckets]
    int heads = input.heads();
    INDArray perHead = perRow.reshape((int) perRow.size(0) / heads, heads, buckets).sum(0);
    dBias.array().addi(perHead.reshape(heads, buckets));
  }
}
