/**
 * Features of items as rows of numbers: matrices in {@code .npy} files that are mapped, hashed text
 * features, descriptors of pictures.
 *
 * <p>The rows are those that {@link seminar.data.Catalog#textRow} and {@link
 * seminar.data.Catalog#imageRow} name; an item without a row has no features of that kind.
 */
package seminar.feature;
