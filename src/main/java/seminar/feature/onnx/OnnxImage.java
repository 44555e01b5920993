package seminar.feature.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.feature.Encoder;

/**
 * Pictures to vectors by a trained model, such as the picture half of CLIP: {@code pixel_values}
 * [pictures × 3 × size × size] in, {@code image_embeds} [pictures × dims] out, as the model gives
 * them, not brought to length 1.
 *
 * <p>A picture is prepared as CLIP's are: its shorter side is brought to {@code size} pixels by
 * {@link Bicubic} interpolation, its middle cut out, and each colour v of 0..255 becomes (v / 255 −
 * mean) / deviation with CLIP's means and deviations; red, green and blue planes follow each other.
 * Transparency is ignored. See:
 *
 * <pre>
 * A. Radford, J. W. Kim, C. Hallacy, et al. "Learning transferable visual models from natural
 * language supervision". ICML, 2021.</pre>
 */
public final class OnnxImage implements Encoder<BufferedImage> {
  /** The size of pictures where the model declares none. */
  public static final int SIZE = 224;

  private static final float[] MEANS = {0.48145466f, 0.4578275f, 0.40821073f};
  private static final float[] DEVIATIONS = {0.26862954f, 0.26130258f, 0.27577711f};
  private static final int BATCH = 64;
  private static final String EXPECTED =
      "one input of FLOAT [pictures, 3, size, size] with a size of its own or an open one";

  private final OnnxModel model;
  private final String input;
  private final int size;
  private final long fixed;
  private final int dims;

  private OnnxImage(OnnxModel model) throws IOException {
    this.model = model;
    input = model.input(name -> fits(model.inputs().get(name)), Set.of(), EXPECTED);
    long[] shape = model.inputs().get(input).getShape();
    fixed = shape[0];
    size = shape[2] > 0 ? Math.toIntExact(shape[2]) : SIZE;
    dims =
        model.dims() > 0
            ? model.dims()
            : encode(new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB)).length;
  }

  private static boolean fits(TensorInfo tensor) {
    long[] shape = tensor.getShape();
    return tensor.type == OnnxJavaType.FLOAT
        && shape.length == 4
        && (shape[1] == 3 || shape[1] < 0)
        && shape[2] == shape[3];
  }

  /**
   * Opens a model.
   *
   * @param file an {@code .onnx} file
   * @throws IOException if it is missing or damaged, or has other inputs or outputs; the message
   *     names the file, what it has and what was expected
   */
  public static OnnxImage open(Path file) throws IOException {
    OnnxModel model = OnnxModel.open(file, OnnxModel.Vectors.OF_INPUTS, "image_embeds");
    try {
      return new OnnxImage(model);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** How many pixels the pictures are wide and high that the model gets. */
  public int size() {
    return size;
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public String fingerprint() {
    return "image 1 " + size + " " + model.fingerprint();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<float[]> encodeBatch(List<BufferedImage> pictures) {
    int numbers = 3 * size * size;
    return Arrays.asList(
        model.run(
            pictures.size(),
            fixed,
            (environment, from, to, rows) -> {
              float[] values = new float[Math.multiplyExact(rows, numbers)];
              for (int i = from; i < to; i++) {
                prepare(pictures.get(i), size, values, (i - from) * numbers);
              }
              long[] shape = {rows, 3, size, size};
              return Map.of(
                  input, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
            }));
  }

  /** Puts a picture as 3 × size × size numbers into {@code values} from {@code at} on. */
  static void prepare(BufferedImage picture, int size, float[] values, int at) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int shorter = Math.min(width, height);
    int newWidth = (int) ((long) size * width / shorter);
    int newHeight = (int) ((long) size * height / shorter);
    int[] rgb =
        Bicubic.resize(
            picture.getRGB(0, 0, width, height, null, 0, width),
            width,
            height,
            newWidth,
            newHeight);
    int left = (newWidth - size) / 2;
    int top = (newHeight - size) / 2;
    for (int channel = 0; channel < 3; channel++) {
      int shift = 16 - 8 * channel;
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          float value = (rgb[(top + y) * newWidth + left + x] >> shift & 255) / 255f;
          values[at++] = (value - MEANS[channel]) / DEVIATIONS[channel];
        }
      }
    }
  }

  /** Gives back the model. */
  @Override
  public void close() {
    model.close();
  }
}
