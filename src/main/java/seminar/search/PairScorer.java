package seminar.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.model.ClickHead;
import seminar.model.ModelOptions;
import seminar.model.Parameters;

/**
 * From pairs to click logits: the long-term interest of each candidate, the short-term one where
 * the model has it, and the head that reads both; or, or besides, what comes next in the history.
 *
 * <pre>
 *   u                                    Interest
 *   ST-1   u_S                           LatestAttention, if asked for
 *   CTR-1  logit = f_θ(u, t, … [u_S])    ClickHead
 *   SEQ-5  logit += s · t                SequenceBranch, if asked for; alone in SASRec
 * </pre>
 *
 * <p>Shapes: C candidates, d dims. Thread safety: one thread at a time.
 */
final class PairScorer {
  private final Method method;
  private final Optional<Interest> interest;
  private final Optional<LatestAttention> shortTerm;
  private final Optional<ClickHead> head; // where there is an interest
  private final Optional<SequenceBranch> sequence;
  private final int d;
  private final Scratch scratch = new Scratch();

  /**
   * Makes the parameters of short term, head and sequence, behind those of the interest.
   *
   * @throws IllegalArgumentException if the method is a self-attention over the history, and the
   *     options have none
   */
  PairScorer(
      Method method,
      Interests parts,
      Backend backend,
      Parameters parameters,
      Corpus corpus,
      ModelOptions options) {
    this.method = method;
    interest = parts.interest();
    d = options.dims();
    shortTerm =
        options.shortTerm() == 0 || interest.isEmpty()
            ? Optional.empty()
            : Optional.of(new LatestAttention(backend, parameters, options));
    head = interest.map(any -> new ClickHead(backend, parameters, corpus.catalog().eos(), options));
    sequence =
        options.sequence().applies()
            ? Optional.of(new SequenceBranch(backend, parameters, parts.sequence(), options))
            : Optional.empty();
    if (interest.isEmpty() && sequence.isEmpty()) {
      throw new IllegalArgumentException(
          "sequence.layers J is 0, but %s is a self-attention over the history: give 1 or more"
              .formatted(method.kind()));
    }
  }

  /**
   * The long-term interest.
   *
   * @throws IllegalArgumentException if this model has none
   */
  Interest interest() {
    return interest.orElseThrow(
        () ->
            new IllegalArgumentException(
                "%s weighs no events for a candidate: ask SEMINAR or one of its peers that attend to"
                        .formatted(method.kind())
                    + " them"));
  }

  /** Whether candidates are scored by a head, which clicks teach. */
  boolean learnsFromClicks() {
    return head.isPresent();
  }

  /** What comes next in the history, where the model has it. */
  Optional<SequenceBranch> sequence() {
    return sequence;
  }

  /** The parameters will not move any more. */
  void fix() {
    interest.ifPresent(Interest::fix);
    shortTerm.ifPresent(LatestAttention::fix);
  }

  /**
   * Leaves the logits in {@link #logits}.
   *
   * @return which events led to them; none where the model has no long-term interest
   */
  Attended forward(EncodedBatch encoded) {
    if (interest.isPresent()) {
      return forward(encoded, u -> interest.get().forward(encoded, u));
    }
    int c = encoded.count();
    logits(c).clear();
    addSequence(encoded);
    return new Attended(1, 0, new int[c], new int[0], new float[0], logits(c));
  }

  /**
   * The same, with the long-term interest found otherwise.
   *
   * @param interested fills u [C, d]
   * @return what led to it
   */
  Attended forward(EncodedBatch encoded, Function<Matrix, Attended> interested) {
    Matrix u = scratch.matrix("u", encoded.count(), d);
    Attended attended = interested.apply(u);
    List<Matrix> interests = new ArrayList<>(List.of(u));
    if (shortTerm.isPresent()) {
      Matrix latest = scratch.matrix("shortTerm", encoded.count(), d);
      shortTerm.get().forward(encoded, latest);
      interests.add(latest);
    }
    Matrix logits = logits(encoded.count());
    head.orElseThrow().forward(interests, encoded.candidates(), encoded.batch(), logits);
    addSequence(encoded);
    return attended;
  }

  private void addSequence(EncodedBatch encoded) {
    sequence.ifPresent(branch -> branch.forward(encoded, logits(encoded.count())));
  }

  /**
   * Adds the gradients of the parameters and of the vectors that {@link #forward} read, but for
   * those of {@link #sequence}, which knows what clicks say of its states afterwards.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss that trains a search of its own, 0 where there is none
   */
  double backward(
      Matrix dLogits, float[] labels, EncodedBatch encoded, EncodedBatch.Gradient gradient) {
    sequence.ifPresent(branch -> branch.logitsBackward(dLogits, encoded, gradient));
    int c = dLogits.rows();
    List<Matrix> du = new ArrayList<>(List.of(scratch.zeros("du", c, d)));
    shortTerm.ifPresent(latest -> du.add(scratch.zeros("dShortTerm", c, d)));
    head.orElseThrow().backward(dLogits, du, gradient.candidates().getFirst());
    interest().backward(du.getFirst(), gradient);
    shortTerm.ifPresent(latest -> latest.backward(du.getLast(), gradient));
    return interest().auxiliary(labels, gradient);
  }

  /** The logits of C candidates [C, 1]. */
  Matrix logits(int c) {
    return scratch.matrix("logits", c, 1);
  }
}
