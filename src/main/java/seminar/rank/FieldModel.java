package seminar.rank;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import seminar.data.Corpus;
import seminar.data.Split;

/**
 * Tribuo's linear and pairwise models on user, latest items, candidate, its attributes and plain
 * counts: what the same features give without attention.
 *
 * <p>{@linkplain #logisticRegression Logistic regression} is linear, so user and latest items move
 * all candidates alike: what orders them is how often each is taken, its attributes, and what it
 * shares with the latest events. In a {@linkplain #factorizationMachine factorization machine}
 * (Rendle, Factorization Machines, ICDM 2010) every pair of features has a weight, the inner
 * product of two learned vectors.
 *
 * <p>The weights lie in plain arrays, so that the context of a request is multiplied once and not
 * for every candidate:
 *
 * <pre>
 *   z(x) = b + Σ_i w_i x_i + ½ Σ_k [ (Σ_i v_ik x_i)² − Σ_i v_ik² x_i² ]     for each label
 *   score = z(taken) − z(not taken)</pre>
 *
 * <p>Scores are log odds against a uniform negative, with {@link FieldOptions#negatives} of them
 * for each positive. Shapes: weights[features], the difference of both labels; factors[features][2
 * · F], first those of <i>taken</i>; F = 0 for a linear model. A feature that training never saw
 * has weight 0, as in Tribuo.
 */
public final class FieldModel implements Ranker {
  /** Standard deviation of the factors before training; Tribuo calls it variance. */
  private static final double INITIAL = 0.05;

  private final SparseFields fields;
  private final double bias;
  private final double[] weights;
  private final double[][] factors;
  private final int width;
  private final String provenance;
  private final Map<String, String> options;

  /**
   * Trains logistic regression on the training targets of the split.
   *
   * @throws IllegalArgumentException if there is none, or no negative for a user
   */
  public static FieldModel logisticRegression(
      Corpus corpus, Split split, FieldOptions options, long seed) {
    SparseFields fields = new SparseFields(corpus, split, options.last());
    return of(fields, linear(new FieldExamples(corpus, split, fields), options, seed), options);
  }

  /**
   * Trains a factorization machine on the training targets of the split.
   *
   * @throws IllegalArgumentException if there is none, or no negative for a user
   */
  public static FieldModel factorizationMachine(
      Corpus corpus, Split split, FieldOptions options, long seed) {
    SparseFields fields = new SparseFields(corpus, split, options.last());
    return of(fields, machine(new FieldExamples(corpus, split, fields), options, seed), options);
  }

  static LinearSGDModel linear(FieldExamples examples, FieldOptions options, long seed) {
    AdaGrad optimiser = new AdaGrad(options.rate(), 0.1);
    return new LinearSGDTrainer(
            new LogMulticlass(), optimiser, options.epochs(), SparseFields.SILENT, seed)
        .train(examples.draw(options, seed));
  }

  static FieldModel of(SparseFields fields, LinearSGDModel model, FieldOptions options) {
    DenseMatrix weights = model.getWeightsCopy();
    int biases = model.getFeatureIDMap().size(); // Tribuo keeps them in a last column
    double[] bias =
        IntStream.range(0, weights.getDimension1Size())
            .mapToDouble(label -> weights.get(label, biases))
            .toArray();
    return new FieldModel(fields, model, bias, weights, new DenseMatrix[0], options.asMap());
  }

  static FMClassificationModel machine(FieldExamples examples, FieldOptions options, long seed) {
    return new FMClassificationTrainer(
            new LogMulticlass(),
            new AdaGrad(options.rate(), 0.1),
            options.epochs(),
            SparseFields.SILENT,
            seed,
            options.factors(),
            INITIAL)
        .train(examples.draw(options, seed));
  }

  static FieldModel of(SparseFields fields, FMClassificationModel model, FieldOptions options) {
    DenseMatrix[] factors =
        Arrays.stream(model.getFactorsCopy())
            .map(DenseMatrix.class::cast)
            .toArray(DenseMatrix[]::new);
    Map<String, String> named = options.asMap();
    named.put("factors", "" + options.factors());
    double[] bias = model.getBiasesCopy().toArray();
    return new FieldModel(fields, model, bias, model.getLinearWeightsCopy(), factors, named);
  }

  /**
   * Copies the weights.
   *
   * @param bias of each label
   * @param linear [labels × features of Tribuo]
   * @param factors for each label [F × features of Tribuo]; empty for a linear model
   */
  private FieldModel(
      SparseFields fields,
      Model<Label> model,
      double[] bias,
      DenseMatrix linear,
      DenseMatrix[] factors,
      Map<String, String> options) {
    this.fields = fields;
    this.options = options;
    provenance = Provenances.json(model.getProvenance());
    int taken = model.getOutputIDInfo().getID(FieldExamples.TAKEN);
    int not = model.getOutputIDInfo().getID(FieldExamples.NOT);
    this.bias = bias[taken] - bias[not];
    ImmutableFeatureMap known = model.getFeatureIDMap();
    int count = factors.length == 0 ? 0 : factors[0].getDimension1Size();
    width = 2 * count;
    weights = new double[fields.size()];
    this.factors = new double[fields.size()][width];
    for (int feature = 0; feature < weights.length; feature++) {
      int id = known.getID(fields.name(feature));
      if (id >= 0) {
        weights[feature] = linear.get(taken, id) - linear.get(not, id);
        for (int k = 0; k < count; k++) {
          this.factors[feature][k] = factors[taken].get(k, id);
          this.factors[feature][count + k] = factors[not].get(k, id);
        }
      }
    }
  }

  /** Tribuo's record of how the model came to be, as JSON without times of day. */
  public String provenance() {
    return provenance;
  }

  /** The options it was trained with, by name. */
  public Map<String, String> options() {
    return options;
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(requests, () -> this::score);
  }

  private void score(int user, int position, int[] candidates, float[] scores) {
    int[] latest = fields.latest(user, position);
    boolean[] met = fields.met(latest);
    Sums context = new Sums(width);
    context.add(fields.context(user, position));
    for (int c = 0; c < scores.length; c++) {
      Sums all = new Sums(context);
      all.add(fields.candidate(user, position, candidates[c], latest, met));
      scores[c] = (float) all.score();
    }
  }

  /** The sums over features that a score is made of. */
  private final class Sums {
    private double linear;
    private final double[] sum;
    private final double[] squares;

    Sums(int width) {
      sum = new double[width];
      squares = new double[width];
    }

    Sums(Sums other) {
      linear = other.linear;
      sum = other.sum.clone();
      squares = other.squares.clone();
    }

    void add(SparseFields.Vector vector) {
      for (int i = 0; i < vector.features().length; i++) {
        double value = vector.values()[i];
        double[] row = factors[vector.features()[i]];
        linear += weights[vector.features()[i]] * value;
        for (int k = 0; k < width; k++) {
          double product = row[k] * value;
          sum[k] += product;
          squares[k] += product * product;
        }
      }
    }

    double score() {
      double score = bias + linear;
      for (int k = 0; k < width; k++) {
        double pairs = (sum[k] * sum[k] - squares[k]) / 2;
        score += k < width / 2 ? pairs : -pairs;
      }
      return score;
    }
  }
}
