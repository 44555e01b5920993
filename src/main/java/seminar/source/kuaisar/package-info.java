/** KuaiSAR: recommendation and search logs of one app, read and written. */
package seminar.source.kuaisar;
