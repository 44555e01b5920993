/**
 * Ordering candidates: tasks with frozen candidates, anything that scores them ({@link
 * seminar.rank.Ranker}), and rankers that learn no attention: the controls that every table of
 * models has beside it.
 */
package seminar.rank;
