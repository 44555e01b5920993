package seminar.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import seminar.math.Checks;

/**
 * How well the positives of many users were ranked. It keeps each user's {@link Place}, so any
 * measure at any cut-off can be read from it, and two reports over the same users can be compared
 * user by user ({@link #values}, {@link PairedBootstrap}). Where users have several positives, each
 * is a line of its own here, and means are over all of them.
 *
 * @param ties how equal scores were ranked
 * @param owners the number of the user of each place
 * @param places one for each positive, in the order in which they were added
 */
public record RankingReport(TieRule ties, List<Integer> owners, List<Place> places) {
  /** The cut-offs of the paper's tables. */
  public static final List<Integer> CUTOFFS = List.of(1, 5, 10, 50);

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if they differ in length or there is no user: the mean of
   *     nothing is no number
   */
  public RankingReport {
    owners = List.copyOf(owners);
    places = List.copyOf(places);
    Checks.sameLength("owners", owners.size(), "places", places.size());
    if (places.isEmpty()) {
      throw new IllegalArgumentException(
          "positives is 0: a report needs at least one ranked positive");
    }
  }

  /** How many positives were ranked: one for each user, unless users have several. */
  public int positives() {
    return places.size();
  }

  /** Mean NDCG among the first {@code k}. */
  public double ndcg(int k) {
    return mean(RankingMeasure.ndcg(k));
  }

  /** Mean hit rate among the first {@code k}. */
  public double hit(int k) {
    return mean(RankingMeasure.hit(k));
  }

  /** Mean reciprocal rank. */
  public double mrr() {
    return mean(RankingMeasure.mrr());
  }

  /** The measure of each user [users], in order. */
  public double[] perUser(RankingMeasure measure) {
    return places.stream().mapToDouble(measure::of).toArray();
  }

  /** The measure of each user, averaged where a user has several positives. */
  public UserValues values(RankingMeasure measure) {
    return UserValues.of(owners.stream().mapToInt(user -> user).toArray(), perUser(measure));
  }

  /** The measure's mean over users. */
  public double mean(RankingMeasure measure) {
    double sum = 0;
    for (Place place : places) {
      sum += measure.of(place);
    }
    return sum / places.size();
  }

  /** NDCG and HIT at the paper's cut-offs, then MRR, under the paper's names. */
  public Map<String, Double> summary() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int k : CUTOFFS) {
      values.put(RankingMeasure.hit(k).toString(), hit(k));
      values.put(RankingMeasure.ndcg(k).toString(), ndcg(k));
    }
    values.put(RankingMeasure.mrr().toString(), mrr());
    return values;
  }

  /** The summary as one line. */
  @Override
  public String toString() {
    return summary().entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("  ", positives() + " positives  ", ""));
  }

  /** Collects the scores of one user after the other; not thread-safe. */
  public static final class Accumulator {
    private final TieRule ties;
    private final List<Integer> owners = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** Starts with no user. */
    public Accumulator(TieRule ties) {
      this.ties = ties;
    }

    /** Adds the user whose number is how many were added before; see {@link #add(int, float[])}. */
    public void add(float[] scores) {
      add(places.size(), scores);
    }

    /**
     * Adds a user.
     *
     * @param user its number
     * @param scores [candidates], larger is better, the positive in column 0
     * @throws IllegalArgumentException if there is no candidate or a score is not a number; the
     *     message names user and column, and nothing was added
     */
    public void add(int user, float[] scores) {
      try {
        places.add(Place.of(scores, ties));
        owners.add(user);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("user " + user + ": " + e.getMessage(), e);
      }
    }

    /** The report of all users so far. */
    public RankingReport report() {
      return new RankingReport(ties, owners, places);
    }
  }
}
