package seminar.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Attention over all events as dense ND4J operations, block by block; see {@link CpuAllEvents}. */
final class Nd4jAllEvents {
  private final AllEvents input;
  private final Matrix pooled;

  Nd4jAllEvents(AllEvents input, Matrix pooled) {
    this.input = input;
    this.pooled = pooled;
  }

  void forward() {
    pooled.clear();
    eachBlock(
        (g, first, rows) ->
            part(pooled, first, rows).assign(weights(g, first, rows).mmul(keys(input.keys(), g))));
  }

  void backward(Matrix dPooled, AttentionInput.Gradient gradient) {
    eachBlock(
        (g, first, rows) -> {
          INDArray weights = weights(g, first, rows); // [rows, n]
          INDArray keys = keys(input.keys(), g); // [n, d]
          INDArray folded = part(input.folded(), first, rows);
          INDArray dp = part(dPooled, first, rows);
          INDArray mean = dp.mul(part(pooled, first, rows)).sum(true, 1);
          INDArray dScores = weights.mul(dp.mmul(keys.transpose()).subiColumnVector(mean));
          INDArray dKeys = weights.transpose().mmul(dp).addi(dScores.transpose().mmul(folded));
          keys(gradient.keys(), g).addi(dKeys);
          part(gradient.folded(), first, rows).addi(dScores.mmul(keys));
          if (input.buckets() > 0) {
            INDArray perHead = heads(first, rows).transpose().mmul(dScores);
            gradient.bias().array().addi(perHead.mmul(members(g)));
          }
        });
  }

  private interface Block {
    void rows(int g, int first, int rows);
  }

  private void eachBlock(Block block) {
    for (int group = 0; group < input.groups().groupCount(); group++) {
      int g = group;
      if (input.groups().events(g) > 0) {
        RowBlock.ofGroup(input, g).forEach(part -> block.rows(g, part.first(), part.rows()));
      }
    }
  }

  private INDArray weights(int g, int first, int rows) {
    INDArray scores = part(input.folded(), first, rows).mmul(keys(input.keys(), g).transpose());
    if (input.buckets() > 0) {
      INDArray bias = heads(first, rows).mmul(input.bias().array()); // [rows, buckets]
      scores.addi(bias.mmul(members(g).transpose()));
    }
    return Transforms.softmax(scores, true);
  }

  /** The head of each row as a row of zeros and a one [rows, H]. */
  private INDArray heads(int first, int rows) {
    float[][] heads = new float[rows][input.heads()];
    for (int r = 0; r < rows; r++) {
      heads[r][(first + r) % input.heads()] = 1;
    }
    return HostRows.toDevice(heads);
  }

  /** The bucket of each event as a row of zeros and a one [n, buckets]. */
  private INDArray members(int g) {
    int n = input.groups().events(g);
    return HostRows.toDevice(RecencyBuckets.members(n, n, input.buckets()));
  }

  private INDArray keys(Matrix of, int g) {
    return of.rows(input.groups().keyFrom()[g], input.groups().keyTo()[g]).array();
  }

  /** Rows with one row for each candidate and head. */
  private INDArray part(Matrix x, int first, int rows) {
    Matrix perHead = x.reshape(x.rows() * input.heads(), input.dims());
    return perHead.rows(first, first + rows).array();
  }
}
