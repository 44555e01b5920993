package seminar.experiment;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import seminar.model.ModelOptions;
import seminar.model.ParameterGroup;
import seminar.search.Method;
import seminar.search.PsuOptions;
import seminar.search.Restored;
import seminar.train.TrainOptions;

/**
 * Everything that decides how SEMINAR, or one of its peers, is made, pretrained, trained and
 * judged.
 *
 * @param model shape of PSU, GSU and ESU
 * @param method how the interest in a candidate is found; the PSU is SEMINAR's alone
 * @param psu the pretraining losses
 * @param pretraining how the PSU is trained
 * @param training how GSU and ESU are trained
 * @param restored what they take over from the PSU
 * @param frozen what does not learn after pretraining
 * @param protocol what is learned from and how it is judged
 */
public record Setup(
    ModelOptions model,
    Method method,
    PsuOptions psu,
    TrainOptions pretraining,
    TrainOptions training,
    Restored restored,
    Set<ParameterGroup> frozen,
    Protocol protocol) {
  /** Copies the groups, in their order. */
  public Setup {
    EnumSet<ParameterGroup> groups = EnumSet.noneOf(ParameterGroup.class);
    groups.addAll(frozen);
    frozen = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  /** The paper's model, losses and training (§3, §4.1). */
  public static Setup paper(long seed) {
    return new Setup(
        ModelOptions.paper(),
        Method.of(Method.Kind.SEMINAR),
        PsuOptions.paper(),
        TrainOptions.paper(seed),
        TrainOptions.paper(seed),
        Restored.EMBEDDINGS,
        Set.of(),
        Protocol.paper());
  }

  /** What converges in minutes on two cores (docs/DEPARTURES.md). */
  public static Setup laptop(long seed) {
    return new Setup(
        ModelOptions.laptop(),
        Method.of(Method.Kind.SEMINAR),
        PsuOptions.paper(),
        TrainOptions.laptop(seed).withEpochs(4),
        TrainOptions.laptop(seed),
        Restored.ALL,
        Set.of(),
        Protocol.paper());
  }

  /** The same with another model. */
  public Setup with(ModelOptions value) {
    return new Setup(value, method, psu, pretraining, training, restored, frozen, protocol);
  }

  /** The same with another method. */
  public Setup with(Method value) {
    return new Setup(model, value, psu, pretraining, training, restored, frozen, protocol);
  }

  /** The same with other pretraining losses. */
  public Setup with(PsuOptions value) {
    return new Setup(model, method, value, pretraining, training, restored, frozen, protocol);
  }

  /** The same with other training of the PSU. */
  public Setup withPretraining(TrainOptions value) {
    return new Setup(model, method, psu, value, training, restored, frozen, protocol);
  }

  /** The same with other training of GSU and ESU. */
  public Setup withTraining(TrainOptions value) {
    return new Setup(model, method, psu, pretraining, value, restored, frozen, protocol);
  }

  /** The same with more or less taken over. */
  public Setup with(Restored value) {
    return new Setup(model, method, psu, pretraining, training, value, frozen, protocol);
  }

  /** The same with other groups frozen. */
  public Setup withFrozen(Set<ParameterGroup> value) {
    return new Setup(model, method, psu, pretraining, training, restored, value, protocol);
  }

  /** The same with another protocol. */
  public Setup with(Protocol value) {
    return new Setup(model, method, psu, pretraining, training, restored, frozen, value);
  }
}
