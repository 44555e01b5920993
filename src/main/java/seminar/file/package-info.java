/**
 * Everything that is written or read: files that are the old one or the new one, temporary folders,
 * checksums, sections, matrices as {@code .npy}, tables as CSV, JSON and YAML; and the listener to
 * how far a long piece of work has come.
 *
 * <p>The ground floor: it imports nothing else of Seminar. A file is written beside its place and
 * moved there when it is whole ({@link seminar.file.AtomicFiles}); a file that cannot be read is
 * named in one sentence, with the place and what to do.
 */
package seminar.file;
