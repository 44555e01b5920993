package seminar.model;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.data.Catalog;
import seminar.data.Queries;

/**
 * The fused vector of every item and every query of a corpus: what an evaluation reads instead of
 * encoding each batch.
 *
 * <p>Shapes: I items (0, the real ones, &lt;EOS&gt;), V queries (∅, the real ones, &lt;EOS&gt;), d
 * dims; {@code (I + V) · d} floats. The parameters must not move while it is used.
 */
public final class CatalogVectors {
  private static final int BLOCK = 4096;

  private final Backend backend;
  private final Fusion fusion;
  private final Channels channels;
  private final Matrix vectors; // queries, then items
  private final int firstItem;
  private final Tail tail;

  /**
   * Vectors that lie here, as {@link #encode} has left them.
   *
   * @param vectors [V + I, d], kept
   * @param firstItem V, the row of item 0
   */
  public CatalogVectors(
      Backend backend, Fusion fusion, Channels channels, Matrix vectors, int firstItem) {
    this(backend, fusion, channels, vectors, firstItem, new Tail(vectors, vectors.rows()));
  }

  private CatalogVectors(
      Backend backend, Fusion fusion, Channels channels, Matrix vectors, int firstItem, Tail tail) {
    this.backend = backend;
    this.fusion = fusion;
    this.channels = channels;
    this.vectors = vectors;
    this.firstItem = firstItem;
    this.tail = tail;
  }

  /** Encodes and fuses everything. */
  public static CatalogVectors of(
      Backend backend, Channels channels, Fusion fusion, Catalog catalog, Queries queries, int d) {
    int v = queries.eosQuery() + 1;
    int items = catalog.eos() + 1;
    Matrix vectors = Matrix.zeros(Math.addExact(v, items), d);
    CatalogVectors all = new CatalogVectors(backend, fusion, channels, vectors, v);
    all.encode();
    return all;
  }

  /**
   * Encodes and fuses everything with the parameters as they are, a few thousand items and queries
   * at a time. What the channels held is lost.
   */
  public void encode() {
    int v = firstItem;
    int items = vectors.rows() - v;
    for (int from = 0; from < Math.max(v, items); from += BLOCK) {
      int[] queryBlock = IntStream.range(from, Math.min(v, from + BLOCK)).toArray();
      int[] itemBlock = IntStream.range(from, Math.min(items, from + BLOCK)).toArray();
      channels.encodeAlone(itemBlock, queryBlock);
      fusion.fuse(channels);
      copy(backend, fusion.queries(), vectors, from);
      copy(backend, fusion.items(), vectors, v + from);
    }
  }

  /**
   * With items behind the others, which are in no catalogue; the first gets the number after
   * &lt;EOS&gt;. What is read of this table stays as it is.
   *
   * @param given what they look like
   * @throws IllegalArgumentException as {@link Channels#encodeGiven}
   */
  public CatalogVectors plus(List<GivenItem> given) {
    channels.encodeGiven(given);
    fusion.fuse(channels);
    Matrix later = fusion.items();
    int rows = Math.addExact(vectors.rows(), later.rows());
    Tail tail = this.tail;
    if (!tail.claim(vectors.rows(), rows)) {
      int room = Math.addExact(rows, rows / 4 + 16);
      tail = new Tail(Matrix.zeros(room, vectors.cols()), rows);
      copy(backend, vectors, tail.room, 0);
    }
    copy(backend, later, tail.room, vectors.rows());
    return new CatalogVectors(backend, fusion, channels, tail.room.rows(0, rows), firstItem, tail);
  }

  /** The number of the first item that is not there. */
  public int items() {
    return vectors.rows() - firstItem;
  }

  /** Room that states of a table share: each reads its own rows, the newest writes behind them. */
  private static final class Tail {
    private final Matrix room;
    private final AtomicInteger used;

    Tail(Matrix room, int used) {
      this.room = room;
      this.used = new AtomicInteger(used);
    }

    boolean claim(int from, int to) {
      return to <= room.rows() && used.compareAndSet(from, to);
    }
  }

  private static void copy(Backend backend, Matrix from, Matrix to, int at) {
    if (from.rows() > 0) {
      backend
          .lookup()
          .gather(from, IntStream.range(0, from.rows()).toArray(), to.rows(at, at + from.rows()));
    }
  }

  /**
   * The pairs of these items and queries (CH-4).
   *
   * @param out receives [n, d]
   */
  public void pairs(int[] items, int[] queries, Matrix out) {
    fusion.pair(vectors, firstItem, channels.withVector(queries), items, out);
  }

  /**
   * The fused vectors of these items.
   *
   * @param out receives [n, d]
   */
  public void items(int[] items, Matrix out) {
    backend.lookup().gather(vectors.rows(firstItem, vectors.rows()), items, out);
  }

  /**
   * The vectors of these queries, zeros where there is none.
   *
   * @param out receives [n, d]
   */
  public void queries(int[] queries, Matrix out) {
    backend.lookup().gather(vectors, channels.withVector(queries), out);
  }

  /** The fused vector of an item [1, d], a view. */
  public Matrix item(int item) {
    return vectors.rows(firstItem + item, firstItem + item + 1);
  }

  /** The vector of a query [1, d], a view. */
  public Matrix query(int query) {
    return vectors.rows(query, query + 1);
  }
}
