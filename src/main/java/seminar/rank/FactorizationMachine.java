package seminar.rank;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import seminar.data.Corpus;
import seminar.data.Split;

/**
 * Tribuo's factorization machine (Rendle, Factorization Machines, ICDM 2010) on user, latest items,
 * candidate, its attributes and plain counts: every pair of features has a weight, the inner
 * product of two learned vectors. It is what the same features give without attention.
 *
 * <p>Scores are log odds against a uniform negative, with {@link FieldOptions#negatives} of them
 * for each positive.
 */
public final class FactorizationMachine implements Ranker {
  /** Standard deviation of the factors before training; Tribuo calls it variance. */
  private static final double INITIAL = 0.05;

  private final FieldModel model;
  private final String provenance;
  private final Map<String, String> options;

  private FactorizationMachine(FieldModel model, String provenance, Map<String, String> options) {
    this.model = model;
    this.provenance = provenance;
    this.options = options;
  }

  /**
   * Trains on the training targets of the split.
   *
   * @throws IllegalArgumentException if there is none, or no negative for a user
   */
  public static FactorizationMachine fit(
      Corpus corpus, Split split, FieldOptions options, long seed) {
    SparseFields fields = new SparseFields(corpus, split, options.last());
    FMClassificationModel model = train(new FieldExamples(corpus, split, fields), options, seed);
    Map<String, String> named = new LinkedHashMap<>(options.asMap());
    named.put("factors", "" + options.factors());
    return new FactorizationMachine(
        extract(fields, model), Provenances.json(model.getProvenance()), named);
  }

  static FMClassificationModel train(FieldExamples examples, FieldOptions options, long seed) {
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

  static FieldModel extract(SparseFields fields, FMClassificationModel model) {
    DenseMatrix[] factors =
        Arrays.stream(model.getFactorsCopy())
            .map(DenseMatrix.class::cast)
            .toArray(DenseMatrix[]::new);
    return new FieldModel(
        fields, model, model.getBiasesCopy().toArray(), model.getLinearWeightsCopy(), factors);
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
