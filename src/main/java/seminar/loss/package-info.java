/** The losses: each a value and a gradient with respect to what the model put out. */
package seminar.loss;
