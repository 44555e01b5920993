/** JDsearch: queries, products shown for them and what users did, read. */
package seminar.source.jdsearch;
