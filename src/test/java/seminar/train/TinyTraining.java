package seminar.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.file.Sha256;
import seminar.loss.NextItemOptions;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.CodedChoice;
import seminar.model.HeadOptions;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.model.ParameterGroup;
import seminar.model.SequenceOptions;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.search.PretrainingSearchUnit;
import seminar.search.PsuOptions;
import seminar.search.SeminarModel;
import seminar.world.World;
import seminar.world.WorldOptions;

/**
 * A whole training, small enough to be done many times: a planted world of twenty histories, four
 * users a step.
 */
final class TinyTraining {
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(20)).corpus();
  private static final Features FEATURES = new Features(noise("text"), noise("image"));
  private static final ModelOptions MODEL =
      ModelOptions.laptop()
          .withDims(8)
          .withLengths(6, 20)
          .withAttention(AttentionOptions.paper(6).withHeads(2).withRecencyBuckets(3))
          .withHead(new HeadOptions(4, true, true, 0));
  private static final ModelOptions CODED =
      MODEL.withAttention(
          MODEL.attention().withTopK(3).withLatest(1).withCoded(new CodedChoice(3, 4, 8)));
  private static final ModelOptions ITEM_CODED =
      MODEL.withChannels(
          MODEL
              .channels()
              .withCodes(
                  new ItemCodes(ItemCodes.Kind.PRODUCT, 2, 4, ItemCodes.InsteadOf.OWN_VECTOR)));
  private static final ModelOptions SEQUENCE =
      MODEL.withSequence(SequenceOptions.sasRec().withDropout(0.3));
  private static final NextItemOptions NEXT_ITEM =
      NextItemOptions.gSasRec().withNegatives(5).withWindow(NextItemOptions.Window.ANYWHERE);
  private static final PsuOptions PSU = PsuOptions.paper();

  /** What is trained. */
  enum Kind {
    /** The pretraining unit: three losses, random numbers in each step. */
    PRETRAINING,
    /** SEMINAR with frozen embeddings. */
    FINE_TUNING,
    /** SEMINAR that chooses by codes, which are renewed every third step, across epochs. */
    CODED,
    /** SEMINAR whose items are told by codes of their texts. */
    ITEM_CODED,
    /** SEMINAR beside a self-attention with dropout that learns which item comes next. */
    SEQUENCE
  }

  final TrainOptions options;
  final Trainable model;
  private final Kind kind;
  private final Trainer trainer;

  /** An untrained model; it computes on these threads. */
  TinyTraining(Kind kind, Workers workers, int epochs) {
    this.kind = kind;
    options =
        new TrainOptions(epochs, 4, 4, 1, Adam.Options.withRate(5e-3), 7)
            .withClip(0.3)
            .withPatience(epochs)
            .withNextItem(kind == Kind.SEQUENCE ? NEXT_ITEM : NextItemOptions.none());
    Backend backend = Backends.cpu().on(workers);
    model =
        switch (kind) {
          case PRETRAINING -> unit(backend, workers);
          case FINE_TUNING -> seminar(backend);
          case CODED -> new SeminarModel(backend, CORPUS, FEATURES, CODED, 5);
          case ITEM_CODED -> new SeminarModel(backend, CORPUS, FEATURES, ITEM_CODED, 5);
          case SEQUENCE ->
              new InterestModel(
                  backend, CORPUS, FEATURES, SEQUENCE, new Method.Seminar(), NEXT_ITEM, 5);
        };
    trainer = new Trainer(backend, model, batches(), options);
  }

  private static Trainable unit(Backend backend, Workers workers) {
    return new PretrainingSearchUnit(backend, workers, CORPUS, FEATURES, MODEL, PSU, 5);
  }

  static SeminarModel seminar(Backend backend) {
    SeminarModel seminar = new SeminarModel(backend, CORPUS, FEATURES, MODEL, 5);
    seminar.parameters().freeze(Set.of(ParameterGroup.EMBEDDINGS));
    return seminar;
  }

  /** Eight numbers for each item; made at once, unlike features that mean something. */
  private static FeatureStore noise(String name) {
    float[] values = new float[8 * CORPUS.catalog().size()];
    Rng.gaussian(Rng.stream(name, 1), values, 1);
    return FeatureStore.of(8, values);
  }

  private TrainingBatches batches() {
    return new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 20, options);
  }

  int steps() {
    return options.epochs() * batches().perEpoch();
  }

  /** The checkpoint after every {@code everySteps} steps. */
  Checkpoints checkpoints(Path file, int everySteps) {
    Map<String, Object> all = Map.of("model", MODEL, "losses", PSU);
    RunIdentity run = RunIdentity.of(kind.toString(), all, CORPUS.hash(), "1");
    return new Checkpoints(file, run, everySteps, 0);
  }

  List<TrainListener.Epoch> train(TrainListener listener) {
    return trainer.train(this::measure, listener);
  }

  List<TrainListener.Epoch> train(TrainListener listener, Checkpoints checkpoints)
      throws IOException {
    return trainer.train(this::measure, listener, checkpoints);
  }

  /** A number that depends on the model and is not best in the last epoch. */
  private double measure() {
    float[] row = model.parameters().get("attention/query").value().toArray();
    return Math.sin(1000 * row[0]);
  }

  /** A fingerprint of every bit that a training leaves. */
  String bits(List<TrainListener.Epoch> rows) {
    StringBuilder all = new StringBuilder(rows.toString());
    for (Map.Entry<String, float[]> entry : model.parameters().snapshot().entrySet()) {
      ByteBuffer bytes = ByteBuffer.allocate(entry.getValue().length * Float.BYTES);
      bytes.asFloatBuffer().put(entry.getValue());
      all.append(entry.getKey()).append(Sha256.of(bytes.array()));
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
