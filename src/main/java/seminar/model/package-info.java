/**
 * The parts that every model of the house is assembled from: parameters, the channels of a pair and
 * their fusion, target attention, the click head.
 *
 * <p>Each part keeps what its backward pass needs from its last forward pass, so a part belongs to
 * one training loop at a time. Backward passes add to the gradients of {@link
 * seminar.model.Parameter}; the optimiser reads and the next step clears them.
 */
package seminar.model;
