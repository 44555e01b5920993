/** Public sets that are tables: where their files lie and what their columns mean. */
package seminar.source.layout;
