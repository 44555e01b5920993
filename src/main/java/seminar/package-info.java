/** SEMINAR (arXiv 2407.10714) in Java: see the packages below, in the order in which data flows. */
package seminar;
