package seminar.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import seminar.math.Checks;
import seminar.measure.BeyondAccuracy;
import seminar.measure.Place;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;
import seminar.rank.FullRanking;

/**
 * How one model ordered all items that each user has not met: part of its {@link Run}, beside the
 * places among few candidates.
 *
 * <p>Shapes: first, last [n], in the order of the run's users.
 *
 * @param first best place of the positive, from 0
 * @param last worst place
 * @param beyond what the ten best of every request are like
 * @param seconds wall time of it all
 * @param weight of the first stage's score where two stages are mixed; 0 otherwise, and left out of
 *     files
 */
public record RankedAll(
    int[] first,
    int[] last,
    BeyondAccuracy beyond,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double weight) {
  /** Checks that every positive has a place. */
  public RankedAll {
    Checks.sameLength("first", first.length, "last", last.length);
  }

  static RankedAll of(FullRanking ranking, double seconds, double weight) {
    List<Place> places = ranking.report().places();
    return new RankedAll(
        places.stream().mapToInt(Place::first).toArray(),
        places.stream().mapToInt(Place::last).toArray(),
        ranking.beyond(),
        seconds,
        weight);
  }

  /** The places as a report. */
  RankingReport report(TieRule ties, int[] users) {
    Checks.sameLength("users", users.length, "places among all items", first.length);
    List<Integer> owners = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < users.length; i++) {
      owners.add(users[i]);
      places.add(new Place(first[i], last[i]));
    }
    return new RankingReport(ties, owners, places);
  }
}
