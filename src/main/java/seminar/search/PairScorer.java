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
 * the model has it, and the head that reads both.
 *
 * <pre>
 *   u                                    Interest
 *   ST-1   u_S                           LatestAttention, if asked for
 *   CTR-1  logit = f_θ(u, t, … [u_S])    ClickHead
 * </pre>
 *
 * <p>Shapes: C candidates, d dims. Thread safety: one thread at a time.
 */
final class PairScorer {
  private final Interest interest;
  private final Optional<LatestAttention> shortTerm;
  private final ClickHead head;
  private final int d;
  private final Scratch scratch = new Scratch();

  /** Makes the parameters of short term and head, behind those of the interest. */
  PairScorer(
      Interest interest,
      Backend backend,
      Parameters parameters,
      Corpus corpus,
      ModelOptions options) {
    this.interest = interest;
    d = options.dims();
    shortTerm =
        options.shortTerm() == 0
            ? Optional.empty()
            : Optional.of(new LatestAttention(backend, parameters, options));
    head = new ClickHead(backend, parameters, corpus.catalog().eos(), options);
  }

  /** The long-term interest. */
  Interest interest() {
    return interest;
  }

  /** The parameters will not move any more. */
  void fix() {
    interest.fix();
    shortTerm.ifPresent(LatestAttention::fix);
  }

  /** Leaves the logits in {@link #logits}. */
  void forward(EncodedBatch encoded) {
    forward(encoded, u -> interest.forward(encoded, u));
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
    head.forward(interests, encoded.candidates(), encoded.batch(), logits(encoded.count()));
    return attended;
  }

  /**
   * Adds the gradients of the parameters and of the vectors that {@link #forward} read.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss that trains a search of its own, 0 where there is none
   */
  double backward(Matrix dLogits, float[] labels, EncodedBatch.Gradient gradient) {
    int c = dLogits.rows();
    List<Matrix> du = new ArrayList<>(List.of(scratch.zeros("du", c, d)));
    shortTerm.ifPresent(latest -> du.add(scratch.zeros("dShortTerm", c, d)));
    head.backward(dLogits, du, gradient.candidates().getFirst());
    interest.backward(du.getFirst(), gradient);
    shortTerm.ifPresent(latest -> latest.backward(du.getLast(), gradient));
    return interest.auxiliary(labels, gradient);
  }

  /** The logits of C candidates [C, 1]. */
  Matrix logits(int c) {
    return scratch.matrix("logits", c, 1);
  }
}
