package seminar.quantize;

/**
 * Scores of all events for one target.
 *
 * @param scores [L] in event order; inner products, larger is nearer
 * @param cost what they took
 */
public record Scored(float[] scores, Cost cost) {}
