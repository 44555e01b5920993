/**
 * The operations that the model is made of, each with its backward pass, on two {@link
 * seminar.compute.Backends backends}.
 *
 * <p>{@code cpu} uses OpenBLAS for dense products and the Vector API on ND4J's own memory for
 * everything irregular; {@code nd4j} uses ND4J operations alone, so it also runs where ND4J's
 * memory is on a GPU. One contract test holds both to a naive oracle, to central differences and to
 * each other.
 *
 * <p>Conventions: matrices are row-major {@code float}, rows are vectors, so a linear map is {@code
 * y = x W}. A method named {@code ...Backward} takes the gradient of the loss with respect to the
 * forward output and <em>adds</em> to the gradients of the forward inputs, so that several uses of
 * one matrix need no extra care; forward methods <em>set</em> their output.
 */
package seminar.compute;
