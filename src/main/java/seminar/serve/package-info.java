/**
 * A trained model in use: ranks for requests, indexes of all histories on disk, and the events that
 * explain a score. Nothing here trains, and nothing knows how an experiment is made.
 */
package seminar.serve;
