package seminar.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import seminar.data.Queries;
import seminar.math.Workers;

/**
 * The words that enough texts contain, in alphabetical order, and what each weighs in a text.
 *
 * <p>Weight of a word that occurs t times in a text and in f of the n texts: (1 + ln t) · (ln((1 +
 * n) / (1 + f)) + 1); the weights of a text then get length 1.
 */
final class Vocabulary {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final String[] words;
  private final double[] rarity;

  private Vocabulary(int texts, TreeMap<String, Integer> frequencies, int minimumTexts) {
    frequencies.values().removeIf(count -> count < minimumTexts);
    words = frequencies.keySet().toArray(new String[0]);
    rarity = new double[words.length];
    for (int w = 0; w < words.length; w++) {
      numbers.put(words[w], w);
      rarity[w] = Math.log((1.0 + texts) / (1.0 + frequencies.get(words[w]))) + 1;
    }
  }

  static Vocabulary of(int texts, IntFunction<String> text, int minimumTexts, Workers workers) {
    List<Map<String, Integer>> parts = new ArrayList<>();
    for (int shard = 0; shard < Workers.shards(texts); shard++) {
      parts.add(new HashMap<>());
    }
    workers.forEach(
        texts,
        (shard, from, to) -> {
          for (int i = from; i < to; i++) {
            for (String word : new HashSet<>(Queries.tokenize(text.apply(i)))) {
              parts.get(shard).merge(word, 1, Integer::sum);
            }
          }
        });
    TreeMap<String, Integer> all = new TreeMap<>();
    for (Map<String, Integer> part : parts) {
      part.forEach((word, count) -> all.merge(word, count, Integer::sum));
      part.clear();
    }
    return new Vocabulary(texts, all, minimumTexts);
  }

  int size() {
    return words.length;
  }

  String word(int number) {
    return words[number];
  }

  double rarity(int number) {
    return rarity[number];
  }

  /** The weighted words of a text, by rising number; none if it has no known word. */
  SparseRow weigh(String text) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (String word : Queries.tokenize(text)) {
      Integer number = numbers.get(word);
      if (number != null) {
        counts.merge(number, 1, Integer::sum);
      }
    }
    int[] columns = new int[counts.size()];
    double[] weights = new double[columns.length];
    double squares = 0;
    int at = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      columns[at] = entry.getKey();
      weights[at] = (1 + Math.log(entry.getValue())) * rarity[columns[at]];
      squares += weights[at] * weights[at];
      at++;
    }
    float[] values = new float[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (weights[i] / Math.sqrt(squares));
    }
    return new SparseRow(columns, values);
  }

  /** Columns by rising number, and the value at each. */
  record SparseRow(int[] columns, float[] values) {}
}
