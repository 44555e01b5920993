/**
 * Experiments on retrieval alone: which of the best events of a history approximate searches find,
 * at which cost. {@link seminar.recall.NormRecall} is Figure 2, {@link seminar.recall.Table4} Table
 * 4, {@link seminar.recall.Frontier} recall against bytes and time.
 */
package seminar.recall;
