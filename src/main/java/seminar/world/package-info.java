/**
 * The planted world: a corpus whose truth is known.
 *
 * <p>Latent intents drive what people search and what they pick; items have titles made of topic
 * words, attributes and small drawn pictures. Because the intent behind every item and every event
 * is known, a claim about a model becomes an experiment with a right answer. Everything follows
 * from the seed.
 */
package seminar.world;
