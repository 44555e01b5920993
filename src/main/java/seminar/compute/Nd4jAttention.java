package seminar.compute;

import org.nd4j.linalg.api.buffer.DataType;
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

  Attended attend(
      Matrix keys, Matrix folded, Matrix bias, Targets targets, int topK, Matrix pooled) {
    int d = keys.cols();
    int heads = folded.cols() / d;
    int cells = targets.candidateCount() * heads * topK;
    Attended attended = new Attended(heads, topK, new int[cells], new float[cells], pooled);
    pooled.clear();
    for (int g = 0; g < targets.groupCount(); g++) {
      int first = targets.candidates()[g] * heads;
      int last = targets.candidates()[g + 1] * heads;
      if (targets.events(g) == 0 || first == last) {
        continue;
      }
      INDArray seen = keys.rows(targets.keyFrom()[g], targets.keyTo()[g]).array(); // [n, d]
      INDArray queries = perHeadRows(folded, heads, d, first, last); // [c·H, d]
      INDArray scores = queries.mmul(seen.transpose()); // [c·H, n]
      addBias(scores, bias, heads);
      for (int row = first; row < last; row++) {
        choose(scores.getRow(row - first), targets.keyFrom()[g], row, attended);
      }
      INDArray weights = dense(attended, targets, g, first, last); // [c·H, n]
      perHeadRows(pooled, heads, d, first, last).assign(weights.mmul(seen));
    }
    return attended;
  }

  private static INDArray perHeadRows(Matrix x, int heads, int d, int from, int to) {
    return x.reshape(x.rows() * heads, d).rows(from, to).array();
  }

  private static void addBias(INDArray scores, Matrix bias, int heads) {
    if (bias.cols() == 0) {
      return;
    }
    int n = (int) scores.size(1);
    float[] values = bias.toArray();
    float[][] added = new float[(int) scores.size(0)][n];
    for (int row = 0; row < added.length; row++) {
      for (int l = 0; l < n; l++) {
        int bucket = CpuAttention.bucket(n - l, bias.cols());
        added[row][l] = values[(row % heads) * bias.cols() + bucket];
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

  /** Weights as a dense [rows, n] matrix, zero where an event was not chosen. */
  private static INDArray dense(Attended attended, Targets targets, int g, int first, int last) {
    float[][] weights = new float[last - first][targets.events(g)];
    int kept = Math.min(attended.topK(), targets.events(g));
    for (int row = first; row < last; row++) {
      for (int i = 0; i < kept; i++) {
        int cell = row * attended.topK() + i;
        weights[row - first][attended.selected()[cell] - targets.keyFrom()[g]] =
            attended.weights()[cell];
      }
    }
    return Nd4j.createFromArray(weights);
  }

  void backward(
      Matrix keys,
      Matrix folded,
      Targets targets,
      Attended attended,
      Matrix dPooled,
      Matrix dKeys,
      Matrix dFolded,
      Matrix dBias) {
    int d = keys.cols();
    int heads = attended.heads();
    for (int g = 0; g < targets.groupCount(); g++) {
      int first = targets.candidates()[g] * heads;
      int last = targets.candidates()[g + 1] * heads;
      if (targets.events(g) == 0 || first == last) {
        continue;
      }
      INDArray seen = keys.rows(targets.keyFrom()[g], targets.keyTo()[g]).array();
      INDArray queries = perHeadRows(folded, heads, d, first, last);
      INDArray gradient = perHeadRows(dPooled, heads, d, first, last); // [c·H, d]
      INDArray weights = dense(attended, targets, g, first, last); // [c·H, n]
      INDArray dWeights = gradient.mmul(seen.transpose());
      INDArray mean = weights.mul(dWeights).sum(true, 1);
      INDArray dScores = weights.mul(dWeights.subColumnVector(mean));
      INDArray dSeen = dKeys.rows(targets.keyFrom()[g], targets.keyTo()[g]).array();
      dSeen.addi(weights.transpose().mmul(gradient)).addi(dScores.transpose().mmul(queries));
      perHeadRows(dFolded, heads, d, first, last).addi(dScores.mmul(seen));
      addBiasGradient(dScores, dBias, heads);
    }
  }

  private static void addBiasGradient(INDArray dScores, Matrix dBias, int heads) {
    int buckets = dBias.cols();
    if (buckets == 0) {
      return;
    }
    int n = (int) dScores.size(1);
    float[][] members = new float[n][buckets];
    for (int l = 0; l < n; l++) {
      members[l][CpuAttention.bucket(n - l, buckets)] = 1;
    }
    INDArray perRow = dScores.mmul(Nd4j.createFromArray(members)); // [c·H, buckets]
    INDArray perHead = perRow.reshape((int) perRow.size(0) / heads, heads, buckets).sum(0);
    dBias.array().addi(perHead.castTo(DataType.FLOAT).reshape(heads, buckets));
  }
}
