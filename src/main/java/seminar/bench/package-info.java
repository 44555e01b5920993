/**
 * What {@code ./seminar bench} measures, apart from the JMH benchmarks among the tests: preparation
 * of a log, steps of training and of evaluation, searches of a history. All that is compared takes
 * turns in rounds, so that a slow moment of the machine meets each of them.
 */
package seminar.bench;
