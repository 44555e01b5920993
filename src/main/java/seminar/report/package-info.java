/**
 * What came out, on one page: each claim of the paper beside what we find, with a verdict, and all
 * tables and figures with what to notice in them. Read from the files that the figures left in a
 * folder; nothing here computes a result.
 */
package seminar.report;
