package seminar.search;

import seminar.compute.Backend;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.model.ModelOptions;

/** SEMINAR as it is made by default, for tests. */
public final class SeminarModel extends InterestModel {
  /**
   * A fresh model.
   *
   * @param seed seed of the initial parameters
   */
  public SeminarModel(
      Backend backend, Corpus corpus, Features features, ModelOptions options, long seed) {
    super(backend, corpus, features, options, Method.of(Method.Kind.SEMINAR), seed);
  }
}
