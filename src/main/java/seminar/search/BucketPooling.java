package seminar.search;

import java.util.Arrays;
import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.compute.Weighing;

/**
 * SDIM: events that share a hash bucket with the candidate are summed; no search, no softmax.
 *
 * <pre>
 *   SDIM-1  bucket_h(x) = τ sign bits of x R_h, read as a number
 *   SDIM-2  s_h = Σ of k_l over the events l with bucket_h(k_l) = bucket_h(t)
 *   SDIM-3  u = 1/m Σ_h s_h / ‖s_h‖, or without the norms
 * </pre>
 *
 * <p>An event collides with chance {@code (1 − angle / π)^τ}, so in expectation this is an
 * attention with that weight. Hashes stand in the place of heads. Shapes: m hashes of width τ, R
 * [d, m τ], C candidates. No gradient passes the buckets.
 *
 * @see <a href="https://doi.org/10.1145/3511808.3557074">Cao et al. SDIM. CIKM 2022</a>
 */
final class BucketPooling implements Interest {
  private final Backend backend;
  private final SignBits bits;
  private final int hashes;
  private final int width;
  private final boolean normalised;
  private final Scratch scratch = new Scratch();
  private AttentionInput input;
  private Attended attended;

  /**
   * A pooling.
   *
   * @param bits of all hashes, one hash after the other
   * @param hashes m
   * @param width τ, bits of a hash
   * @param normalised whether the sum of a bucket is brought to unit length
   */
  BucketPooling(Backend backend, SignBits bits, int hashes, int width, boolean normalised) {
    this.backend = backend;
    this.bits = bits;
    this.hashes = hashes;
    this.width = width;
    this.normalised = normalised;
  }

  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    bits.encode(encoded);
    Groups groups = encoded.groups();
    int places = Math.max(1, groups.mostEvents());
    int d = u.cols();
    Matrix unused = scratch.zeros("folded", encoded.count(), hashes * d);
    input =
        new AttentionInput(encoded.pairs(), unused, Matrix.zeros(hashes, 0), groups, places)
            .chosen(collisions(groups, places))
            .withWeighing(Weighing.ONES);
    attended =
        backend.attention().attend(input, scratch.matrix("sums", encoded.count(), hashes * d));
    Matrix sums = perHash(attended.pooled(), d);
    Matrix terms = sums;
    if (normalised) {
      terms = scratch.matrix("units", sums.rows(), d);
      backend.rowwise().unitRows(sums, terms);
    }
    u.clear();
    backend.lookup().scatterAdd(terms, owners(sums.rows()), u);
    backend.rowwise().scale(1f / hashes, u);
    return attended;
  }

  private Matrix perHash(Matrix x, int d) {
    return x.reshape(x.rows() * hashes, d);
  }

  /** The candidate of each row of a hash. */
  private int[] owners(int rows) {
    int[] owners = new int[rows];
    Arrays.setAll(owners, row -> row / hashes);
    return owners;
  }

  /** For each candidate and hash the events in its bucket. */
  private Choice collisions(Groups groups, int places) {
    int[] kept = new int[groups.candidateCount() * hashes];
    int[] selected = new int[Math.multiplyExact(kept.length, places)];
    for (int h = 0; h < hashes; h++) {
      int[] ofEvents = bits.ofEvents(h * width, width);
      int[] ofCandidates = bits.ofCandidates(h * width, width);
      for (int g = 0; g < groups.groupCount(); g++) {
        for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
          int row = c * hashes + h;
          for (int e = groups.keyFrom()[g]; e < groups.keyTo()[g]; e++) {
            if (ofEvents[e] == ofCandidates[c]) {
              selected[row * places + kept[row]++] = e;
            }
          }
        }
      }
    }
    return new Choice(kept, selected);
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    int d = du.cols();
    backend.rowwise().scale(1f / hashes, du);
    Matrix sums = perHash(attended.pooled(), d);
    Matrix dTerms = scratch.matrix("dTerms", sums.rows(), d);
    backend.lookup().gather(du, owners(sums.rows()), dTerms);
    Matrix dSums = dTerms;
    if (normalised) {
      dSums = scratch.zeros("dSums", sums.rows(), d);
      backend.rowwise().unitRowsBackward(sums, dTerms, dSums);
    }
    Matrix unused = scratch.zeros("dFolded", du.rows(), hashes * d);
    backend
        .attention()
        .attendBackward(
            input,
            attended,
            dSums.reshape(du.rows(), hashes * d),
            new AttentionInput.Gradient(
                gradient.keys().getFirst(), unused, Matrix.zeros(hashes, 0)));
  }
}
