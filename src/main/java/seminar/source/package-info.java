/**
 * Logs to corpora and back: a {@link seminar.source.CorpusReader reader} for each public format,
 * and for most of them a {@link seminar.source.CorpusWriter writer}; {@link seminar.source.Sources}
 * has them by name.
 *
 * <p>A reader streams its files, checks a line before it uses any of it, and drops nothing in
 * silence: malformed lines are counted, the first ten are kept with file and line number, and
 * reading stops when they pass a stated share. Events go into an embedded database, which sorts and
 * joins on disk what does not fit into memory and gives them back as histories. Every option of a
 * reader is a component of its validating record {@code Options}. A format of one's own begins with
 * {@link seminar.source.LogReader}.
 */
package seminar.source;
