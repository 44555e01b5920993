/**
 * What a corpus is like: its sizes beside the paper's (Table 1), how long histories are, how
 * popular items are, one history on a time axis, and what its queries give away. Nothing here
 * learns.
 */
package seminar.profile;
