/**
 * Vectors as small numbers: k-means, codebooks, the product quantizer of one channel and of
 * several, and the tables that score codes without decoding them.
 *
 * <p>Three roles are kept apart. A <b>quantizer</b> ({@link seminar.quantize.ProductQuantizer},
 * {@link seminar.quantize.MultiModalQuantizer}) is learned once, immutable, and turns vectors into
 * codes and back. <b>Codes</b> ({@link seminar.quantize.Codes}) are the compressed events. A
 * <b>score table</b> ({@link seminar.quantize.QueryTable}, {@link seminar.quantize.SymmetricTable})
 * turns codes into inner products with one target.
 *
 * <p>Letters: L events, M channels, d dims of a channel, S subspaces (the paper's N_bit, which
 * counts sub-vectors and not bits), C centroids of a subspace. Matrices are flat and row-major.
 */
package seminar.quantize;
