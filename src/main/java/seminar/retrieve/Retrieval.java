package seminar.retrieve;

import seminar.math.TopK;
import seminar.quantize.Cost;

/**
 * What a search found.
 *
 * @param top event numbers and their scores under the retriever, best first
 * @param cost what it took
 */
public record Retrieval(TopK top, Cost cost) {}
