package seminar.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Self-attention as dense ND4J operations, block by block; see {@link CpuSelfAttention}. */
final class Nd4jSelfAttention {
  private final SelfAttention input;

  Nd4jSelfAttention(SelfAttention input) {
    this.input = input;
  }

  /**
   * Queries of a head.
   *
   * @param start the first event of their history
   * @param seen the end of the events that any of them sees
   * @param first the first query
   * @param end the end of the queries
   */
  private record Block(int head, int start, int seen, int first, int end) {}

  private interface Body {
    void on(Block block);
  }

  void forward(Matrix out) {
    eachBlock(
        block -> {
          INDArray kept = weights(block);
          if (input.dropout().rate() > 0) {
            kept.muli(mask(block));
          }
          queries(out, block).assign(kept.mmul(keys(input.values(), block)));
        });
  }

  void backward(Matrix out, Matrix dOut, SelfAttention.Gradient gradient) {
    eachBlock(
        block -> {
          INDArray weights = weights(block); // [rows, n]
          INDArray dRows = queries(dOut, block); // [rows, d/H]
          INDArray kept = weights;
          INDArray dWeights = dRows.mmul(keys(input.values(), block).transpose());
          if (input.dropout().rate() > 0) {
            INDArray mask = mask(block);
            kept = weights.mul(mask);
            dWeights.muli(mask);
          }
          INDArray mean = dRows.mul(queries(out, block)).sum(true, 1);
          INDArray dScores = dWeights.subiColumnVector(mean).muli(weights).muli(input.scale());
          keys(gradient.values(), block).addi(kept.transpose().mmul(dRows));
          INDArray dKeys = dScores.transpose().mmul(queries(input.queries(), block));
          keys(gradient.keys(), block).addi(dKeys);
          queries(gradient.queries(), block).addi(dScores.mmul(keys(input.keys(), block)));
        });
  }

  private void eachBlock(Body body) {
    for (int b = 0; b < input.histories(); b++) {
      int start = input.starts()[b];
      int after = input.starts()[b + 1];
      for (int first = start; first < after; first += CpuSelfAttention.ROWS) {
        int end = Math.min(after, first + CpuSelfAttention.ROWS);
        for (int h = 0; h < input.heads(); h++) {
          body.on(new Block(h, start, input.causal() ? end : after, first, end));
        }
      }
    }
  }

  /** The softmax of scores, before the dropout. */
  private INDArray weights(Block block) {
    INDArray turned = keys(input.keys(), block).transpose();
    INDArray scores = queries(input.queries(), block).mmul(turned).muli(input.scale());
    if (input.causal()) {
      scores.addi(unseen(block));
    }
    return Transforms.softmax(scores, true);
  }

  /** The lowest number where a query does not see an event, and zeros. */
  private static INDArray unseen(Block block) {
    float[][] unseen = new float[block.end - block.first][block.seen - block.start];
    for (int r = 0; r < unseen.length; r++) {
      for (int l = block.first + r + 1; l < block.seen; l++) {
        unseen[r][l - block.start] = -Float.MAX_VALUE;
      }
    }
    return HostRows.toDevice(unseen);
  }

  /** What the dropout multiplies weights by. */
  private INDArray mask(Block block) {
    float[][] mask = new float[block.end - block.first][block.seen - block.start];
    Dropout dropout = input.dropout();
    for (int r = 0; r < mask.length; r++) {
      for (int l = 0; l < mask[r].length; l++) {
        long place = input.place(block.first + r, block.start + l, block.head);
        mask[r][l] = dropout.keeps(place) ? dropout.factor() : 0;
      }
    }
    return HostRows.toDevice(mask);
  }

  private INDArray queries(Matrix x, Block block) {
    return columns(x, block, block.first, block.end);
  }

  private INDArray keys(Matrix x, Block block) {
    return columns(x, block, block.start, block.seen);
  }

  /** The columns of a head, in the rows {@code [from, to)}, as a view. */
  private INDArray columns(Matrix x, Block block, int from, int to) {
    int d = input.headDims();
    return Nd4jAttention.columns(x.rows(from, to).array(), block.head * d, (block.head + 1) * d);
  }
}
