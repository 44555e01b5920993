/**
 * A corpus: catalogue, queries and lifelong histories, ragged and never padded; splits and frozen
 * negatives; and the folder that holds a corpus on disk.
 *
 * <p>A history is a row of aligned pairs of query and item (paper §3.1), in time order; an event of
 * browsing has the empty query. Items count from 1 (0 is no item), queries from 1 (0 is the empty
 * query), attributes and keyword tokens from 1, users and positions from 0. A missing text or
 * picture is absent ({@code -1} as its row), never a row of zeros.
 *
 * <p>Everything is held in columns of little-endian numbers, so a corpus built in memory and one
 * mapped from a {@link seminar.data.CorpusFolder} are the same code.
 */
package seminar.data;
