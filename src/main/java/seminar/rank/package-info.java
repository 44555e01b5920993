/**
 * Ordering candidates: tasks with frozen candidates, anything that scores them ({@link
 * seminar.rank.Ranker}), and rankers that learn no attention ({@link seminar.rank.PlainRankers}):
 * the controls that every table of models has beside it.
 *
 * <p>Which control answers which question: {@link seminar.rank.Popularity}, how far does one get
 * without looking at the user; {@link seminar.rank.Recency}, how much do repeats give away; {@link
 * seminar.rank.ItemNeighbours}, what do histories say as sets; {@link
 * seminar.rank.ItemTransitions}, what does their order add; {@link seminar.rank.ContentSimilarity},
 * what do text or pictures say alone; {@link seminar.rank.FieldModel} (Tribuo's logistic regression
 * and factorization machine), what do the same features give without attention. All are fitted to
 * positions before {@link seminar.data.Split#trainEnd} and see at a request what the user did
 * before it.
 */
package seminar.rank;
