package seminar.feature.onnx;

/**
 * Brings pictures to another size by cubic convolution with a = −1/2, first along rows, then along
 * columns, rounding to whole colours after each; where a side shrinks the kernel is widened by as
 * much, so that every pixel counts. This is what CLIP was trained on, and differs from Java2D's
 * bicubic interpolation, which looks at 4 × 4 pixels however much a picture shrinks. See:
 *
 * <pre>
 * R. G. Keys. "Cubic convolution interpolation for digital image processing". IEEE Transactions on
 * Acoustics, Speech, and Signal Processing 29(6), 1981.</pre>
 */
final class Bicubic {
  private static final double A = -0.5;

  /** Weights are whole multiples of 2⁻²², so sums are exact. */
  private static final int BITS = 22;

  private Bicubic() {}

  /**
   * A picture of another size.
   *
   * @param rgb width × height pixels, row by row, as {@code 0xRRGGBB}; higher bits are ignored
   * @return newWidth × newHeight pixels
   */
  static int[] resize(int[] rgb, int width, int height, int newWidth, int newHeight) {
    int[] wide = newWidth == width ? rgb : rows(rgb, width, height, newWidth);
    return newHeight == height ? wide : columns(wide, newWidth, height, newHeight);
  }

  private static int[] rows(int[] rgb, int width, int height, int newWidth) {
    int[] out = new int[Math.multiplyExact(newWidth, height)];
    for (int x = 0; x < newWidth; x++) {
      Kernel kernel = Kernel.of(x, width, newWidth);
      for (int y = 0; y < height; y++) {
        out[y * newWidth + x] = kernel.sum(rgb, y * width, 1);
      }
    }
    return out;
  }

  private static int[] columns(int[] rgb, int width, int height, int newHeight) {
    int[] out = new int[Math.multiplyExact(width, newHeight)];
    for (int y = 0; y < newHeight; y++) {
      Kernel kernel = Kernel.of(y, height, newHeight);
      for (int x = 0; x < width; x++) {
        out[y * width + x] = kernel.sum(rgb, x, width);
      }
    }
    return out;
  }

  /** The pixels that make one new pixel: the first of them, and the weight of each. */
  private record Kernel(int first, int[] weights) {
    static Kernel of(int place, int length, int newLength) {
      double scale = (double) length / newLength;
      double widening = Math.max(1, scale);
      double centre = (place + 0.5) * scale;
      int first = Math.max(0, (int) (centre - 2 * widening + 0.5));
      int end = Math.min(length, (int) (centre + 2 * widening + 0.5));
      double[] exact = new double[end - first];
      double sum = 0;
      for (int i = 0; i < exact.length; i++) {
        exact[i] = cubic(Math.abs((first + i - centre + 0.5) / widening));
        sum += exact[i];
      }
      int[] weights = new int[exact.length];
      for (int i = 0; i < exact.length; i++) {
        weights[i] = (int) Math.rint(exact[i] / sum * (1 << BITS));
      }
      return new Kernel(first, weights);
    }

    private static double cubic(double x) {
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    int sum(int[] rgb, int from, int step) {
      int half = 1 << (BITS - 1);
      int red = half;
      int green = half;
      int blue = half;
      for (int i = 0; i < weights.length; i++) {
        int pixel = rgb[from + (first + i) * step];
        red += weights[i] * (pixel >> 16 & 255);
        green += weights[i] * (pixel >> 8 & 255);
        blue += weights[i] * (pixel & 255);
      }
      return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
    }

    private static int clamp(int sum) {
      return Math.clamp(sum >> BITS, 0, 255);
    }
  }
}
