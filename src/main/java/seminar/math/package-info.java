/**
 * What everything else counts on: vectors, the K largest with a stated tie rule, named random
 * streams, work cut into shards whose result does not depend on the number of threads, and a
 * gradient check.
 *
 * <p>Plain arrays only; nothing here knows what a recommender is.
 */
package seminar.math;
