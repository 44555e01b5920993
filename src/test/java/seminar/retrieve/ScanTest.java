package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.quantize.Codes;
import seminar.quantize.ProductQuantizer;

class ScanTest {
  @ParameterizedTest
  @CsvSource({"1,1", "31,3", "512,8", "513,64", "1500,7", "2000,64"})
  void keysMeetAQueryAsOneByOne(int rows, int width) {
    float[] keys = gaussian(rows * width, 1);
    float[] query = gaussian(width, 2);
    KeyBlocks blocks = new KeyBlocks(keys, width);
    float[] scores = new float[KeyBlocks.CHUNK];
    for (int first = 0; first < rows; first += KeyBlocks.CHUNK) {
      int count = blocks.score(query, first, scores);
      assertEquals(Math.min(KeyBlocks.CHUNK, rows - first), count);
      for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int j = 0; j < width; j++) {
          sum = Math.fma(query[j], keys[(first + i) * width + j], sum);
        }
        assertEquals(sum, scores[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "100,3,5",
    "513,4,16",
    "1100,9,256",
    "700,32,257",
    "600,8,512",
    "520,5,65536"
  })
  void codesAreLookedUpAsOneByOne(int rows, int columns, int centroids) {
    int[] drawn = codes(rows * columns, centroids);
    CodeBlocks blocks = new CodeBlocks(Codes.of(drawn, columns, centroids));
    float[][] tables = new float[columns][CodeBlocks.tableSize(centroids)];
    for (int s = 0; s < columns; s++) {
      tables[s] = wholeNumbers(tables[s].length, s); // exact in any order of additions
    }
    float[] scores = new float[CodeBlocks.ROWS];
    for (int first = 0; first < rows; first += CodeBlocks.ROWS) {
      int count = blocks.score(tables, first, scores);
      for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int s = 0; s < columns; s++) {
          sum += tables[s][drawn[(first + i) * columns + s]];
        }
        assertEquals(sum, scores[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,16", "33,2,16", "512,5,7", "1000,32,16", "700,64,16", "40,512,16", "40,2000,16"})
  void fourBitCodesAreLookedUpAsOneByOne(int rows, int columns, int centroids) {
    int[] drawn = codes(rows * columns, centroids);
    NibbleBlocks blocks = new NibbleBlocks(Codes.of(drawn, columns, centroids));
    byte[] tables = new byte[blocks.tableLength()];
    SplittableRandom rng = Rng.stream("test/tables", columns);
    for (int i = 0; i < columns * NibbleBlocks.TABLE; i++) {
      int most = NibbleBlocks.MOST_ENTRY;
      tables[i] = (byte) (columns >= 512 ? most : rng.nextInt(most + 1));
    }
    short[] sums = new short[NibbleBlocks.GROUP];
    for (int first = 0; first < rows; first += NibbleBlocks.GROUP) {
      for (int segment = 0; segment < blocks.segments(); segment++) {
        assertTrue(blocks.sums(tables, first, segment, NibbleBlocks.ALL, sums));
        int from = segment * NibbleBlocks.SEGMENT;
        for (int i = 0; i < Math.min(NibbleBlocks.GROUP, rows - first); i++) {
          int sum = 0;
          for (int s = from; s < Math.min(columns, from + NibbleBlocks.SEGMENT); s++) {
            sum += tables[s * NibbleBlocks.TABLE + drawn[(first + i) * columns + s]] & 0xFF;
          }
          assertEquals(sum, sums[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5,3", "512,512", "600,512", "3000,1", "3001,64", "2999,700"})
  void aScanOfFourBitCodesKeepsTheBestOfAll(int rows, int k) {
    SplittableRandom rng = Rng.stream("test/scales", rows);
    float[] scales = new float[rows];
    for (int l = 0; l < rows; l++) {
      scales[l] = l % 97 == 0 ? 0 : (float) Math.exp(2 * rng.nextGaussian());
    }
    float[] query = {1, 1, -1, 1, 1, -1};
    for (int entries : new int[] {1, 2, 256}) { // with few distinct entries many sums are equal
      float[] codebook = new float[6 * 16];
      for (int i = 0; i < codebook.length; i++) {
        codebook[i] = i % 16 == 0 ? entries - 1 : i % 16 == 1 ? 0 : rng.nextInt(entries);
      }
      int[] drawn = codes(rows * 6, 16);
      for (int s = 0; s < 6; s++) { // the whole span is used, so entries are exact
        drawn[s] = 0;
        drawn[6 + s] = 1;
      }
      ProductQuantizer quantizer = ProductQuantizer.of(codebook, 6, 6);
      Codes plain = Codes.of(drawn, 6, 16);
      for (Codes codes : List.of(plain, plain.scaled(scales))) {
        TopK expected = CodeRetriever.of(quantizer, codes).search(query, k).top();
        TopK found = FastScanRetriever.of(quantizer, codes).search(query, k).top();
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
          float tolerance = 2e-5f * Math.max(100, Math.abs(expected.scores()[i]));
          assertEquals(expected.scores()[i], found.scores()[i], tolerance);
        }
        if (!codes.isScaled()) {
          assertArrayEquals(expected.indices(), found.indices());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 100, 511, 512, 513, 1400, 1999, 2000})
  void theBestOfBlocksAreTheBestOfAll(int k) {
    for (int values : new int[] {3, 50, 1 << 20}) {
      SplittableRandom rng = Rng.stream("test/best", values);
      float[] scores = new float[2000];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = rng.nextInt(values) % 30_000;
      }
      TopK expected = TopK.of(scores, k);
      Best best = new Best();
      for (int again = 0; again < 2; again++) {
        best.reset(k);
        offer(best, scores);
        assertEquals(expected, best.top());
      }
      best.reset(k);
      offer(best, scores);
      int count = best.settle();
      assertEquals(k, count);
      for (int i = 1; i < count; i++) {
        assertTrue(best.events()[i - 1] < best.events()[i]);
      }
    }
  }

  @Test
  void theBestKeepsNegativeAndRisingScores() {
    float[] rising = new float[3000];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = i - 2e6f;
    }
    Best best = new Best();
    best.reset(70);
    offer(best, rising);
    assertEquals(TopK.of(rising, 70), best.top());
  }

  @Test
  void bitsAreComparedAsOneByOne() {
    SplittableRandom rng = Rng.stream("test/bits", 1);
    long[] hashes = rng.longs(700 * 3).toArray();
    long[] target = rng.longs(3).toArray();
    float[] expected = new float[700];
    for (int l = 0; l < 700; l++) {
      for (int b = 0; b < 192; b++) {
        boolean differs = (hashes[l * 3 + b / 64] >>> b & 1) != (target[b / 64] >>> b & 1);
        expected[l] -= differs ? 1 : 0;
      }
    }
    Best best = new Best();
    best.reset(40);
    SignHash hash = SignHash.gaussian(1, 192, rng);
    new HashRetriever(hash, hashes)
        .scan(target, new float[KeyBlocks.CHUNK], best, 0, hashes.length / hash.words());
    assertEquals(TopK.of(expected, 40), best.top());
  }

  @Test
  void rotatedSignsComeFromOrthonormalColumnsOrRows() {
    SignHash tall = SignHash.rotated(6, 24, Rng.stream("test/sign", 1));
    assertEquals(1, tall.words());
    float[] basis = new float[36];
    for (int i = 0; i < 6; i++) {
      basis[i * 7] = 1;
    }
    long[] hashes = tall.encode(basis);
    float[] turned = basis.clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = -turned[i];
    }
    long[] opposite = tall.encode(turned);
    for (int i = 0; i < hashes.length; i++) {
      assertEquals(24, Long.bitCount(hashes[i] ^ opposite[i]));
    }
    assertArrayEquals(
        SignHash.rotated(8, 5, Rng.stream("test/sign", 2)).encode(new float[8]),
        new long[] {31}); // zeros count as positive
  }

  private static void offer(Best best, float[] scores) {
    float[] chunk = new float[KeyBlocks.CHUNK];
    for (int first = 0; first < scores.length; first += chunk.length) {
      int count = Math.min(chunk.length, scores.length - first);
      System.arraycopy(scores, first, chunk, 0, count);
      best.offer(chunk, count, first);
    }
  }

  private static int[] codes(int size, int centroids) {
    return Rng.stream("test/codes", centroids).ints(size, 0, centroids).toArray();
  }

  private static float[] wholeNumbers(int size, long seed) {
    SplittableRandom rng = Rng.stream("test/whole", seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = rng.nextInt(-1000, 1000);
    }
    return values;
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }
}
