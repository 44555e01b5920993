/**
 * Records of options. Each is a plain record that checks itself; what all of them need is here: a
 * {@code withX} for each component, which the compiler writes ({@link seminar.options.Withers}),
 * and every option by its path, from a command line, a grid or a manifest.
 */
package seminar.options;
