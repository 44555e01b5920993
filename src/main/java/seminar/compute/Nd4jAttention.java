package seminar.compute;

import java.util.Arrays;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Ragged target attention ({@link Backend.Attention}) as dense ND4J operations, group by group. */
final class Nd4jAttention implements Backend.Attention {
  /** The columns {@code [from, to)} as a view. */
  static INDArray columns(INDArray x, int from, int to) {
    return x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  @Override
  public Attended attend(AttentionInput input, Matrix pooled) {
    Attended attended = Attended.of(input, pooled);
    float[] padScores = input.padding().scores().toArray();
    pooled.clear();
    for (int g = 0; g < input.groups().groupCount(); g++) {
      if (isEmpty(input, g)) {
        continue;
      }
      INDArray seen = seen(input, input.keys(), g); // [n, d]
      AttentionInput.Search search = input.search();
      INDArray searched = search.keys() == input.keys() ? seen : seen(input, search.keys(), g);
      float[][] choosing = scores(input, search.folded(), search.bias(), searched, g);
      float[][] weighing =
          input.searched() ? scores(input, input.folded(), input.bias(), seen, g) : choosing;
      float[][] kept = new float[choosing.length][];
      for (int r = 0; r < kept.length; r++) {
        int row = input.rowOf(g) + r;
        kept[r] =
            input.isChosen()
                ? take(weighing[r], input, g, row, attended)
                : choose(choosing[r], weighing[r], padScores, input, g, row, attended);
      }
      weigh(kept, input, g, attended);
      rows(input, pooled, g).assign(dense(input, attended, g, false).mmul(seen));
    }
    return attended;
  }

  private static boolean isEmpty(AttentionInput input, int g) {
    return input.seen(g) == 0 || input.rowOf(g) == input.rowOf(g + 1);
  }

  /** The rows of keys that group g sees, the end last. */
  private static INDArray seen(AttentionInput input, Matrix keys, int g) {
    Matrix events = events(input, keys, g);
    if (!input.hasEnd()) {
      return events.array();
    }
    INDArray end = keys.rows(input.endRow(), input.endRow() + 1).array();
    return events.rows() == 0 ? end : Nd4j.vstack(events.array(), end);
  }

  /** The rows of the events of group g. */
  private static Matrix events(AttentionInput input, Matrix keys, int g) {
    return keys.rows(input.groups().keyFrom()[g], input.groups().keyTo()[g]);
  }

  /** The rows of group g with one row for each candidate and head, [c·H, d]. */
  private static INDArray rows(AttentionInput input, Matrix x, int g) {
    Matrix perHead = x.reshape(x.rows() * input.heads(), input.dims());
    return perHead.rows(input.rowOf(g), input.rowOf(g + 1)).array();
  }

  /** Scores with bias [c·H, n]. */
  private static float[][] scores(
      AttentionInput input, Matrix folded, Matrix bias, INDArray seen, int g) {
    float[][] scores = HostRows.of(rows(input, folded, g).mmul(seen.transpose()));
    float[] added = bias.toArray();
    int n = input.groups().events(g);
    for (int row = 0; row < scores.length; row++) {
      RecencyBuckets.add(added, row % input.heads(), bias.cols(), scores[row], n);
    }
    return scores;
  }

  /**
   * The choice is made on the host.
   *
   * @return the scores of what was chosen, and zeros for chosen pads
   */
  private static float[] choose(
      float[] choosing,
      float[] weighing,
      float[] padScores,
      AttentionInput input,
      int g,
      int row,
      Attended attended) {
    int pads = input.pads(g);
    int places = input.places(g);
    float padScore = pads > 0 ? padScores[row] : 0;
    int kept = Padding.kept(choosing, choosing.length, pads, padScore, places);
    int[] chosen = new int[kept];
    input.choose(choosing, choosing.length, chosen, kept, new float[choosing.length]);
    float[] scores = new float[places];
    for (int i = 0; i < kept; i++) {
      scores[i] = weighing[chosen[i]];
      attended.selected()[row * attended.topK() + i] = input.keyRow(g, chosen[i]);
    }
    attended.kept()[row] = kept;
    return scores;
  }

  /** Takes what was chosen beforehand, and returns its scores. */
  private static float[] take(
      float[] weighing, AttentionInput input, int g, int row, Attended attended) {
    int kept = input.choice().kept()[row];
    float[] scores = new float[kept];
    for (int i = 0; i < kept; i++) {
      int key = input.choice().selected()[row * input.topK() + i];
      scores[i] = weighing[key - input.groups().keyFrom()[g]];
      attended.selected()[row * attended.topK() + i] = key;
    }
    attended.kept()[row] = kept;
    return scores;
  }

  /** From the scores of what the rows of group g kept to weights, for all rows at once. */
  private static void weigh(float[][] scores, AttentionInput input, int g, Attended attended) {
    int most = Stream.of(scores).mapToInt(row -> row.length).max().orElse(0);
    if (most == 0) {
      return;
    }
    float[][] filled = new float[scores.length][most];
    for (int r = 0; r < scores.length; r++) {
      Arrays.fill(filled[r], -Float.MAX_VALUE); // a softmax passes over what is not there
      System.arraycopy(scores[r], 0, filled[r], 0, scores[r].length);
    }
    if (input.weighing() == Weighing.ONES) {
      Stream.of(filled).forEach(row -> Arrays.fill(row, 1));
    }
    float[][] weights =
        input.weighing() == Weighing.SOFTMAX
            ? HostRows.of(Transforms.softmax(HostRows.toDevice(filled), true))
            : filled;
    for (int r = 0; r < scores.length; r++) {
      int row = input.rowOf(g) + r;
      System.arraycopy(
          weights[r], 0, attended.weights(), row * attended.topK(), attended.kept()[row]);
    }
  }

  /**
   * The weights of group g, or ones in their place, as a dense matrix [c·H, n], zero where a key
   * was not chosen.
   */
  private static INDArray dense(AttentionInput input, Attended attended, int g, boolean ones) {
    int first = input.rowOf(g);
    int keyFrom = input.groups().keyFrom()[g];
    float[][] weights = new float[input.rowOf(g + 1) - first][input.seen(g)];
    for (int row = first; row < input.rowOf(g + 1); row++) {
      for (int i = 0; i < attended.kept()[row]; i++) {
        int cell = row * attended.topK() + i;
        int key = attended.selected()[cell];
        int place = key == input.endRow() ? input.groups().events(g) : key - keyFrom;
        weights[row - first][place] = ones ? 1 : attended.weights()[cell];
      }
    }
    return HostRows.toDevice(weights);
  }

  @Override
  public void attendBackward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    for (int g = 0; g < input.groups().groupCount(); g++) {
      if (isEmpty(input, g)) {
        continue;
      }
      INDArray seen = seen(input, input.keys(), g); // [n, d]
      INDArray dSum = rows(input, dPooled, g); // [c·H, d]
      INDArray weights = dense(input, attended, g, false); // [c·H, n]
      INDArray dWeights = dSum.mmul(seen.transpose());
      INDArray dScores = toScores(input, attended, weights, dWeights, g);
      INDArray dSeen = weights.transpose().mmul(dSum);
      dSeen.addi(dScores.transpose().mmul(rows(input, input.folded(), g)));
      addSeen(dSeen, input, gradient.keys(), g);
      rows(input, gradient.folded(), g).addi(dScores.mmul(seen));
      addBiasGradient(dScores, input, gradient.bias(), g);
    }
  }

