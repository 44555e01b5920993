package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.Cost;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.Rows;
import seminar.quantize.SymmetricTable;

/**
 * Scores every event from the product-quantization codes of its channels (paper §3.3.3), for
 * targets with weights of their own.
 *
 * <p>Where weights are the same for all targets, {@link CodeRetriever} over fused keys finds more
 * in as many bytes. An asymmetric search allocates nothing but its result as long as searches come
 * one after the other; a symmetric one also encodes its target.
 */
public final class ProductRetriever implements ChannelRetriever {
  private final MultiModalQuantizer quantizer;
  private final Codes codes;
  private final Mode mode;
  private final CodeBlocks blocks;
  private final SymmetricTable[] pairs; // one for SYMMETRIC_TABLE, else none
  private final Spare<SearchScratch> spare = new Spare<>();

  /** How a target meets codes. */
  public enum Mode {
    /**
     * M²·S look-ups an event in a table of all pairs of centroids, as the paper writes it and
     * without any art: what the others are compared with.
     */
    SYMMETRIC_TABLE,
    /** The same scores with M·S look-ups an event and without that table. */
    SYMMETRIC,
    /**
     * M·S look-ups an event; the target is not quantized, so scores are closer to the exact ones.
     */
    ASYMMETRIC
  }

  private ProductRetriever(MultiModalQuantizer quantizer, Codes codes, Mode mode) {
    this.quantizer = quantizer;
    this.codes = codes;
    this.mode = mode;
    this.blocks = new CodeBlocks(codes);
    this.pairs =
        mode == Mode.SYMMETRIC_TABLE
            ? new SymmetricTable[] {SymmetricTable.of(quantizer, Workers.common())}
            : new SymmetricTable[0];
  }

  /**
   * Over events that are already encoded.
   *
   * @param codes [L, M·S]
   * @throws IllegalArgumentException if the codes are not the quantizer's, or {@link
   *     Mode#SYMMETRIC_TABLE} would need too large a table
   */
  public static ProductRetriever of(MultiModalQuantizer quantizer, Codes codes, Mode mode) {
    int columns = quantizer.channels() * quantizer.subspaces();
    Checks.sameLength("M·S sub-vectors", columns, "row of codes", codes.columns());
    Checks.sameLength("codebook", quantizer.centroids(), "that of the codes", codes.centroids());
    return new ProductRetriever(quantizer, codes, mode);
  }

  @Override
  public int size() {
    return codes.rows();
  }

  @Override
  public int channels() {
    return quantizer.channels();
  }

  @Override
  public int dims() {
    return quantizer.dims();
  }

  @Override
  public Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    target.checkShape(quantizer.channels(), quantizer.dims());
    Rows.bounded("target", target.vectors(), quantizer.dims());
    return switch (mode) {
      case SYMMETRIC_TABLE -> searchPairs(target, k);
      case SYMMETRIC -> {
        float[] decoded = quantizer.decode(encoded(target));
        yield search(new Target(decoded, target.weights()), k, encoding(target));
      }
      case ASYMMETRIC -> search(target, k, 0);
    };
  }

  private Retrieval search(Target target, int k, long encoding) {
    SearchScratch scratch = spare.take(this::newScratch);
    target.fuse(scratch.query);
    tables(scratch, target.weights());
    scratch.best.reset(Math.min(k, Math.max(1, size())));
    for (int first = 0; first < size(); first += CodeBlocks.ROWS) {
      int count = blocks.score(scratch.tables, first, scratch.scores);
      scratch.best.offer(scratch.scores, count, first);
    }
    TopK top = scratch.best.top();
    spare.giveBack(scratch);
    int tables = codes.columns() * quantizer.centroids();
    long fusing = (long) quantizer.channels() * quantizer.dims();
    long multiplications = encoding + fusing + fusing * (quantizer.centroids() + 1);
    return new Retrieval(
        top,
        new Cost((long) size() * codes.columns(), multiplications, codes.bytes() + 4L * tables));
  }

  /** T[j][b][c] = ⟨γ_j q[b], e_j[b][c]⟩. */
  private void tables(SearchScratch scratch, float[] weights) {
    int subspaces = quantizer.subspaces();
    float[] weighted = scratch.weighted;
    for (int j = 0; j < weights.length; j++) {
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = weights[j] * scratch.query[i];
      }
      quantizer.channel(j).tables(weighted, scratch.tables, j * subspaces);
    }
  }

  private Retrieval searchPairs(Target target, int k) {
    SymmetricTable.Scored scored = pairs[0].score(encoded(target), codes, target.weights());
    Cost cost = scored.cost().plus(new Cost(0, encoding(target), 0));
    return new Retrieval(TopK.of(scored.scores(), k), cost);
  }

  private Codes encoded(Target target) {
    return quantizer.encode(target.vectors(), Workers.common());
  }

  /** Multiplications to encode a target: M·d·C. */
  private long encoding(Target target) {
    return (long) target.vectors().length * quantizer.centroids();
  }

  private SearchScratch newScratch() {
    int size = quantizer.channel(0).newTables()[0].length;
    return new SearchScratch(quantizer.dims(), new float[codes.columns()][size]);
  }
}
