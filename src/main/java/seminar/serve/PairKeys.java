package seminar.serve;

import java.util.Arrays;
import seminar.model.Batch;
import seminar.search.PairVectors;

/**
 * The pairs of a history as a search outside the model reads them.
 *
 * @param keys fused pairs [n, d]
 * @param parts what each channel adds to them [4][n, d]; empty where nobody asks
 */
record PairKeys(float[] keys, float[][] parts) {
  /**
   * Of some pairs.
   *
   * @param items item of each pair [n]
   * @param queries query of each pair [n]
   * @param apart whether channels are asked for too
   */
  static PairKeys of(PairVectors vectors, int[] items, int[] queries, boolean apart) {
    if (!apart) {
      return new PairKeys(vectors.keys(items, queries), new float[0][]);
    }
    float[][] parts = vectors.parts(items, queries);
    float[] keys = new float[items.length * vectors.dims()];
    for (float[] part : parts) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] += part[i];
      }
    }
    return new PairKeys(keys, parts);
  }

  /** Of the events that each group of a batch sees. */
  static PairKeys[] of(PairVectors vectors, Batch batch, boolean apart) {
    PairKeys[] keys = new PairKeys[batch.groups().groupCount()];
    for (int g = 0; g < keys.length; g++) {
      int from = batch.groups().keyFrom()[g];
      int to = batch.groups().keyTo()[g];
      int[] items = Arrays.copyOfRange(batch.items(), from, to);
      int[] queries = Arrays.copyOfRange(batch.queries(), from, to);
      keys[g] =
          from == to
              ? new PairKeys(new float[0], new float[0][])
              : of(vectors, items, queries, apart);
    }
    return keys;
  }
}
