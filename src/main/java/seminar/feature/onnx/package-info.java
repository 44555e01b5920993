/**
 * Encoders that run a trained model of the ONNX format: CLIP, whose files a person gives, and an
 * encoder of sentences in a jar of Maven Central ({@link seminar.feature.onnx.MiniLm}). Nothing
 * here fetches anything from the network.
 *
 * <p>Every session has one thread and takes a few inputs at a time; several run side by side. So a
 * vector does not depend on the number of processors or the load of the machine.
 */
package seminar.feature.onnx;
