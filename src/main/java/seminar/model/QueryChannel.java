package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;
import seminar.data.Catalog;
import seminar.data.Queries;

/**
 * The query channel of distinct queries (paper §3.2; our CH-1).
 *
 * <pre>
 *   CH-1  x^Q = (mean of the query's keyword vectors) W_q        the empty query is the zero vector
 * </pre>
 *
 * <p>Shapes: V distinct queries, T distinct keywords, d dims. With {@link
 * ChannelOptions.Keywords#RELEASED} the mean is over five slots, empty ones filled with row 0 of
 * the table, which never learns, and there is no W_q.
 */
final class QueryChannel {
  private static final int SLOTS = 5;
  private static final int PAD = 0;

  private final Backend backend;
  private final Queries queries;
  private final int d;
  private final boolean padded;
  private final int endToken;
  private final Parameter keyword;
  private ChannelMap map;
  private final Distinct keywords;
  private final Scratch scratch = new Scratch();
  private Ragged lists;

  QueryChannel(
      Backend backend,
      Parameters parameters,
      Catalog catalog,
      Queries queries,
      ModelOptions options) {
    this.backend = backend;
    this.queries = queries;
    d = options.dims();
    padded = options.channels().keywords() == ChannelOptions.Keywords.RELEASED;
    endToken = endToken(catalog, queries, options.channels().end());
    boolean near = options.start() == ModelOptions.Start.NEAR_IDENTITY;
    keyword = parameters.table("channel/keyword", queries.eosToken() + 1, d, near ? 0.1 : 0.02);
    Parameter square =
        parameters.identities("channel/map/query", padded ? 0 : 1, d, near ? 1 : 0, 0.02);
    map = padded ? ChannelMap.identity(backend) : ChannelMap.of(backend, square);
    keywords = new Distinct(queries.eosToken());
  }

  /**
   * The released code takes the number of the item &lt;EOS&gt; for a keyword, whatever that means.
   */
  private static int endToken(Catalog catalog, Queries queries, ChannelOptions.EndOfSequence end) {
    return switch (end) {
      case RESERVED -> queries.eosToken();
      case RELEASED -> 1 + (catalog.eos() - 1) % Math.max(1, queries.vocabulary());
    };
  }

  /** From here on the channel passes its map G too (GSU-1). */
  void restoreBy(Restoring restoring) {
    map = map.restoredBy(restoring.map(Restoring.Channel.QUERY));
  }

  /** Whether the empty query has a vector that is not zero. */
  boolean emptyHasVector() {
    return padded;
  }

  /** CH-1. */
  void forward(int[] distinct, Matrix x) {
    lists = keywords.lists(distinct, this::tokens);
    Matrix touched = scratch.matrix("keywords", keywords.ids().length, d); // [T, d]
    backend.lookup().gather(keyword.value(), keywords.ids(), touched);
    Matrix mean = scratch.matrix("mean", distinct.length, d);
    backend.lookup().bag(touched, lists, mean);
    map.forward(mean, x);
  }

  private int[] tokens(int query) {
    int[] real = query == queries.eosQuery() ? new int[] {endToken} : queries.tokens(query);
    if (!padded) {
      return real;
    }
    int[] slots = new int[SLOTS]; // PAD
    if (query == queries.eosQuery()) {
      java.util.Arrays.fill(slots, endToken);
    } else {
      System.arraycopy(real, 0, slots, 0, Math.min(SLOTS, real.length));
    }
    return slots;
  }

  /** Adds the gradients of table and map, given that of the vectors [V, d]. */
  void backward(Matrix dx) {
    Matrix mean = scratch.matrix("mean", dx.rows(), d);
    map.backwardMaps(mean, dx);
    Matrix dMean = scratch.zeros("dMean", dx.rows(), d);
    map.backwardInput(dx, dMean);
    Matrix dTouched = keyword.touch(keywords.ids()); // [T, d]
    backend.lookup().bagBackward(dMean, lists, dTouched);
    if (padded) {
      keepPad(dTouched);
    }
  }

  private void keepPad(Matrix dTouched) {
    int[] ids = keywords.ids();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == PAD) {
        dTouched.rows(i, i + 1).clear();
      }
    }
  }
}
