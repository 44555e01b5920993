package seminar.feature;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import seminar.data.Queries;
import seminar.math.Checks;
import seminar.math.Vectors;

/**
 * Text features without a trained model: every word, and every pair of neighbouring words, adds its
 * weight with a hashed sign at a hashed place of a vector of {@code dims} numbers, which then gets
 * length 1.
 *
 * <p>A word weighs ln((1 + n) / (1 + f)) + 1, where f of the n fitted texts contain it; a pair
 * weighs half the mean of its words. A text without words is the zero vector. Immutable; safe for
 * any number of threads. See:
 *
 * <pre>
 * K. Weinberger, A. Dasgupta, J. Langford, A. Smola, J. Attenberg. "Feature hashing for large scale
 * multitask learning". ICML, 2009.</pre>
 */
public final class HashedText implements Encoder<String> {
  /** The usual number of dimensions. */
  public static final int DIMS = 64;

  private static final int BATCH = 1024;

  private final int dims;
  private final int texts;
  private final Map<String, Integer> frequencies;

  private HashedText(int dims, int texts, Map<String, Integer> frequencies) {
    this.dims = Checks.atLeast(1, "dims", dims);
    this.texts = texts;
    this.frequencies = frequencies;
  }

  /** Learns how common each word is. */
  public static HashedText fit(List<String> texts, int dims) {
    Map<String, Integer> frequencies = new HashMap<>();
    for (String text : texts) {
      for (String word : new HashSet<>(Queries.tokenize(text))) {
        frequencies.merge(word, 1, Integer::sum);
      }
    }
    return new HashedText(dims, texts.size(), frequencies);
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public String fingerprint() {
    Fingerprint all = new Fingerprint().add("hashed text 1").add(dims).add(texts);
    new TreeMap<>(frequencies).forEach((word, count) -> all.add(word).add(count));
    return all.hex();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<float[]> encodeBatch(List<String> texts) {
    return Encoding.each(texts, this::encode);
  }

  /** The vector of a text: {@code dims} numbers of length 1, or zero if it has no word. */
  @Override
  public float[] encode(String text) {
    float[] vector = new float[dims];
    List<String> words = Queries.tokenize(text);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      add(word, weight(word), vector);
      if (i > 0) {
        String before = words.get(i - 1);
        add(before + " " + word, (weight(before) + weight(word)) / 4, vector);
      }
    }
    Vectors.normalize(vector, 0, dims);
    return vector;
  }

  private double weight(String word) {
    return Math.log((1.0 + texts) / (1.0 + frequencies.getOrDefault(word, 0))) + 1;
  }

  private void add(String feature, double weight, float[] vector) {
    // FNV-1a over characters, then the finaliser of MurmurHash3.
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < feature.length(); i++) {
      hash = (hash ^ feature.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 33;
    int place = (int) Long.remainderUnsigned(hash >>> 1, dims);
    vector[place] += (float) ((hash & 1) == 0 ? weight : -weight);
  }
}
