/**
 * Vectors as small numbers: k-means, codebooks, quantizers of one channel and of several, and the
 * tables that score codes without decoding them.
 *
 * <p>Three roles are kept apart. A <b>quantizer</b> is learned once, immutable, and turns vectors
 * into codes and back: {@link seminar.quantize.ProductQuantizer}, {@link
 * seminar.quantize.RotatedQuantizer} where dimensions depend on each other, {@link
 * seminar.quantize.ResidualQuantizer} where few bytes must say much and encoding may take long,
 * {@link seminar.quantize.ScoreAwareQuantizer} where only the largest inner products count, {@link
 * seminar.quantize.GridQuantizer} where nothing shall be learned (RaBitQ), {@link
 * seminar.quantize.DirectionQuantizer} around one of them where lengths differ, and {@link
 * seminar.quantize.MultiModalQuantizer} for channels whose weights come with each target.
 * <b>Codes</b> ({@link seminar.quantize.Codes}, {@link seminar.quantize.NormCodes}) are the
 * compressed events. A <b>score table</b> ({@link seminar.quantize.Quantizer#tables}, {@link
 * seminar.quantize.SymmetricTable}) turns codes into inner products with one target.
 *
 * <p>Letters: L events, M channels, d dims of a channel, S subspaces (the paper's N_bit, which
 * counts sub-vectors and not bits), C centroids of a subspace. Matrices are flat and row-major.
 */
package seminar.quantize;
