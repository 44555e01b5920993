/**
 * Every table and figure of the paper, and what stands beside them, as jobs that leave files in one
 * folder: {@link seminar.paper.Reproduction} makes those of its plan, one after another, from a
 * corpus to the report. What is finished is not made again.
 *
 * <p>{@link seminar.paper.ReproductionReport} holds each claim of the paper beside what we find,
 * with a verdict. It reads the files that the figures left; it computes no result.
 */
package seminar.paper;
