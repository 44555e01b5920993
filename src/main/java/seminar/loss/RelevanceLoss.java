package seminar.loss;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.math.Checks;
import seminar.math.Vectors;

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
 * <p>Shapes: V distinct queries, U distinct items (fused, Σ_m w_m x^m), d dims. Unit: nats. Single
 * threaded, so deterministic: a few dozen rows per position.
 */
public final class RelevanceLoss {
  private final Backend backend;
  private final RelevanceForm form;

  /** A loss of this form. */
  public RelevanceLoss(Backend backend, RelevanceForm form) {
    this.backend = backend;
    this.form = form;
  }

  /**
   * From a cosine to a logit: {@code z = scale · cos + bias}. The released code has scale 20 (1/τ,
   * τ = 0.05) and no bias.
   *
   * @param scale a, above 0
   * @param bias b
   */
  public record CosineLogit(double scale, double bias) {
    /** Checks the ranges. */
    public CosineLogit {
      Checks.within(Double.MIN_VALUE, 1000, "scale a", scale);
      Checks.within(-1000, 1000, "bias b", bias);
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
    Work work = new Work(new UnitRows(queries), new UnitRows(items), pairs, logit, queries.cols());
    int terms = work.count();
    if (terms == 0) {
      return new Value(0, 0, 0, 0);
    }
    Value value = work.run(terms, weight);
    if (!Double.isFinite(value.loss)) {
      throw new ArithmeticException(
          "the relevance loss is %s over %d terms: a vector is not finite; lower the learning rate"
              .formatted(value.loss, terms));
    }
    work.queries.backward(backend, dQueries);
    work.items.backward(backend, dItems);
    return value;
  }

  /** One call. */
  private final class Work {
    private final UnitRows queries;
    private final UnitRows items;
    private final RelevancePairs pairs;
    private final CosineLogit logit;
    private final int d;
    private final int[] rows; // the item of each logit of a position, the matching one first
    private final double[] cosine;
    private final double[] z;
    private final double[] dz;

    Work(UnitRows queries, UnitRows items, RelevancePairs pairs, CosineLogit logit, int d) {
      this.queries = queries;
      this.items = items;
      this.pairs = pairs;
      this.logit = logit;
      this.d = d;
      int most = 1;
      for (int i = 0; i < pairs.itemRows().length; i++) {
        most = Math.max(most, 1 + pairs.negatives().length(i));
      }
      rows = new int[most];
      cosine = new double[most];
      z = new double[most];
      dz = new double[most];
    }

    int count() {
      int terms = 0;
      for (int i = 0; i < pairs.itemRows().length; i++) {
        int logits = list(i);
        terms += logits == 0 ? 0 : form.terms(logits);
      }
      return terms;
    }

    /** Lists the items of position i; none if it has no real query. */
    private int list(int i) {
      int query = pairs.queryRows()[i];
      if (query < 0 || queries.isZero(query) || items.isZero(pairs.itemRows()[i])) {
        return 0;
      }
      int count = 0;
      rows[count++] = pairs.itemRows()[i];
      int[] offsets = pairs.negatives().offsets();
      for (int at = offsets[i]; at < offsets[i + 1]; at++) {
        int row = pairs.negatives().ids()[at];
        if (!items.isZero(row)) {
          rows[count++] = row;
        }
      }
      return count;
    }

    Value run(int terms, double weight) {
      double loss = 0;
      double dScale = 0;
      double dBias = 0;
      int positions = 0;
      for (int i = 0; i < pairs.itemRows().length; i++) {
        int count = list(i);
        if (count == 0) {
          continue;
        }
        positions++;
        int query = pairs.queryRows()[i];
        loss += position(query, count);
        for (int j = 0; j < count; j++) {
          dScale += dz[j] * cosine[j];
          dBias += dz[j];
        }
        spread(query, count, weight * logit.scale / terms);
      }
      return new Value(loss / terms, positions, dScale / terms, dBias / terms);
    }

    private double position(int query, int count) {
      for (int j = 0; j < count; j++) {
        cosine[j] = Vectors.dot(queries.unit(), query * d, items.unit(), rows[j] * d, d);
        z[j] = logit.scale * cosine[j] + logit.bias;
      }
      return form.of(z, count, dz);
    }

    private void spread(int query, int count, double factor) {
      for (int j = 0; j < count; j++) {
        float g = (float) (factor * dz[j]);
        Vectors.addScaled(g, items.unit(), rows[j] * d, queries.gradient(), query * d, d);
        Vectors.addScaled(g, queries.unit(), query * d, items.gradient(), rows[j] * d, d);
      }
    }
  }
}
