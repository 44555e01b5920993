/**
 * Experiments made for one lesson of the course: a sign that is wrong, seeds that turn an order
 * round, what each loss of pretraining mends, which events each model chooses, one request taken
 * apart. A result is a record of plain values that a figure draws.
 */
package seminar.lesson;
