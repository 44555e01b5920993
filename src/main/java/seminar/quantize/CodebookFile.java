package seminar.quantize;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import seminar.file.SectionFile;

/**
 * Codebooks on disk, with an identity by which codes made with another codebook are told apart.
 *
 * <p>One codebook may serve the indexes of all users of a corpus.
 *
 * <p>A quantizer is written as the layers that it consists of, from the outside: three sections of
 * a file name their kinds and sizes, hold the numbers of all outer layers one after the other, and
 * the codebook of the innermost.
 */
public final class CodebookFile {
  private static final String NAME = "SMNRCODE";
  private static final int VERSION = 1;
  private static final int PRODUCT = 1;
  private static final int ROTATED = 2;
  private static final int RESIDUAL = 3;
  private static final int GRID = 4;
  private static final int CENTERED = 5;
  private static final int DIRECTIONS = 6;
  private static final int SCORE_AWARE = 7;
  private static final int FIELDS = 4;
  private static final int MOST_FIELDS = 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private CodebookFile() {}

  /**
   * Writes a codebook.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public static void write(Quantizer quantizer, Path file) throws IOException {
    SectionFile.write(file, NAME, VERSION, sections(quantizer));
  }

  /**
   * Reads a codebook.
   *
   * @throws IOException if the file cannot be read, is broken, or states shapes or numbers that
   *     cannot be
   */
  public static Quantizer read(Path file) throws IOException {
    List<MemorySegment> sections = SectionFile.map(file, NAME, VERSION, 3);
    long fields = sections.getFirst().byteSize() / 4;
    if (sections.getFirst().byteSize() % 4 != 0 || fields < FIELDS || fields > MOST_FIELDS) {
      throw SectionFile.broken(file, "it has %d fields".formatted(fields));
    }
    int[] stated = sections.getFirst().toArray(INT);
    int base = stated[0] == ROTATED ? PRODUCT : stated[0];
    int[] layers =
        stated[0] == ROTATED
            ? new int[] {ROTATED}
            : Arrays.copyOfRange(stated, FIELDS, stated.length);
    int dims = stated[1];
    int columns = stated[2];
    int centroids = stated[3];
    try {
      boolean shaped =
          dims > 0
              && columns > 0
              && centroids > 0
              && centroids <= ProductQuantizer.MAX_CENTROIDS
              && sections.get(2).byteSize() == 4 * floats(base, dims, columns, centroids)
              && sections.get(1).byteSize()
                  == 4 * Arrays.stream(layers).mapToLong(kind -> floats(kind, dims)).sum();
      if (!shaped) {
        throw SectionFile.broken(
            file,
            "it states d=%d, %d columns, C=%d and holds %d bytes"
                .formatted(dims, columns, centroids, sections.get(2).byteSize()));
      }
      Quantizer quantizer = base(base, SectionFile.floats(sections.get(2)), dims, columns);
      float[] numbers = SectionFile.floats(sections.get(1));
      int end = numbers.length;
      for (int i = layers.length - 1; i >= 0; i--) {
        int from = end - (int) floats(layers[i], dims);
        quantizer = layer(layers[i], Arrays.copyOfRange(numbers, from, end), quantizer);
        end = from;
      }
      quantizer.checkCodes(Codes.of(new int[0], columns, centroids));
      return quantizer;
    } catch (IllegalArgumentException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }

  /** How many numbers an innermost quantizer has. */
  private static long floats(int kind, int dims, int columns, int centroids) {
    return switch (kind) {
      case PRODUCT -> (long) centroids * dims;
      case RESIDUAL -> (long) columns * centroids * dims;
      case GRID -> 1;
      default -> throw new IllegalArgumentException("a quantizer of kind %d".formatted(kind));
    };
  }

  private static Quantizer base(int kind, float[] numbers, int dims, int columns) {
    return switch (kind) {
      case PRODUCT -> ProductQuantizer.of(numbers, dims, columns);
      case RESIDUAL -> ResidualQuantizer.of(numbers, dims, columns);
      default -> GridQuantizer.of(dims, (int) numbers[0]);
    };
  }

  /** How many numbers a layer has. */
  private static long floats(int kind, int dims) {
    return switch (kind) {
      case ROTATED -> (long) dims * dims;
      case CENTERED -> dims;
      case DIRECTIONS -> 0;
      case SCORE_AWARE -> 1;
      default -> throw new IllegalArgumentException("a layer of kind %d".formatted(kind));
    };
  }

  private static Quantizer layer(int kind, float[] numbers, Quantizer inner) {
    return switch (kind) {
      case ROTATED -> RotatedQuantizer.of(Rotation.of(numbers, inner.dims()), inner);
      case CENTERED -> CenteredQuantizer.of(numbers, inner);
      case DIRECTIONS -> DirectionQuantizer.of(inner);
      default -> {
        if (inner instanceof ProductQuantizer product) {
          yield ScoreAwareQuantizer.of(product, numbers[0]);
        }
        throw new IllegalArgumentException("a score-aware layer is not over a product quantizer");
      }
    };
  }

  /** A number that differs between codebooks, up to chance: the checksum of all they hold. */
  public static long id(Quantizer quantizer) {
    CRC32C sum = new CRC32C();
    sections(quantizer).forEach(section -> sum.update(section.asByteBuffer()));
    return sum.getValue();
  }

  private static List<MemorySegment> sections(Quantizer quantizer) {
    List<Integer> layers = new ArrayList<>();
    List<float[]> numbers = new ArrayList<>();
    Quantizer inner = quantizer;
    while (true) {
      switch (inner) {
        case RotatedQuantizer rotated -> {
          layers.add(ROTATED);
          numbers.add(rotated.rotation().rows());
          inner = rotated.quantizer();
        }
        case CenteredQuantizer centered -> {
          layers.add(CENTERED);
          numbers.add(centered.center());
          inner = centered.rest();
        }
        case DirectionQuantizer directions -> {
          layers.add(DIRECTIONS);
          inner = directions.directions();
        }
        case ScoreAwareQuantizer scoreAware -> {
          layers.add(SCORE_AWARE);
          numbers.add(new float[] {scoreAware.eta()});
          inner = scoreAware.quantizer();
        }
        case ProductQuantizer product -> {
          // a turned product quantizer is a kind of its own, as it was before there were layers
          boolean isTurned = layers.equals(List.of(ROTATED));
          return sections(
              isTurned ? ROTATED : PRODUCT,
              quantizer,
              isTurned ? List.of() : layers,
              numbers,
              product.codebook());
        }
        case ResidualQuantizer residual -> {
          return sections(RESIDUAL, quantizer, layers, numbers, residual.codebook());
        }
        case GridQuantizer grid -> {
          return sections(GRID, quantizer, layers, numbers, new float[] {grid.bits()});
        }
      }
    }
  }

  private static List<MemorySegment> sections(
      int kind, Quantizer whole, List<Integer> layers, List<float[]> numbers, float[] codebook) {
    int[] fields = new int[FIELDS + layers.size()];
    fields[0] = kind;
    fields[1] = whole.dims();
    fields[2] = whole.columns();
    fields[3] = whole.centroids();
    for (int i = 0; i < layers.size(); i++) {
      fields[FIELDS + i] = layers.get(i);
    }
    MemorySegment stated = MemorySegment.ofArray(new byte[4 * fields.length]);
    for (int i = 0; i < fields.length; i++) {
      stated.setAtIndex(INT, i, fields[i]);
    }
    float[] outer = new float[numbers.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : numbers) {
      System.arraycopy(each, 0, outer, at, each.length);
      at += each.length;
    }
    return List.of(stated, SectionFile.section(outer), SectionFile.section(codebook));
  }
}
