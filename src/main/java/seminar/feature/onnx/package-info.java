/**
 * Encoders that run a trained model of the ONNX format, such as CLIP: the person who has the files
 * gives them; nothing is fetched from the network.
 *
 * <p>Every session has one thread and takes a few inputs at a time; several run side by side. So a
 * vector does not depend on the number of processors or the load of the machine.
 */
package seminar.feature.onnx;
