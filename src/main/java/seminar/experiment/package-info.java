/**
 * Experiments: options in, a result record of plain values out. A result holds everything that a
 * figure or table needs, so that drawing never computes.
 */
package seminar.experiment;
