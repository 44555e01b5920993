package seminar.rank;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.math.Checks;
import seminar.math.Vectors;

/**
 * Ranks by likeness of text or picture alone: the cosine of a candidate's feature with the mean of
 * the unit features of the user's last events that have one. Features are seen from their mean over
 * the catalogue: what all items share, such as the light background of every product picture, says
 * nothing of likeness. It knows no clicks of others, so it is what content gives by itself.
 *
 * <p>A candidate without a feature, or with a feature equal to that mean, is neutral: it gets the
 * mean score of the candidates of its request that have one. A user none of whose events has a
 * feature gives every candidate 0.
 */
public final class ContentSimilarity implements Ranker {
  /** How many of the last events are averaged, unless somebody says otherwise. */
  public static final int LAST = 10;

  private final Histories histories;
  private final FeatureStore store;
  private final int[] rows;
  private final float[] centre;
  private final float[] norms;
  private final int last;

  private ContentSimilarity(
      Histories histories, FeatureStore store, int[] rows, float[] centre, int last) {
    this.histories = histories;
    this.store = store;
    this.rows = rows;
    this.centre = centre;
    this.last = last;
    norms = new float[rows.length];
    float[] vector = new float[centre.length];
    for (int item = 1; item < rows.length; item++) {
      if (rows[item] != Catalog.ABSENT) {
        copy(item, vector);
        norms[item] = Vectors.norm(vector, 0, vector.length);
      }
    }
  }

  /**
   * By texts.
   *
   * @param last how many events with a feature are averaged
   * @throws IllegalArgumentException if no item has a text feature
   */
  public static ContentSimilarity text(Corpus corpus, Features features, int last) {
    return of(corpus, features.text(), corpus.catalog()::textRow, "text", last);
  }

  /**
   * By pictures.
   *
   * @param last how many events with a feature are averaged
   * @throws IllegalArgumentException if no item has a picture feature
   */
  public static ContentSimilarity image(Corpus corpus, Features features, int last) {
    return of(corpus, features.image(), corpus.catalog()::imageRow, "picture", last);
  }

  private static ContentSimilarity of(
      Corpus corpus, FeatureStore store, IntUnaryOperator row, String kind, int last) {
    Checks.atLeast(1, "last", last);
    int items = corpus.catalog().size();
    int[] rows = new int[items + 1];
    float[] vector = new float[store.dims()];
    double[] sum = new double[store.dims()];
    int known = 0;
    for (int item = 1; item <= items; item++) {
      rows[item] = row.applyAsInt(item);
      if (rows[item] != Catalog.ABSENT) {
        store.copyRow(rows[item], vector, 0);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += vector[i];
        }
        known++;
      }
    }
    if (known == 0) {
      throw new IllegalArgumentException(
          "none of the %d items has a %s feature".formatted(items, kind));
    }
    for (int i = 0; i < sum.length; i++) {
      vector[i] = (float) (sum[i] / known);
    }
    return new ContentSimilarity(corpus.histories(), store, rows, vector, last);
  }

  /** The item's feature as seen from the centre of all. */
  private void copy(int item, float[] into) {
    store.copyRow(rows[item], into, 0);
    Vectors.addScaled(-1, centre, 0, into, 0, into.length);
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(
        requests,
        () -> {
          float[] mean = new float[store.dims()];
          float[] vector = new float[store.dims()];
          return (user, position, candidates, scores) -> {
            if (average(user, position, mean, vector)) {
              compare(candidates, mean, vector, scores);
            }
          };
        });
  }

  /** The direction of the last events; false if there is none. */
  private boolean average(int user, int position, float[] mean, float[] vector) {
    Arrays.fill(mean, 0);
    long start = histories.start(user);
    int used = 0;
    for (int p = position - 1; p >= 0 && used < last; p--) {
      int item = histories.item(start + p);
      if (norms[item] > 0) {
        copy(item, vector);
        Vectors.addScaled(1 / norms[item], vector, 0, mean, 0, mean.length);
        used++;
      }
    }
    return Vectors.normalize(mean, 0, mean.length) > 0;
  }

  private void compare(int[] candidates, float[] mean, float[] vector, float[] scores) {
    double sum = 0;
    int known = 0;
    for (int c = 0; c < scores.length; c++) {
      if (norms[candidates[c]] > 0) {
        copy(candidates[c], vector);
        scores[c] = Vectors.dot(vector, mean) / norms[candidates[c]];
        sum += scores[c];
        known++;
      }
    }
    for (int c = 0; c < scores.length && known > 0; c++) {
      if (norms[candidates[c]] == 0) {
        scores[c] = (float) (sum / known);
      }
    }
  }
}
