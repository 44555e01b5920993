package seminar.feature;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import seminar.math.Vectors;

/**
 * A picture as {@value #DIMS} numbers without a trained model. Three parts, each of length 1 before
 * the whole is given length 1:
 *
 * <pre>
 * [  0,  48)  4 × 4 grid of mean red, green and blue, less one half
 * [ 48,  96)  square roots of a histogram of 8 hues × 3 saturations × 2 brightnesses
 * [ 96, 128)  2 × 2 grid of histograms of 8 gradient directions, weighted by strength
 * </pre>
 *
 * <p>Roots of a histogram make the inner product the Bhattacharyya coefficient of two pictures.
 */
public final class PictureDescriptor {
  /** How many numbers describe a picture. */
  public static final int DIMS = 128;

  private static final int GRID = 4;
  private static final int HUES = 48;
  private static final int GRADIENTS = 96;
  private static final int DIRECTIONS = 8;

  private PictureDescriptor() {}

  /** The descriptor as an encoder; it objects to pictures of fewer than 4 × 4 pixels. */
  public static Encoder<BufferedImage> encoder() {
    return new Described();
  }

  /** Describes a picture of any size of at least 4 × 4 pixels. */
  public static float[] encode(BufferedImage picture) {
    Optional<String> objection = objection(picture);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    float[] vector = new float[DIMS];
    colours(rgb, width, height, vector);
    hues(rgb, vector);
    gradients(rgb, width, height, vector);
    Vectors.normalize(vector, 0, HUES);
    Vectors.normalize(vector, HUES, GRADIENTS - HUES);
    Vectors.normalize(vector, GRADIENTS, DIMS - GRADIENTS);
    Vectors.normalize(vector, 0, DIMS);
    return vector;
  }

  private static Optional<String> objection(BufferedImage picture) {
    boolean large = picture.getWidth() >= GRID && picture.getHeight() >= GRID;
    return large
        ? Optional.empty()
        : Optional.of(
            "picture is %d × %d pixels: at least 4 × 4 are needed"
                .formatted(picture.getWidth(), picture.getHeight()));
  }

  private record Described() implements Encoder<BufferedImage> {
    private static final int BATCH = 64;

    @Override
    public int dims() {
      return DIMS;
    }

    @Override
    public String fingerprint() {
      return "picture descriptor 1";
    }

    @Override
    public int batchSize() {
      return BATCH;
    }

    @Override
    public List<float[]> encodeBatch(List<BufferedImage> pictures) {
      return Encoding.each(pictures, PictureDescriptor::encode);
    }

    @Override
    public float[] encode(BufferedImage picture) {
      return PictureDescriptor.encode(picture);
    }

    @Override
    public Optional<String> objection(BufferedImage picture) {
      return PictureDescriptor.objection(picture);
    }
  }

  private static void colours(int[] rgb, int width, int height, float[] vector) {
    int[] pixels = new int[GRID * GRID];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int cell = y * GRID / height * GRID + x * GRID / width;
        int pixel = rgb[y * width + x];
        pixels[cell]++;
        vector[3 * cell] += (pixel >> 16 & 255) / 255f - 0.5f;
        vector[3 * cell + 1] += (pixel >> 8 & 255) / 255f - 0.5f;
        vector[3 * cell + 2] += (pixel & 255) / 255f - 0.5f;
      }
    }
    for (int i = 0; i < HUES; i++) {
      vector[i] /= pixels[i / 3];
    }
  }

  private static void hues(int[] rgb, float[] vector) {
    float[] hsb = new float[3];
    for (int pixel : rgb) {
      Color.RGBtoHSB(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255, hsb);
      int hue = Math.min(7, (int) (hsb[0] * 8));
      int saturation = Math.min(2, (int) (hsb[1] * 3));
      int brightness = Math.min(1, (int) (hsb[2] * 2));
      vector[HUES + (hue * 3 + saturation) * 2 + brightness]++;
    }
    for (int i = HUES; i < GRADIENTS; i++) {
      vector[i] = (float) Math.sqrt(vector[i]);
    }
  }

  private static void gradients(int[] rgb, int width, int height, float[] vector) {
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        double dx = grey(rgb[at + 1]) - grey(rgb[at - 1]);
        double dy = grey(rgb[at + width]) - grey(rgb[at - width]);
        double turn = Math.atan2(dy, dx) / (2 * Math.PI) + 0.5;
        int direction = (int) Math.floor(turn * DIRECTIONS) % DIRECTIONS;
        int cell = 2 * (2 * y / height) + 2 * x / width;
        vector[GRADIENTS + cell * DIRECTIONS + direction] += (float) Math.hypot(dx, dy);
      }
    }
  }

  private static double grey(int rgb) {
    return 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
  }
}
