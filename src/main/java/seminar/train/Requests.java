package seminar.train;

import java.util.stream.IntStream;

/**
 * Requests of one user.
 *
 * @param positions which events of the history they ask for, rising
 * @param candidates those of each, the positive first
 * @param queries the query of each candidate; 0 for none
 */
record Requests(int[] positions, int[][] candidates, int[][] queries) {
  /** These and others in the order of their positions; of equal positions these come first. */
  Requests and(Requests others) {
    int own = positions.length;
    int[] order =
        IntStream.range(0, own + others.positions.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(position(a, own, others), position(b, own, others)))
            .mapToInt(i -> i)
            .toArray();
    return new Requests(
        IntStream.of(order).map(i -> position(i, own, others)).toArray(),
        IntStream.of(order)
            .mapToObj(i -> i < own ? candidates[i] : others.candidates[i - own])
            .toArray(int[][]::new),
        IntStream.of(order)
            .mapToObj(i -> i < own ? queries[i] : others.queries[i - own])
            .toArray(int[][]::new));
  }

  private int position(int i, int own, Requests others) {
    return i < own ? positions[i] : others.positions[i - own];
  }
}
