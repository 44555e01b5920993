package seminar.loss;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * L_query-item, which teaches a query to resemble the item that it led to more than other items
 * (paper §3.3.1; our PSU-4).
 *
 * <pre>
 *   z_lj = a · cos(x^query_l, item_j) + b
 *   L_query-item = mean of  −log σ(z_ll)  and  −log(1 − σ(z_lj)),  j another item than l's
 * </pre>
 *
 * <p>{@link RelevanceForm} has two other forms. Positions without a real query are left out, and so
 * are vectors of length zero, which have no direction.
 *
 * <p>Shapes: V distinct queries, U distinct items (fused, Σ_m w_m x^m), d dims. Unit: nats.
 * Deterministic for any number of threads. Thread safety: one thread at a time.
 */
public final class RelevanceLoss {
  private final Backend backend;
  private final Workers workers;
  private final RelevanceForm form;
  private final Scratch scratch = new Scratch();
  private final UnitRows queryUnits;
  private final UnitRows itemUnits;
  private final Links links = new Links();
  private final LinkSums sums;

  /** A loss of this form whose positions are shared out among these workers. */
  public RelevanceLoss(Backend backend, Workers workers, RelevanceForm form) {
    this.backend = backend;
    this.workers = workers;
    this.form = form;
    queryUnits = new UnitRows(backend, workers);
    itemUnits = new UnitRows(backend, workers);
    sums = new LinkSums(workers);
  }

  /**
   * From a cosine to a logit: {@code z = scale · cos + bias}. The released code has scale 20 (1/τ,
   * τ = 0.05) and no bias.
   *
   * @param scale a, above 0
   * @param bias b
   */
  public record CosineLogit(double scale, double bias) {
    private static final double MOST = 1000;

    /** Checks the ranges. */
    public CosineLogit {
      Checks.within(Double.MIN_VALUE, MOST, "scale a", scale);
      Checks.within(-MOST, MOST, "bias b", bias);
    }

    /** The nearest that is in range, for numbers that are learned. */
    public static CosineLogit within(double scale, double bias) {
      return new CosineLogit(
          Math.clamp(scale, Double.MIN_VALUE, MOST), Math.clamp(bias, -MOST, MOST));
    }
  }

  /**
   * What the loss is.
   *
   * @param loss the mean over all terms; 0 where there are none
   * @param positions how many positions have a real query
   * @param dScale derivative of the loss with respect to a
   * @param dBias derivative of the loss with respect to b
   */
  public record Value(double loss, int positions, double dScale, double dBias) {}

  /**
   * The loss; adds {@code weight} times its gradient to {@code dQueries} and {@code dItems}.
   *
   * @param queries vectors of queries [V, d], not normalised
   * @param items fused vectors of items [U, d], not normalised
   * @param logit a and b, fixed or learned
   * @param weight weight of this loss among others
   * @param dQueries gradient of the queries [V, d]
   * @param dItems gradient of the items [U, d]
   * @throws IllegalArgumentException if shapes disagree
   * @throws ArithmeticException if the loss is not finite
   */
  public Value of(
      Matrix queries,
      Matrix items,
      RelevancePairs pairs,
      CosineLogit logit,
      double weight,
      Matrix dQueries,
      Matrix dItems) {
    Checks.sameLength("columns of queries", queries.cols(), "columns of items", items.cols());
    queryUnits.of(queries, scratch);
    itemUnits.of(items, scratch);
    links.list(pairs, queryUnits, itemUnits);
    int terms = 0;
    for (int i = 0; i < links.positions(); i++) {
      terms += form.terms(links.to(i) - links.from(i));
    }
    if (terms == 0) {
      return new Value(0, 0, 0, 0);
    }
    Value value = sum(terms, logit, weight, queries.cols());
    if (!Double.isFinite(value.loss)) {
      throw new ArithmeticException(
          "the relevance loss is %s over %d terms: a vector is not finite; lower the learning rate"
              .formatted(value.loss, terms));
    }
    sums.sort(links.queries(), links.count(), queries.rows());
    backward(queries, links.items(), itemUnits, dQueries);
    sums.sort(links.items(), links.count(), items.rows());
    backward(items, links.queries(), queryUnits, dItems);
    return value;
  }

  /** The loss, and the gradient of each cosine; sums of shards are added in their order. */
  private Value sum(int terms, CosineLogit logit, double weight, int d) {
    Positions[] parts = new Positions[Workers.shards(links.positions())];
    workers.forEach(
        links.positions(),
        (shard, from, to) -> {
          parts[shard] = new Positions(logit, weight * logit.scale / terms, d, links.most());
          for (int i = from; i < to; i++) {
            parts[shard].add(links.from(i), links.to(i));
          }
        });
    double loss = 0;
    double dScale = 0;
    double dBias = 0;
    for (Positions part : parts) {
      loss += part.loss;
      dScale += part.dScale;
      dBias += part.dBias;
    }
    return new Value(loss / terms, links.positions(), dScale / terms, dBias / terms);
  }

  /** The positions of one shard. */
  private final class Positions {
    private final CosineLogit logit;
    private final double factor;
    private final int d;
    private final double[] cosine;
    private final double[] z;
    private final double[] dz;
    private double loss;
    private double dScale;
    private double dBias;

    Positions(CosineLogit logit, double factor, int d, int most) {
      this.logit = logit;
      this.factor = factor;
      this.d = d;
      cosine = new double[most];
      z = new double[most];
      dz = new double[most];
    }

    /** Adds the position with the links {@code [from, to)}. */
    void add(int from, int to) {
      int count = to - from;
      int query = links.queries()[from] * d;
      for (int j = 0; j < count; j++) {
        int item = links.items()[from + j] * d;
        cosine[j] = Vectors.dot(queryUnits.unit(), query, itemUnits.unit(), item, d);
        z[j] = logit.scale * cosine[j] + logit.bias;
      }
      loss += form.of(z, count, dz);
      for (int j = 0; j < count; j++) {
        dScale += dz[j] * cosine[j];
        dBias += dz[j];
        links.weights()[from + j] = (float) (factor * dz[j]);
      }
    }
  }

  /** From the gradients of cosines to unit vectors, and from these to vectors. */
  private void backward(Matrix x, int[] others, UnitRows units, Matrix dx) {
    Matrix gradient = scratch.matrix("gradient", x.rows(), x.cols());
    sums.of(others, links.weights(), units.unit(), gradient);
    backend.rowwise().unitRowsBackward(x, gradient, dx);
  }
}
