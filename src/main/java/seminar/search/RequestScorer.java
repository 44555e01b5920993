package seminar.search;

import java.util.Arrays;
import java.util.List;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.BackendKind;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * Scores candidates of requests whose pairs are at hand as vectors, on the caller's thread: a
 * trained model behind its channels, with copies of its weights, and with maps that follow each
 * other multiplied once.
 *
 * <p>Shapes: E events, C candidates, H heads, d dims. Thread safety: one thread at a time; each
 * thread has its own.
 */
public final class RequestScorer {
  private static final Workers ALONE = Workers.of(1);

  private final ModelOptions options;
  private final PairTable table;
  private final PairScorer scorer;
  private final int largestItem;
  private final Scratch scratch = new Scratch();

  RequestScorer(
      Method method, ModelOptions options, Corpus corpus, Parameters trained, PairTable table) {
    this.options = options;
    this.table = table;
    Backend backend = BackendKind.CPU.on(ALONE);
    Parameters copies = new Parameters(0);
    Interests parts = Interests.of(method, backend, copies, corpus, options);
    scorer = new PairScorer(method, parts, backend, copies, corpus, options);
    for (Parameter copy : copies.all()) {
      copy.set(trained.get(copy.name()).value().toArray());
    }
    scorer.fix();
    largestItem = corpus.catalog().eos();
  }

  /**
   * The pairs of candidates.
   *
   * @param items [C]
   * @param queries [C]; 0 for none
   * @return t [C, d], valid until the next call
   */
  public Matrix candidates(int[] items, int[] queries) {
    Matrix t = scratch.matrix("t", items.length, options.dims());
    table.pairs(items, queries, t);
    return t;
  }

  /**
   * What each head looks for in events.
   *
   * @param candidates t [C, d]
   * @return r [C · H][d]: those of the first candidate, of the second …
   * @throws IllegalArgumentException if events are not chosen by inner products
   */
  public List<float[]> headQueries(Matrix candidates) {
    int d = options.dims();
    float[] all = scorer.interest().headQueries(candidates).toArray();
    float[][] rows = new float[all.length / d][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * d, (row + 1) * d));
    return Arrays.asList(rows);
  }

  /**
   * What beside inner products decides which events a head keeps.
   *
   * @throws IllegalArgumentException if events are not chosen by inner products
   */
  public ChoiceRule rule() {
    return interest().rule();
  }

  /**
   * Click logits, the model's own stages one after the other.
   *
   * @param batch which events each candidate sees; only models whose search asks for the items or
   *     queries of events read these, so they may be left out for others
   * @param keys the pairs of the events [E, d]
   * @param candidates t [C, d]
   * @return logits and which events led to them; pooled vectors are valid until the next call
   */
  public InterestModel.Explanation score(Batch batch, Matrix keys, Matrix candidates) {
    EncodedBatch encoded = encoded(batch, keys, candidates);
    return explained(encoded, scorer.forward(encoded));
  }

  /**
   * The same, had each head kept these events.
   *
   * @throws IllegalArgumentException if heads of this model do not choose for themselves
   */
  public InterestModel.Explanation score(
      Batch batch, Matrix keys, Matrix candidates, Choice choice) {
    EncodedBatch encoded = encoded(batch, keys, candidates);
    return explained(encoded, scorer.forward(encoded, u -> interest().over(choice, encoded, u)));
  }

  private Interest interest() {
    return scorer.interest();
  }

  private EncodedBatch encoded(Batch batch, Matrix keys, Matrix candidates) {
    EncodedBatch.Parts parts = table.parts(batch);
    int[] items = batch.candidateItems();
    if (Arrays.stream(items).anyMatch(item -> item > largestItem)) {
      int[] known = Arrays.stream(items).map(item -> item > largestItem ? 0 : item).toArray();
      batch =
          new Batch(
              batch.items(), batch.queries(), batch.groups(), known, batch.candidateQueries());
    }
    return new EncodedBatch(
        batch, List.of(keys), List.of(candidates), parts, false, Interests.EVALUATION);
  }

  private InterestModel.Explanation explained(EncodedBatch encoded, Attended attended) {
    return new InterestModel.Explanation(scorer.logits(encoded.count()).toArray(), attended);
  }
}
