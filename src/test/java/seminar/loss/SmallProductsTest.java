package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class SmallProductsTest {
  private static final int[] SIZES = {1, 2, 5, 16, 33, 50};

  private static float[] random(SplittableRandom rng, int length) {
    float[] values = new float[length];
    Rng.gaussian(rng, values, 1);
    return values;
  }

  @Test
  void paddingIsTheLeastThatMakesWholeTiles() {
    int tile = SmallProducts.paddedCols(1);
    for (int n = 1; n < 100; n++) {
      assertEquals((n + 3) / 4 * 4, SmallProducts.paddedRows(n));
      assertEquals((n + tile - 1) / tile * tile, SmallProducts.paddedCols(n));
    }
  }

  @Test
  void productsAreThoseOfThreeLoops() {
    SplittableRandom rng = Rng.stream("test/products", 1);
    for (int n : SIZES) {
      for (int inner : SIZES) {
        for (int m : SIZES) {
          assertProduct(rng, n, inner, m, false);
          assertProduct(rng, n, inner, m, true);
        }
      }
    }
  }

  private static void assertProduct(
      SplittableRandom rng, int n, int inner, int m, boolean transposed) {
    int rows = SmallProducts.paddedRows(n);
    int cols = SmallProducts.paddedCols(m);
    int rowStep = transposed ? 1 : inner;
    int colStep = transposed ? rows : 1;
    float[] a = random(rng, rows * inner);
    float[] b = random(rng, inner * cols);
    float[] c = random(rng, rows * cols); // what was there is overwritten
    SmallProducts.multiply(a, rowStep, colStep, b, c, rows, inner, cols);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += (double) a[i * rowStep + k * colStep] * b[k * cols + j];
        }
        assertEquals(sum, c[i * cols + j], 1e-5 * (1 + inner));
      }
    }
  }

  @Test
  void aTransposeHasRowsForColumns() {
    float[] x = {1, 2, 3, -1, 4, 5, 6, -1}; // two rows of three, four apart
    float[] out = new float[15];
    SmallProducts.transpose(x, 2, 3, 4, out, 5);
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 3; k++) {
        assertEquals(x[4 * i + k], out[5 * k + i]);
      }
    }
  }
}
