/**
 * SEMINAR (arXiv 2407.10714) in Java: where scripts begin ({@link seminar.Seminar}), above the
 * packages below in the order in which data flows.
 *
 * <p>A thin layer without logic of its own: every method hands back a type of the packages that do
 * the work.
 */
package seminar;
