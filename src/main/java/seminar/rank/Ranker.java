package seminar.rank;

import java.util.Arrays;
import seminar.math.Checks;

/** Anything that can order candidates for a request: a user and a cut-off in their history. */
@FunctionalInterface
public interface Ranker {
  /**
   * Scores of all candidates of all requests; larger is better.
   *
   * @return one row for each request, as long as its list of candidates
   */
  float[][] score(Requests requests);

  /**
   * Users, cut-offs and the candidates to be ordered there. A ranker may use what the user did
   * before the position and nothing later.
   *
   * @param users user of each request
   * @param positions position in that user's history
   * @param candidates items to be ordered, the positive first
   * @param queries the query that stands beside each candidate; 0 for none
   */
  record Requests(int[] users, int[] positions, int[][] candidates, int[][] queries) {
    /** Checks that the lists belong together. */
    public Requests {
      Checks.sameLength("positions", positions.length, "users", users.length);
      Checks.sameLength("candidates", candidates.length, "users", users.length);
      Checks.sameLength("queries", queries.length, "users", users.length);
    }

    /** Without queries: nobody has typed anything. */
    public Requests(int[] users, int[] positions, int[][] candidates) {
      this(users, positions, candidates, empty(candidates));
    }

    private static int[][] empty(int[][] candidates) {
      return Arrays.stream(candidates).map(row -> new int[row.length]).toArray(int[][]::new);
    }

    /** How many requests there are. */
    public int size() {
      return users.length;
    }
  }
}
