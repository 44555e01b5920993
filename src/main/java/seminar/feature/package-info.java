/**
 * Features of items and queries as rows of numbers: {@link seminar.feature.Encoder encoders} of
 * texts and pictures, {@link seminar.feature.Encoding} of many inputs into {@code .npy} files, and
 * stores that map such files.
 *
 * <p>The rows are those that {@link seminar.data.Catalog#textRow} and {@link
 * seminar.data.Catalog#imageRow} name; an item without a row has no features of that kind. {@link
 * seminar.feature.FeatureSet} makes features and rows for a catalogue; rows of queries are their
 * numbers ({@link seminar.feature.Inputs#queries}).
 */
package seminar.feature;
