package seminar.feature.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.math.Rng;

class OnnxImageTest {
  private static final float[] MEANS = {0.48145466f, 0.4578275f, 0.40821073f};
  private static final float[] DEVIATIONS = {0.26862954f, 0.26130258f, 0.27577711f};

  private static final String PILLOW_13_9_5_4 =
      "5E165F 8C8663 729C62 6C3762 903167 6F2563 6E9562 86AB62 724662 734062 "
          + "823563 71A362 71B862 835662 755061 9B4A5F 796B62 746662 766762 775F60";
  private static final String PILLOW_3_4_6_7 =
      "0000FF 0001E1 13064D 291600 3D2C00 463601 1702B9 1E0495 31092B 4A1913 "
          + "642F4F 6F3965 51061F 5A0816 6E0D00 861D40 9E33CD A93DFC 950900 A20D16 "
          + "BD1274 A822A3 68389C 54428D AE0E0B BD114E DD16DB A926D6 283C3F 004600 "
          + "4312B1 4E15AA 661A7D 632A4B 44401A 3B4A04 0115FF 0918DD 1C1D3C 382D00 "
          + "58430B 654D16";
  private static final String PILLOW_40_30_4_3 =
      "796B62 7A7462 7F8C62 838963 848562 7B9662 7B7962 7F7262 819762 847F62 " + "7A7A62 7B8462";

  @TempDir Path folder;

  private Path file(TinyOnnx model) throws IOException {
    return Files.write(folder.resolve("m.onnx"), model.build());
  }

  /** Two numbers, each a weighted sum of all 3 × 4 × 4 inputs. */
  private static TinyOnnx sums(float[] weights) {
    return new TinyOnnx()
        .input("pixel_values", TinyOnnx.FLOAT, -1, 3, 4, 4)
        .weights("weights", weights, 48, 2)
        .node("Flatten", "pixel_values", "flat", "axis=1")
        .node("MatMul", "flat weights", "image_embeds")
        .output("image_embeds", TinyOnnx.FLOAT, -1, 2)
        .output("flat", TinyOnnx.FLOAT, -1, 48);
  }

  private static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (37 * x + 91 * y) % 256;
        int green = (x * x * 13 + 7 * y) % 256;
        int blue = (x + y) % 3 == 0 ? 255 : 20;
        picture.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return picture;
  }

  @Test
  void aPictureOfTheRightSizeIsOnlyNormalised() throws IOException {
    float[] weights = new float[96];
    Rng.gaussian(Rng.stream("test/image", 1), weights, 1);
    BufferedImage picture = picture(4, 4);
    double[] expected = new double[2];
    for (int i = 0; i < 48; i++) {
      int pixel = picture.getRGB(i % 4, i / 4 % 4);
      int channel = i / 16;
      double value = (pixel >> (16 - 8 * channel) & 255) / 255.0;
      value = (value - MEANS[channel]) / DEVIATIONS[channel];
      expected[0] += value * weights[2 * i];
      expected[1] += value * weights[2 * i + 1];
    }
    try (OnnxImage image = OnnxImage.open(file(sums(weights)))) {
      assertEquals(4, image.size());
      assertEquals(2, image.dims());
      float[] vector = image.encode(picture);
      assertEquals(expected[0], vector[0], 1e-5);
      assertEquals(expected[1], vector[1], 1e-5);
    }
  }

  @Test
  void theMiddleOfALongPictureIsCutOut() {
    // Each pixel twice as wide and high: halved again, the middle 4 × 4 of 10 × 4 remain.
    BufferedImage wide = new BufferedImage(10, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40; i++) {
      wide.setRGB(i % 10, i / 10, i % 10 >= 3 && i % 10 < 7 ? 0xFF0000 : 0x00FF00);
    }
    float[] values = new float[48];
    OnnxImage.prepare(wide, 4, values, 0);
    for (int i = 0; i < 48; i++) {
      int channel = i / 16;
      assertEquals(((channel == 0 ? 1 : 0) - MEANS[channel]) / DEVIATIONS[channel], values[i]);
    }
    float[] high = new float[49];
    OnnxImage.prepare(picture(1, 7), 4, high, 1);
    assertTrue(high[48] != 0);
  }

  @Test
  void resizingGivesTheColoursOfPillow() {
    // Image.resize(size, Image.BICUBIC) of Pillow 12.3 on the same pictures.
    resized(13, 9, 5, 4, PILLOW_13_9_5_4);
    resized(3, 4, 6, 7, PILLOW_3_4_6_7);
    resized(40, 30, 4, 3, PILLOW_40_30_4_3);
  }

  private static void resized(int width, int height, int newWidth, int newHeight, String expected) {
    int[] rgb = picture(width, height).getRGB(0, 0, width, height, null, 0, width);
    StringBuilder found = new StringBuilder();
    for (int pixel : Bicubic.resize(rgb, width, height, newWidth, newHeight)) {
      found.append("%06X ".formatted(pixel));
    }
    assertEquals(expected, found.toString().strip());
  }

  @Test
  void aVectorDependsOnNothingElseInTheBatch() throws IOException {
    float[] weights = new float[96];
    Rng.gaussian(Rng.stream("test/image", 2), weights, 1);
    try (OnnxImage image = OnnxImage.open(file(sums(weights)))) {
      List<BufferedImage> pictures = new ArrayList<>();
      for (int i = 0; i < 43; i++) {
        pictures.add(picture(4 + i, 30 - i / 2));
      }
      List<float[]> batch = image.encodeBatch(pictures);
      for (int i = 0; i < 43; i++) {
        assertArrayEquals(image.encode(pictures.get(i)), batch.get(i), 1e-6f);
        assertArrayEquals(batch.get(i), image.encodeBatch(pictures).get(i));
      }
    }
  }

  @Test
  void anOpenSizeIsThatOfClip() throws IOException {
    TinyOnnx model =
        new TinyOnnx()
            .input("pixels", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .node("GlobalAveragePool", "pixels", "mean")
            .node("Flatten", "mean", "colour", "axis=1")
            .output("colour", TinyOnnx.FLOAT, -1, -1);
    try (OnnxImage image = OnnxImage.open(file(model))) {
      assertEquals(224, image.size());
      assertEquals(3, image.dims());
      BufferedImage white = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 6; i++) {
        white.setRGB(i % 2, i / 2, 0xFFFFFF);
      }
      float[] vector = image.encode(white);
      for (int channel = 0; channel < 3; channel++) {
        // The model adds 50,176 numbers in single precision.
        assertEquals((1 - MEANS[channel]) / DEVIATIONS[channel], vector[channel], 1e-3);
      }
    }
  }

  @Test
  void modelsOfAnotherKindAreRefusedWithWhatTheyHave() throws IOException {
    TinyOnnx oblong =
        new TinyOnnx()
            .input("pixel_values", TinyOnnx.FLOAT, -1, 3, 4, 5)
            .node("Flatten", "pixel_values", "image_embeds", "axis=1")
            .output("image_embeds", TinyOnnx.FLOAT, -1, 60);
    Path path = file(oblong);
    IOException e = assertThrows(IOException.class, () -> OnnxImage.open(path));
    assertTrue(e.getMessage().contains("m.onnx does not fit: expected one input"), e.getMessage());
    assertTrue(e.getMessage().contains("(pixel_values FLOAT [-1, 3, 4, 5])"), e.getMessage());
    assertThrows(IOException.class, () -> OnnxImage.open(folder.resolve("none.onnx")));
  }
}
