/**
 * What a cell needs from Seminar: how our values look in a notebook, and progress in one line.
 *
 * <p>The extension is found by the kernel through {@link java.util.ServiceLoader}; any kernel of
 * the same line with this class path shows the same.
 */
package seminar.notebook;
