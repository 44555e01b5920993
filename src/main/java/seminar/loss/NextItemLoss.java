package seminar.loss;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * Which item comes next, against items that do not (our NI-1 and NI-2).
 *
 * <pre>
 *   NI-1  L = (1/n) Σ_e [ −β log σ(s_e·v_e) − Σ_j log σ(−s_e·n_j) ] / (k + 1)      BINARY
 *   NI-2  L = (1/n) Σ_e [ log(exp(s_e·v_e) + Σ_j exp(s_e·n_j)) − s_e·v_e ]         SOFTMAX
 * </pre>
 *
 * <p>With k = 1 and β = 1 the first is SASRec's, halved; with β of {@link NextItemOptions#power}
 * gSASRec's. A negative that is the item itself is left out.
 *
 * <p>Shapes: n events, d dims; states s and items that came next v [n, d]; m negatives [m, d],
 * shared, or n·k of them, k for each event. Unit: nats. Shared negatives cost three products of
 * matrices, {@code 3·n·m·d} multiplications, and {@code ROWS · m} numbers of memory.
 */
public final class NextItemLoss {
  /** How many scores are held at once. */
  public static final int MOST_SCORES = 1 << 22;

  private final Backend backend;
  private final NextItemOptions options;
  private final int items;
  private final Scratch scratch = new Scratch();

  /**
   * Some events and what came next.
   *
   * @param states s [n, d]
   * @param next v [n, d]
   */
  public record Events(Matrix states, Matrix next) {
    /** Those of {@code [from, to)}, as views. */
    public Events rows(int from, int to) {
      return new Events(states.rows(from, to), next.rows(from, to));
    }
  }

  /**
   * A loss over a catalogue.
   *
   * @param items I, from how many items negatives are drawn
   */
  public NextItemLoss(Backend backend, NextItemOptions options, int items) {
    this.backend = backend;
    this.options = options;
    this.items = items;
  }

  /**
   * The loss of events that share their negatives.
   *
   * @param same which negative is the item that came next [n], −1 for none
   * @param negatives [m, d]
   * @param share weight of an event's term, 1/n of all events of a step
   * @param gradient what is added to, as the events
   * @param dNegatives what is added to [m, d]
   * @return the sum of the terms
   */
  public double shared(
      Events events,
      int[] same,
      Matrix negatives,
      double share,
      Events gradient,
      Matrix dNegatives) {
    int n = events.states().rows();
    int m = negatives.rows();
    int block = Math.max(1, MOST_SCORES / Math.max(1, m));
    double loss = 0;
    for (int from = 0; from < n; from += block) {
      int to = Math.min(n, from + block);
      Events rows = events.rows(from, to);
      Matrix scores = scratch.zeros("scores", to - from, m);
      backend.dense().linearBackwardInput(rows.states(), negatives, scores); // s nᵀ
      loss += of(rows, Arrays.copyOfRange(same, from, to), scores, share, gradient.rows(from, to));
      backend.dense().linearAdd(scores, negatives, gradient.states().rows(from, to));
      backend.dense().linearBackwardWeight(scores, rows.states(), dNegatives);
    }
    return loss;
  }

  /** Terms of some events; their gradients replace the scores. */
  private double of(Events rows, int[] same, Matrix scores, double share, Events gradient) {
    int n = same.length;
    Matrix positives = scratch.matrix("positives", n, 1);
    backend.rowwise().rowDots(rows.states(), rows.next(), positives);
    double loss = contrast(positives, scores, same, share);
    backend
        .rowwise()
        .rowDotsBackward(rows.states(), rows.next(), positives, gradient.states(), gradient.next());
    return loss;
  }

  private double contrast(Matrix positives, Matrix scores, int[] same, double share) {
    int sampled = scores.cols();
    double loss;
    if (options.form() == NextItemOptions.Form.SOFTMAX) {
      loss = backend.contrasts().softmaxContrast(positives, scores, same, share, positives, scores);
    } else {
      double each = share / (sampled + 1);
      double power = options.power(items, sampled);
      loss =
          backend
              .contrasts()
              .binaryContrast(positives, scores, same, each * power, each, positives, scores);
    }
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException(
          "the next-item loss is %s over %d events: a score is not finite; lower the learning rate"
              .formatted(loss, same.length));
    }
    return loss;
  }

  /**
   * The loss of events of which each has its own negatives.
   *
   * @param rows where the negatives of the events lie among {@code vectors} [n · k]: those of the
   *     first event, of the second …; none is the item that came next
   * @param vectors of items [U, d]
   * @param share weight of an event's term
   * @param gradient what is added to, as the events
   * @param dVectors what is added to [U, d]
   * @return the sum of the terms
   */
  public double own(
      Events events, int[] rows, Matrix vectors, double share, Events gradient, Matrix dVectors) {
    int n = events.states().rows();
    int k = n == 0 ? 0 : rows.length / n;
    int d = vectors.cols();
    int block = Math.max(1, MOST_SCORES / Math.max(1, k * d));
    double loss = 0;
    for (int from = 0; from < n; from += block) {
      int to = Math.min(n, from + block);
      int count = (to - from) * k;
      int[] some = Arrays.copyOfRange(rows, from * k, to * k);
      int[] whose = new int[count];
      Arrays.setAll(whose, i -> i / k);
      Events part = events.rows(from, to);
      Events dPart = gradient.rows(from, to);
      Matrix s = scratch.matrix("s", count, d);
      backend.lookup().gather(part.states(), whose, s);
      Matrix v = scratch.matrix("v", count, d);
      backend.lookup().gather(vectors, some, v);
      Matrix scores = scratch.matrix("scores", count, 1);
      backend.rowwise().rowDots(s, v, scores);
      int[] none = new int[to - from];
      Arrays.fill(none, -1);
      loss += of(part, none, scores.reshape(to - from, k), share, dPart);
      Matrix ds = scratch.zeros("ds", count, d);
      Matrix dv = scratch.zeros("dv", count, d);
      backend.rowwise().rowDotsBackward(s, v, scores, ds, dv);
      backend.lookup().scatterAdd(ds, whose, dPart.states());
      backend.lookup().scatterAdd(dv, some, dVectors);
    }
    return loss;
  }
}
