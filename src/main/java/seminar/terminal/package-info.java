/**
 * What long work shows a person: how far it has come and how long the rest takes, and tables as
 * text. Whoever works tells {@link seminar.terminal.Console} where it is; nothing here computes.
 */
package seminar.terminal;
