package seminar.quantize;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import seminar.file.SectionFile;

/**
 * Codebooks on disk, with an identity by which codes made with another codebook are told apart.
 *
 * <p>One codebook may serve the indexes of all users of a corpus.
 */
public final class CodebookFile {
  private static final String NAME = "SMNRCODE";
  private static final int VERSION = 1;
  private static final int PRODUCT = 1;
  private static final int ROTATED = 2;
  private static final int RESIDUAL = 3;
  private static final int FIELDS = 4;
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
    if (sections.getFirst().byteSize() != 4L * FIELDS) {
      throw SectionFile.broken(file, "its fields are not " + FIELDS);
    }
    int kind = field(sections, 0);
    int dims = field(sections, 1);
    int columns = field(sections, 2);
    int centroids = field(sections, 3);
    long floats = kind == RESIDUAL ? (long) columns * centroids * dims : (long) centroids * dims;
    boolean shaped =
        dims > 0
            && columns > 0
            && centroids > 0
            && centroids <= ProductQuantizer.MAX_CENTROIDS
            && floats > 0
            && sections.get(2).byteSize() / 4 == floats
            && sections.get(1).byteSize() == (kind == ROTATED ? 4L * dims * dims : 0);
    if (!shaped) {
      throw SectionFile.broken(
          file,
          "it states d=%d, %d columns, C=%d and holds %d bytes"
              .formatted(dims, columns, centroids, sections.get(2).byteSize()));
    }
    try {
      float[] codebook = SectionFile.floats(sections.get(2));
      return switch (kind) {
        case PRODUCT -> ProductQuantizer.of(codebook, dims, columns);
        case ROTATED ->
            RotatedQuantizer.of(
                Rotation.of(SectionFile.floats(sections.get(1)), dims),
                ProductQuantizer.of(codebook, dims, columns));
        case RESIDUAL -> ResidualQuantizer.of(codebook, dims, columns);
        default -> throw SectionFile.broken(file, "it is of kind %d".formatted(kind));
      };
    } catch (IllegalArgumentException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }

  private static int field(List<MemorySegment> sections, int number) {
    return sections.getFirst().getAtIndex(INT, number);
  }

  /** A number that differs between codebooks, up to chance: the checksum of all they hold. */
  public static long id(Quantizer quantizer) {
    CRC32C sum = new CRC32C();
    sections(quantizer).forEach(section -> sum.update(section.asByteBuffer()));
    return sum.getValue();
  }

  private static List<MemorySegment> sections(Quantizer quantizer) {
    return switch (quantizer) {
      case ProductQuantizer product ->
          sections(PRODUCT, quantizer, new float[0], product.codebook());
      case RotatedQuantizer rotated ->
          sections(ROTATED, quantizer, rotated.rotation().rows(), rotated.quantizer().codebook());
      case ResidualQuantizer residual ->
          sections(RESIDUAL, quantizer, new float[0], residual.codebook());
    };
  }

  private static List<MemorySegment> sections(
      int kind, Quantizer quantizer, float[] rotation, float[] codebook) {
    MemorySegment fields = MemorySegment.ofArray(new byte[4 * FIELDS]);
    fields.setAtIndex(INT, 0, kind);
    fields.setAtIndex(INT, 1, quantizer.dims());
    fields.setAtIndex(INT, 2, quantizer.columns());
    fields.setAtIndex(INT, 3, quantizer.centroids());
    return List.of(fields, SectionFile.section(rotation), SectionFile.section(codebook));
  }
}
