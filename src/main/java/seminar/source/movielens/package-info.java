/** MovieLens: ratings and tags in the layout of ml-latest and of ML-1M, read and written. */
package seminar.source.movielens;
