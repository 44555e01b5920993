package seminar.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.loss.AlignmentInput;
import seminar.loss.AlignmentLoss;
import seminar.loss.AlignmentOptions;
import seminar.loss.AlignmentTarget;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.DisentangledHistories;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.model.SequenceOptions;

/**
 * SESRec: {@link DisentangledHistories}, and what teaches queries and items to be one space.
 *
 * <pre>
 *   SES-7  L_align: symmetric cross entropy of cosines over τ between the queries of searched events
 *          and the items that they led to, in chunks of 256 events of the step (PSU-3's form)
 *   SES-8  L = L_ctr + a L_tri + b L_align
 * </pre>
 *
 * <p>Shapes: E events, n of them with a query, d dims.
 *
 * @see <a href="https://arxiv.org/abs/2305.10822">Si et al. When search meets recommendation:
 *     learning disentangled search representation for recommendation. SIGIR 2023</a>
 */
final class DisentangledInterest implements Interest {
  private static final int CHUNK = 256;

  private final Backend backend;
  private final Method.Sesrec sesrec;
  private final int d;
  private final DisentangledHistories histories;
  private final AlignmentLoss alignment;
  private final Scratch scratch = new Scratch();
  private EncodedBatch encoded;
  private double triplet;

  /** Makes the parameters, named {@code sequence/sesrec/...}. */
  DisentangledInterest(
      Backend backend, Parameters parameters, Method.Sesrec sesrec, ModelOptions options) {
    this.backend = backend;
    this.sesrec = sesrec;
    d = options.dims();
    SequenceOptions layers =
        SequenceOptions.none()
            .withLayers(sesrec.layers())
            .withHeads(sesrec.heads())
            .withDropout(sesrec.dropout());
    histories = new DisentangledHistories(backend, parameters, layers, sesrec.margin(), options);
    alignment =
        new AlignmentLoss(
            backend,
            Workers.common(),
            new AlignmentOptions(CHUNK, sesrec.temperature(), AlignmentTarget.PAIRS));
  }

  @Override
  public Attended forward(EncodedBatch given, Matrix u) {
    encoded = given;
    histories.forward(
        encoded.batch(),
        encoded.pairs(),
        encoded.candidates(),
        encoded.learning(),
        encoded.seed(),
        u);
    return new Attended(1, 0, new int[u.rows()], new int[0], new float[0], u);
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    triplet =
        histories.backward(
            du, sesrec.triplet(), gradient.keys().getFirst(), gradient.candidates().getFirst());
  }

  @Override
  public double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    return sesrec.triplet() * triplet + sesrec.alignment() * align(gradient);
  }

  private double align(EncodedBatch.Gradient gradient) {
    Batch batch = encoded.batch();
    int[] searched =
        IntStream.range(0, batch.queries().length).filter(e -> batch.queries()[e] != 0).toArray();
    int n = searched.length;
    if (sesrec.alignment() == 0 || n == 0) {
      return 0;
    }
    int[] fields = {IntegratedInterest.QUERIES, IntegratedInterest.ITEMS};
    Matrix[] vectors = new Matrix[fields.length];
    Matrix[] dVectors = new Matrix[fields.length];
    boolean[][] present = new boolean[fields.length][n];
    for (int m = 0; m < fields.length; m++) {
      vectors[m] = scratch.matrix("vectors" + m, n, d);
      backend.lookup().gather(encoded.keyFields().get(fields[m]), searched, vectors[m]);
      dVectors[m] = scratch.zeros("dVectors" + m, n, d);
      Arrays.fill(present[m], true);
    }
    Ragged all = new Ragged(new int[] {0, n}, IntStream.range(0, n).toArray());
    int[] items = IntStream.of(searched).map(e -> batch.items()[e]).toArray();
    double loss =
        alignment
            .of(
                new AlignmentInput(vectors, present, all, items),
                sesrec.temperature(),
                sesrec.alignment(),
                dVectors)
            .loss();
    for (int m = 0; m < fields.length; m++) {
      backend.lookup().scatterAdd(dVectors[m], searched, gradient.keys().get(fields[m]));
    }
    return loss;
  }
}
