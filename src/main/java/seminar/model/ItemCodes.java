package seminar.model;

import seminar.math.Checks;
import seminar.options.Withers;
import seminar.quantize.ProductQuantizer;

/**
 * Whether items are told by codes of their texts, each code with a vector that is learned: items
 * that say alike share codes, so that what is learned of one is known of the other, and an item
 * that nobody has met has codes as soon as it has a text.
 *
 * <pre>
 *   CODE-1  PRODUCT   c_is = argmin_c ‖(R t_i)_s − b_sc‖                   s-th piece of the turned text
 *           RESIDUAL  c_is = argmin_c ‖r_is − b_sc‖,  r_i1 = t_i,  r_i,s+1 = r_is − b_s,c_is
 *   CODE-2  e_i = mean over s of E_s[c_is],    x^A = (item + e_i + mean of attribute vectors) W_a
 * </pre>
 *
 * <p>t_i is the text of item i, of unit length; rotation R and centroids b are learned from the
 * texts of the catalogue, without labels, before training and never in it. An item without a text
 * has no codes: nothing is added to x^A, and it keeps what codes stand in place of.
 *
 * @param kind how codes are made; {@link Kind#NONE}, as in the paper, is left out of files, and the
 *     others then say nothing
 * @param columns S: subspaces of a product code, or levels of a residual one
 * @param centroids C of each subspace or level
 * @param insteadOf what codes stand in place of
 * @see <a href="https://arxiv.org/abs/2210.12316">Hou, He, McAuley, Zhao. Learning vector-quantized
 *     item representation for transferable sequential recommenders (VQ-Rec). WWW 2023</a>
 * @see <a href="https://arxiv.org/abs/2305.05065">Rajput et al. Recommender systems with generative
 *     retrieval (TIGER, semantic ids). NeurIPS 2023</a>
 */
@Withers
public record ItemCodes(Kind kind, int columns, int centroids, InsteadOf insteadOf)
    implements ItemCodesBuilder.With {
  /** No codes; were there any, they would be eight of 32 centroids beside everything else. */
  public static final ItemCodes OFF = new ItemCodes(Kind.NONE, 8, 32, InsteadOf.NOTHING);

  private static final int LEVELS = 4;

  /** Codes of this kind, of a size for catalogues of a few thousand items. */
  public static ItemCodes of(Kind kind, InsteadOf insteadOf) {
    ItemCodes sized = OFF.withKind(kind).withInsteadOf(insteadOf);
    return kind == Kind.RESIDUAL ? sized.withColumns(LEVELS) : sized;
  }

  /** How codes are made. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /** Optimized product quantization: codes of pieces, none before the other (VQ-Rec). */
    PRODUCT,
    /** Residual quantization: from coarse to fine, so that near texts share the first (TIGER). */
    RESIDUAL
  }

  /** What codes stand in place of, for the items that have them. */
  public enum InsteadOf {
    /** Nothing: they stand beside all else. */
    NOTHING,
    /** The item's own vector, so that x^A is codes and attributes. */
    OWN_VECTOR,
    /** The text channel x^T, which is then absent. */
    TEXT,
    /** Both: texts speak through codes alone, and so do ids (VQ-Rec). */
    BOTH
  }

  /** Checks every number. */
  public ItemCodes {
    Checks.atLeast(1, "columns S of item codes", columns);
    Checks.within(1, ProductQuantizer.MAX_CENTROIDS, "centroids C of item codes", centroids);
  }

  /** Whether there are codes. */
  public boolean applies() {
    return kind != Kind.NONE;
  }

  /** Whether items that have codes have no own vector. */
  boolean replacesOwnVector() {
    return applies() && (insteadOf == InsteadOf.OWN_VECTOR || insteadOf == InsteadOf.BOTH);
  }

  /** Whether items that have codes have no text channel. */
  boolean replacesText() {
    return applies() && (insteadOf == InsteadOf.TEXT || insteadOf == InsteadOf.BOTH);
  }

  /** Equals the absence of codes, which files leave out. */
  static final class Off {
    @Override
    public boolean equals(Object codes) {
      return codes instanceof ItemCodes those && !those.applies();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
