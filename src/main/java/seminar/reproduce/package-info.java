/**
 * Every table and figure of the paper, and what stands beside them, as jobs that leave files in one
 * folder: {@link seminar.reproduce.Reproduction} makes those of its plan, one after another, from a
 * corpus to the report. What is finished is not made again.
 */
package seminar.reproduce;
