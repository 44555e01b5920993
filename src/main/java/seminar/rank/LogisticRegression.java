package seminar.rank;

import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import seminar.data.Corpus;
import seminar.data.Split;

/**
 * Tribuo's logistic regression on user, latest items, candidate, its attributes and plain counts.
 * It is linear, so user and latest items move all candidates alike: what orders them is how often
 * each is taken, its attributes, and what it shares with the latest events.
 *
 * <p>Scores are log odds against a uniform negative, with {@link FieldOptions#negatives} of them
 * for each positive.
 */
public final class LogisticRegression implements Ranker {
  private final FieldModel model;
  private final String provenance;
  private final Map<String, String> options;

  private LogisticRegression(FieldModel model, String provenance, Map<String, String> options) {
    this.model = model;
    this.provenance = provenance;
    this.options = options;
  }

  /**
   * Trains on the training targets of the split.
   *
   * @throws IllegalArgumentException if there is none, or no negative for a user
   */
  public static LogisticRegression fit(
      Corpus corpus, Split split, FieldOptions options, long seed) {
    SparseFields fields = new SparseFields(corpus, split, options.last());
    LinearSGDModel model = train(new FieldExamples(corpus, split, fields), options, seed);
    return new LogisticRegression(
        extract(fields, model), Provenances.json(model.getProvenance()), options.asMap());
  }

  static LinearSGDModel train(FieldExamples examples, FieldOptions options, long seed) {
    AdaGrad optimiser = new AdaGrad(options.rate(), 0.1);
    return new LinearSGDTrainer(
            new LogMulticlass(), optimiser, options.epochs(), SparseFields.SILENT, seed)
        .train(examples.draw(options, seed));
  }

  static FieldModel extract(SparseFields fields, LinearSGDModel model) {
    DenseMatrix weights = model.getWeightsCopy();
    int biases = model.getFeatureIDMap().size(); // Tribuo keeps them in a last column
    double[] bias =
        IntStream.range(0, weights.getDimension1Size())
            .mapToDouble(label -> weights.get(label, biases))
            .toArray();
    return new FieldModel(fields, model, bias, weights, new DenseMatrix[0]);
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
    return model.score(requests);
  }
}
