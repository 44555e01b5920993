/**
 * The course to be read without Jupyter: committed notebooks as pages of HTML that need no network,
 * and a student edition of the notebooks whose solutions are left out. Nothing here runs a cell.
 */
package seminar.book;
