/**
 * Finding the K events of a history that score best for a target: {@link
 * seminar.retrieve.Retriever} and its implementations.
 *
 * <p>Plain arrays in, the K best out: nothing here knows a corpus or a model. Every retriever
 * stands for the same score, the inner product of fused vectors {@code s(t, l) = (Σ_i γ_i x_t⁽ⁱ⁾) ·
 * (Σ_j γ_j x_l⁽ʲ⁾)}, and differs in how closely and at what cost it gets there; the cost comes with
 * every result. When to use which: {@link seminar.retrieve.ExactRetriever} with fused keys while
 * weights are fixed and memory allows (d multiplications an event), {@link
 * seminar.retrieve.ProductRetriever} when memory counts (M·S codes an event), {@link
 * seminar.retrieve.CascadeRetriever} to know the best that any two-stage search could do.
 */
package seminar.retrieve;
