/** Models for lifelong histories: small assemblies of channels, target attention, head and loss. */
package seminar.search;
