/** Amazon Review v2: 5-core reviews and descriptions of products, read and written. */
package seminar.source.amazon;
