package seminar.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import seminar.compute.Naive.Table;

/**
 * {@link Backend.Attention#attend} as plain loops in double precision. Pads are really put before
 * the events.
 *
 * @param choosing what chooses, [C, H·d]
 * @param choosingBias its recency bias
 * @param end key row of the end, negative for none
 * @param length events and pads together, 0 for no pads
 * @param padScores [C, H]
 * @param given what is chosen beforehand
 * @param latest how many of the newest are kept whatever their score
 */
record NaiveAttention(
    Table keys,
    Table choosingKeys,
    Table folded,
    Table bias,
    Table choosing,
    Table choosingBias,
    Groups groups,
    int topK,
    int end,
    int length,
    Table padScores,
    Choice given,
    Weighing weighing,
    int latest) {
  private static final int PAD = -1;

  /** The choice and the weighing take the same tables where the input has one for both. */
  static NaiveAttention of(AttentionInput input) {
    Table keys = Table.of(input.keys());
    Table folded = Table.of(input.folded());
    Table bias = Table.of(input.bias());
    boolean apart = input.search().folded() != input.folded();
    return new NaiveAttention(
        keys,
        input.search().keys() == input.keys() ? keys : Table.of(input.search().keys()),
        folded,
        bias,
        apart ? Table.of(input.search().folded()) : folded,
        apart ? Table.of(input.search().bias()) : bias,
        input.groups(),
        input.topK(),
        input.endRow(),
        input.padding().length(),
        Table.of(input.padding().scores()),
        input.choice(),
        input.weighing(),
        input.latest());
  }

  private int heads() {
    return folded.cols() / keys.cols();
  }

  private double score(Table of, Table queries, Table recency, int c, int h, int g, int key) {
    double score = 0;
    for (int k = 0; k < keys.cols(); k++) {
      score += of.at(key, k) * queries.at(c, h * keys.cols() + k);
    }
    if (recency.cols() > 0 && key != end) {
      int log = (int) (Math.log(groups.keyTo()[g] - key) / Math.log(2) + 1e-9);
      score += recency.at(h, Math.min(log, recency.cols() - 1));
    }
    return score;
  }

  /** What every candidate and head keeps, key rows or {@link #PAD}, in the order of age. */
  List<int[]> chosen() {
    List<int[]> chosen = new ArrayList<>();
    for (int g = 0; g < groups.groupCount(); g++) {
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        for (int h = 0; h < heads(); h++) {
          chosen.add(best(g, c, h));
        }
      }
    }
    return chosen;
  }

  private int[] best(int g, int c, int h) {
    if (given != Choice.NONE) {
      int row = c * heads() + h;
      return Arrays.copyOfRange(given.selected(), row * topK, row * topK + given.kept()[row]);
    }
    List<Integer> slots = new ArrayList<>();
    for (int pad = groups.events(g); pad < length; pad++) {
      slots.add(PAD);
    }
    for (int key = groups.keyFrom()[g]; key < groups.keyTo()[g]; key++) {
      slots.add(key);
    }
    if (end >= 0) {
      slots.add(end);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      places.add(i);
    }
    places.sort(
        Comparator.comparingDouble(
            i ->
                i >= slots.size() - latest
                    ? Double.NEGATIVE_INFINITY
                    : slots.get(i) == PAD
                        ? -padScores.at(c, h)
                        : -score(
                            choosingKeys,
                            choosing,
                            choosingBias,
                            c,
                            h,
                            g,
                            slots.get(i)))); // stable
    return places.stream().limit(topK).sorted().mapToInt(slots::get).toArray();
  }

  /** Pooled keys [C, H·d] of what was chosen. */
  Table pool(List<int[]> chosen) {
    Table pooled = Table.zeros(folded.rows(), folded.cols());
    for (int g = 0; g < groups.groupCount(); g++) {
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        for (int h = 0; h < heads(); h++) {
          double[] weights = weights(g, c, h, chosen.get(c * heads() + h));
          for (int i = 0; i < weights.length; i++) {
            int key = chosen.get(c * heads() + h)[i];
            for (int k = 0; k < keys.cols() && key != PAD; k++) {
              pooled.add(c, h * keys.cols() + k, weights[i] * keys.at(key, k));
            }
          }
        }
      }
    }
    return pooled;
  }

  private double[] weights(int g, int c, int h, int[] chosen) {
    double[] weights = new double[chosen.length];
    double sum = 0;
    for (int i = 0; i < chosen.length; i++) {
      double score = chosen[i] == PAD ? 0 : score(keys, folded, bias, c, h, g, chosen[i]);
      weights[i] =
          switch (weighing) {
            case SOFTMAX -> Math.exp(score);
            case SCORES -> score;
            case ONES -> 1;
          };
      sum += weighing == Weighing.SOFTMAX ? weights[i] : 0;
    }
    sum = weighing == Weighing.SOFTMAX ? sum : 1;
    for (int i = 0; i < chosen.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