  @Override
  public void attendAll(AllEvents input, Matrix pooled) {
    new Nd4jAllEvents(input, pooled).forward();
  }

  @Override
  public void attendAllBackward(
      AllEvents input, Matrix pooled, Matrix dPooled, AttentionInput.Gradient gradient) {
    new Nd4jAllEvents(input, pooled).backward(dPooled, gradient);
  }

  @Override
  public void attendSelf(SelfAttention input, Matrix out) {
    new Nd4jSelfAttention(input).forward(out);
  }

  @Override
  public void attendSelfBackward(
      SelfAttention input, Matrix out, Matrix dOut, SelfAttention.Gradient gradient) {
    new Nd4jSelfAttention(input).backward(out, dOut, gradient);
  }

  /** The gradient of the scores, from that of the weights; nothing where a key was not chosen. */
  private static INDArray toScores(
      AttentionInput input, Attended attended, INDArray weights, INDArray dWeights, int g) {
    return switch (input.weighing()) {
      case SOFTMAX -> weights.mul(dWeights.subColumnVector(weights.mul(dWeights).sum(true, 1)));
      case SCORES -> dWeights.mul(dense(input, attended, g, true));
      case ONES -> Nd4j.zerosLike(dWeights);
    };
  }

  private static void addSeen(INDArray dSeen, AttentionInput input, Matrix dKeys, int g) {
    int n = input.groups().events(g);
    if (n > 0) {
      events(input, dKeys, g).array().addi(dSeen.get(NDArrayIndex.interval(0, n)));
    }
    if (input.hasEnd()) {
      Matrix end = dKeys.rows(input.endRow(), input.endRow() + 1);
      end.array().addi(dSeen.getRow(n, true));
    }
  }

  private static void addBiasGradient(INDArray dScores, AttentionInput input, Matrix dBias, int g) {
    int buckets = input.buckets();
    if (buckets == 0) {
      return;
    }
    int n = input.groups().events(g);
    float[][] members = RecencyBuckets.members(n, input.seen(g), buckets); // the end is in none
    INDArray perRow = dScores.mmul(HostRows.toDevice(members)); // [c·H, buckets]
    int heads = input.heads();
    INDArray perHead = perRow.reshape((int) perRow.size(0) / heads, heads, buckets).sum(0);
    dBias.array().addi(perHead.reshape(heads, buckets));
  }
}
