/**
 * Training: batches of ragged histories, Adam for dense parameters and for rows of tables, the
 * loop, its checkpoints and its listeners.
 */
package seminar.train;
