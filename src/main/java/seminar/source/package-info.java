/**
 * Logs to corpora: one reader for each public format.
 *
 * <p>A reader drops nothing in silence: malformed lines are counted, the first ten are kept with
 * file and line number, and reading stops when they pass a stated share.
 */
package seminar.source;
