/** KuaiRand: clicks on what was shown, by the standard log and at random. */
package seminar.source.kuairand;
