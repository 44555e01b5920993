package seminar.search;

import java.util.Optional;
import java.util.function.Function;
import seminar.compute.Backend;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Checks;
import seminar.math.TopSet;
import seminar.math.Vectors;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * QIN's relevance search: of all events the K₁ whose items are nearest to the candidate's query,
 * and of these the K whose items are nearest to the candidate's item, by cosine.
 *
 * <p>A candidate without a query skips the first step, since there is nothing to be relevant to; or
 * it takes the latest query of the events that it sees, so that the first step runs in recommending
 * too ({@link #byLatestQuery}). In the released code events pass an untrained map W_K, query and
 * item an untrained W_Q, and inner products take the place of cosines.
 *
 * @see <a href="https://doi.org/10.1145/3583780.3614742">Guo et al. QIN. CIKM 2023</a>
 */
final class QuerySearch implements EventSearch {
  private final Backend backend;
  private final int firstK;
  private final int topK;
  private final int dims;
  private final Optional<Maps> maps;
  private final boolean latestQuery;
  private final Scratch scratch = new Scratch();

  /**
   * The maps of the released code, which never learn.
   *
   * @param query W_Q [d, d]
   * @param key W_K [d, d]
   */
  private record Maps(Parameter query, Parameter key) {}

  private QuerySearch(
      Backend backend, int dims, int firstK, int topK, Optional<Maps> maps, boolean latestQuery) {
    this.backend = backend;
    this.dims = dims;
    this.firstK = Checks.atLeast(topK, "firstK", firstK);
    this.topK = topK;
    this.maps = maps;
    this.latestQuery = latestQuery;
  }

  /**
   * The search by cosines.
   *
   * @param firstK K₁, events that are relevant to the query
   * @throws IllegalArgumentException if {@code firstK < topK}: the second step would find too few
   */
  static QuerySearch byCosine(Backend backend, int dims, int firstK, int topK) {
    return new QuerySearch(backend, dims, firstK, topK, Optional.empty(), false);
  }

  /** That of the released code, with parameters {@code search/query} and {@code search/key}. */
  static QuerySearch released(
      Backend backend, Parameters parameters, int dims, int firstK, int topK) {
    double bound = 1 / Math.sqrt(dims);
    Parameter query = parameters.uniform("search/query", dims, dims, bound);
    Parameter key = parameters.uniform("search/key", dims, dims, bound);
    query.freeze(true);
    key.freeze(true);
    return new QuerySearch(backend, dims, firstK, topK, Optional.of(new Maps(query, key)), false);
  }

  /**
   * The same, in which a candidate without a query takes the latest that was typed among the events
   * that it sees; where nothing was typed it skips the first step.
   */
  QuerySearch byLatestQuery() {
    return new QuerySearch(backend, dims, firstK, topK, maps, true);
  }

  @Override
  public Choice choose(EncodedBatch encoded) {
    Matrix past = scratch.matrix("event items", encoded.batch().items().length, dims);
    Matrix shown = scratch.matrix("candidate items", encoded.count(), dims);
    Matrix asked = scratch.matrix("candidate queries", encoded.count(), dims);
    encoded.parts().eventItems().accept(past);
    encoded.parts().candidates().accept(shown, asked);
    float[] events = mapped("events", past, Maps::key);
    float[] items = mapped("items", shown, Maps::query);
    float[] queries = mapped("queries", asked, Maps::query);
    float[] typed = latestQuery ? mapped("typed", typed(encoded), Maps::query) : new float[0];
    Groups groups = encoded.groups();
    int[] relevant = new int[firstK];
    float[] byQuery = new float[groups.mostEvents()];
    return EventSearch.best(
        groups,
        topK,
        (c, from, n, scores) -> {
          dots(events, from, n, items, c, scores);
          boolean own = isQuery(queries, c);
          int latest = n > firstK && !own ? latest(typed, from, n) : -1;
          if (n > firstK && (own || latest >= 0)) {
            dots(events, from, n, own ? queries : typed, own ? c : latest, byQuery);
            TopSet.choose(byQuery, n, relevant, firstK);
            keepOnly(relevant, scores, n);
          }
        });
  }

  private Matrix typed(EncodedBatch encoded) {
    Matrix typed = scratch.matrix("event queries", encoded.batch().items().length, dims);
    encoded.parts().eventQueries().accept(typed);
    return typed;
  }

  /** The latest of the events {@code [from, from + n)} that has a query; −1 if none has. */
  private int latest(float[] typed, int from, int n) {
    for (int l = from + n - 1; latestQuery && l >= from; l--) {
      if (isQuery(typed, l)) {
        return l;
      }
    }
    return -1;
  }

  /** Unit vectors, or what a map makes of the vectors. */
  private float[] mapped(String name, Matrix x, Function<Maps, Parameter> by) {
    Matrix y = scratch.zeros(name, x.rows(), dims);
    maps.ifPresentOrElse(
        released -> backend.dense().linearAdd(x, by.apply(released).value(), y),
        () -> backend.rowwise().unitRows(x, y));
    return y.toArray();
  }

  private boolean isQuery(float[] queries, int c) {
    return Vectors.norm(queries, c * dims, dims) > 0;
  }

  private void dots(float[] events, int from, int n, float[] x, int row, float[] scores) {
    for (int l = 0; l < n; l++) {
      scores[l] = Vectors.dot(events, (from + l) * dims, x, row * dims, dims);
    }
  }

  /** All others get a score below every other. */
  private static void keepOnly(int[] relevant, float[] scores, int n) {
    int next = 0;
    for (int l = 0; l < n; l++) {
      if (next < relevant.length && relevant[next] == l) {
        next++;
      } else {
        scores[l] = -Float.MAX_VALUE;
      }
    }
  }
}
