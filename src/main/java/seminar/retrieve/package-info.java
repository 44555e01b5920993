/**
 * Finding the K events of a history that score best for a target: {@link
 * seminar.retrieve.Retriever} and its implementations.
 *
 * <p>Plain arrays in, the K best out: nothing here knows a corpus or a model. There is one door,
 * {@link seminar.retrieve.Retriever#search}; a {@link seminar.retrieve.ChannelRetriever}, which
 * looks at channels apart, gets to it once it knows their weights. Every retriever stands for the
 * same score, the inner product of fused vectors {@code s(t, l) = (Σ_i γ_i x_t⁽ⁱ⁾) · (Σ_j γ_j
 * x_l⁽ʲ⁾)}, and differs in how closely and at what cost it gets there; the cost comes with every
 * result.
 *
 * <p>When to use which. {@link seminar.retrieve.ExactRetriever} with fused keys for some thousands
 * of events: nothing is simpler. {@link seminar.retrieve.RefinedRetriever} over {@link
 * seminar.retrieve.FastScanRetriever} for more, or where memory counts: half a byte for each
 * dimension and exact scores of a few candidates find nearly all; {@link
 * seminar.retrieve.AdaptiveRetriever} takes as many as a bound asks for. {@link
 * seminar.retrieve.HnswRetriever} where few events of very many shall be looked at. {@link
 * seminar.retrieve.CodeRetriever} where no keys can be kept. {@link
 * seminar.retrieve.ExactChannelRetriever} and {@link seminar.retrieve.ProductRetriever} where
 * weights of channels come with each target, the latter as the paper's method. {@link
 * seminar.retrieve.CascadeRetriever} and {@link seminar.retrieve.HashRetriever} to compare with.
 * {@link seminar.retrieve.ScalarRetriever} is what search engines do today. {@link
 * seminar.retrieve.RetrievalIndex} keeps a history on disk and grows event by event, {@link
 * seminar.retrieve.IndexPack} keeps many in one file, {@link seminar.retrieve.VectorIndex} vectors
 * that come, change and go under numbers of one's own.
 *
 * <p>A search may be among some events only ({@link seminar.retrieve.Subset}), a window of time for
 * instance, with something added to scores on ranges of positions ({@link
 * seminar.retrieve.Offsets}), as a recency bias is, and for many queries at once, which read the
 * codes together ({@link seminar.retrieve.Retriever#searchAll}). Vectors and queries are those of
 * which inner products can be told: {@link seminar.quantize.Rows#bounded} is the rule, at building
 * and at searching.
 *
 * <p>One index of unprojected keys serves every head of an attention, for the projections fold into
 * the query: {@code ⟨W_Q q, W_K k⟩ = ⟨W_Kᵀ W_Q q, k⟩}. {@code search.PairVectors} hands out what
 * each head of a trained model looks for.
 */
package seminar.retrieve;
