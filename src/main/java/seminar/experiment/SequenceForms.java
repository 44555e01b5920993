package seminar.experiment;

import java.util.List;
import java.util.function.UnaryOperator;
import seminar.loss.NextItemOptions;
import seminar.model.ModelOptions;
import seminar.model.SequenceOptions;
import seminar.search.Method;
import seminar.train.TrainOptions;

/**
 * Sequence models beside SEMINAR, SEMINAR with what they know, and what each part of that is worth:
 * all of them trained to their own plateau.
 */
public final class SequenceForms {
  /** SEMINAR with everything of {@link Setup#extended}. */
  public static final String EXTENDED = "SEMINAR, extended";

  private static final int EPOCHS = 100;

  /**
   * Passes without a better validation after which training stops: a binary loss over many
   * negatives stays at popularity for as long before it learns more.
   */
  private static final int PATIENCE = 12;

  private SequenceForms() {}

  /**
   * The lines; the extended SEMINAR is the first.
   *
   * @param base what all share: lengths, batches, protocol, backend
   */
  public static List<Contender> of(Setup base) {
    Setup plain = toPlateau(base);
    Setup extended = toPlateau(base.extended());
    NextItemOptions softmax = extended.training().nextItem();
    return List.of(
        new Contender(EXTENDED, extended, false),
        new Contender("SEMINAR, extended and pretrained", extended, true),
        less("the next-item loss", learning(extended, NextItemOptions.none())),
        less("softmax, binary loss instead", learning(extended, sampled(softmax))),
        less("the sequence", withoutSequence(extended)),
        less("the short term", model(extended, model -> model.withShortTerm(0))),
        less("recency", model(extended, model -> model.withRecency(0))),
        less(
            "dropout",
            model(extended, model -> model.withSequence(model.sequence().withDropout(0)))),
        new Contender(Contender.SEMINAR, plain, true),
        new Contender("TWIN", Contender.with(plain, Method.Kind.TWIN), false),
        new Contender("SASRec", sequence(base, NextItemOptions.sasRec()), false),
        new Contender("gSASRec", sequence(base, NextItemOptions.gSasRec()), false),
        new Contender("SASRec, softmax", sequence(base, softmax), false));
  }

  private static Contender less(String what, Setup setup) {
    return new Contender("SEMINAR, extended, without " + what, setup, false);
  }

  private static Setup toPlateau(Setup setup) {
    int epochs = Math.max(EPOCHS, setup.training().epochs());
    return setup.withTraining(setup.training().withEpochs(epochs).withPatience(PATIENCE));
  }

  private static Setup model(Setup setup, UnaryOperator<ModelOptions> change) {
    return setup.withModel(change.apply(setup.model()));
  }

  private static Setup learning(Setup setup, NextItemOptions nextItem) {
    return setup.withTraining(setup.training().withNextItem(nextItem));
  }

  private static Setup withoutSequence(Setup setup) {
    Setup clicks = learning(setup, NextItemOptions.none());
    return model(clicks, model -> model.withSequence(SequenceOptions.none()));
  }

  private static NextItemOptions sampled(NextItemOptions softmax) {
    return softmax.withForm(NextItemOptions.Form.BINARY).withCalibration(1);
  }

  /** SASRec with the lengths, batches and windows of the others. */
  private static Setup sequence(Setup base, NextItemOptions nextItem) {
    TrainOptions shared = base.training();
    Setup own = Setup.sasRec(shared.seed());
    TrainOptions training =
        own.training()
            .withUsersPerBatch(shared.usersPerBatch())
            .withNextItem(nextItem.withWindow(NextItemOptions.Window.ANYWHERE))
            .withEpochs(EPOCHS);
    ModelOptions model =
        own.model()
            .withDims(base.model().dims())
            .withLengths(base.model().attention().topK(), base.model().sequenceLength());
    return toPlateau(
        own.withModel(model)
            .withTraining(training)
            .withPretraining(base.pretraining())
            .withProtocol(base.protocol())
            .withBackend(base.backend()));
  }
}
