/**
 * Figures and tables of the paper, one class each, drawn from result records alone: nothing here
 * computes. Every picture has a JSON twin beside it that holds each plotted number, the paper's own
 * numbers where it states them, and where the result came from. A method has the same colour in all
 * of them, by its name alone.
 */
package seminar.figure;
