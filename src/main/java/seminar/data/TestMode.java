package seminar.data;

import java.util.Arrays;

/**
 * Which query stands beside the positive and beside each negative when candidates are ranked; the
 * history keeps its queries in every mode. The headline is recommendation; the others are labelled,
 * since on some data the query gives the answer away.
 */
public enum TestMode {
  /** Nobody has typed anything: the query of every candidate is empty. */
  RECOMMENDATION,

  /** The query of the positive stands beside every candidate: which item answers it? */
  SEARCH,

  /**
   * Every candidate has its own query: the positive the one it was found with, a negative the one
   * it was found with most often in training.
   */
  PAIR;

  /**
   * The queries of the candidates of one request.
   *
   * @param positiveQuery the query of the event that is to be ranked
   * @param candidates the items, the positive first
   * @param own the queries that negatives bring along; asked by {@link #PAIR} alone
   * @return one query for each candidate
   */
  public int[] queries(int positiveQuery, int[] candidates, ItemQueries own) {
    int[] queries = new int[candidates.length];
    switch (this) {
      case RECOMMENDATION -> Arrays.fill(queries, Queries.EMPTY);
      case SEARCH -> Arrays.fill(queries, positiveQuery);
      case PAIR -> {
        Arrays.setAll(queries, i -> i == 0 ? positiveQuery : own.query(candidates[i]));
      }
    }
    return queries;
  }
}
