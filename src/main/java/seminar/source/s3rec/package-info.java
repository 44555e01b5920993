/** The text files of S3-Rec: sequences, attributes and sampled negatives, read and written. */
package seminar.source.s3rec;
