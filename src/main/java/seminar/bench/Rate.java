package seminar.bench;

/**
 * Users in a second: the median of all rounds, and the slowest and the fastest.
 *
 * @param median of all rounds
 * @param slowest of all rounds
 * @param fastest of all rounds
 */
public record Rate(double median, double slowest, double fastest) {}
