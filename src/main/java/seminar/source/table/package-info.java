/** Any log that is a table: comma-separated values, JSON lines or Parquet, read and written. */
package seminar.source.table;
