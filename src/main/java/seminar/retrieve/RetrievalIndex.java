package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import seminar.file.FileStamp;
import seminar.file.SectionFile;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.CodebookFile;
import seminar.quantize.Codes;
import seminar.quantize.Quantizer;
import seminar.quantize.Rows;

/**
 * One history on disk: its fused keys, their codes, and how well the codes fit.
 *
 * <p>Codes are read into memory, for every search reads them all; keys stay in the mapped file, for
 * a search reads a few. The codebook is a file of its own ({@link CodebookFile}) that other
 * histories may share; an index knows which one its codes were made with.
 *
 * <p>Events are appended without learning anything: their codes come from the codebook that is
 * there, and {@link #drift} says how much worse it fits them than the events it began with. Every
 * change makes a new object and, when written, a new file in the place of the old one. Immutable
 * and thread-safe.
 *
 * <p><b>How an index on disk is replaced</b>: by {@link #write}, which puts a new file in the place
 * of the old one at once; indexes that are open go on reading the old one. A file that is open must
 * not be overwritten or cut in place, as a copying program may do: searches would read what is
 * there now. That is looked for, and refused, whenever a retriever is made or keys are copied, and
 * a search that meets the end of a cut file says so.
 */
public final class RetrievalIndex {
  private static final String NAME = "SMNRINDX";
  private static final int VERSION = 1;
  private static final int FIELDS = 7;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Quantizer quantizer;
  private final Codes codes;
  private final MemorySegment keys; // [L, d], little-endian floats
  private final Fit first;
  private final Fit appended;
  private final FileStamp file; // where keys are mapped from
  private volatile ScanRetriever scan; // null until it is asked for

  private RetrievalIndex(
      Quantizer quantizer,
      Codes codes,
      MemorySegment keys,
      Fit first,
      Fit appended,
      FileStamp file) {
    this.quantizer = quantizer;
    this.codes = codes;
    this.keys = keys;
    this.first = first;
    this.appended = appended;
    this.file = file;
  }

  /**
   * How well codes fit events.
   *
   * @param events how many
   * @param error the mean squared distance of a key to what its codes stand for; 0 without events
   */
  public record Fit(int events, double error) {
    private static final Fit NONE = new Fit(0, 0);

    private Fit plus(Fit other) {
      int all = Math.addExact(events, other.events);
      return all == 0 ? NONE : new Fit(all, (events * error + other.events * other.error) / all);
    }
  }

  /**
   * How the codebook's fit has changed.
   *
   * @param first the events that the index was made of
   * @param appended those since
   */
  public record Drift(Fit first, Fit appended) {
    /**
     * How many times larger the error of appended events is; 1 if there are none of either,
     * infinite if the first ones have no error and they do.
     */
    public double ratio() {
      if (first.events == 0 || appended.events == 0 || appended.error == first.error) {
        return 1;
      }
      return appended.error / first.error;
    }
  }

  /**
   * Encodes a history.
   *
   * @param quantizer of fused keys
   * @param keys [L, d], copied
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public static RetrievalIndex of(Quantizer quantizer, float[] keys, Workers workers) {
    Codes codes = quantizer.encode(keys, workers);
    return new RetrievalIndex(
        quantizer,
        codes,
        SectionFile.section(keys),
        fit(quantizer, keys, codes),
        Fit.NONE,
        FileStamp.NONE);
  }

  private static Fit fit(Quantizer quantizer, float[] keys, Codes codes) {
    float[] decoded = quantizer.decode(codes);
    double sum = 0;
    int dims = quantizer.dims();
    for (int l = 0; l < codes.rows(); l++) {
      sum += Vectors.squaredDistance(keys, l * dims, decoded, l * dims, dims);
    }
    return codes.rows() == 0 ? Fit.NONE : new Fit(codes.rows(), sum / codes.rows());
  }

  /**
   * This history and later events.
   *
   * @param later fused keys [n, d]
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public RetrievalIndex append(float[] later, Workers workers) {
    Codes laterCodes = quantizer.encode(later, workers);
    file.check();
    byte[] both = new byte[Math.addExact(Math.toIntExact(keys.byteSize()), 4 * later.length)];
    MemorySegment all = MemorySegment.ofArray(both);
    all.copyFrom(keys);
    all.asSlice(keys.byteSize()).copyFrom(SectionFile.section(later));
    Fit fit = fit(quantizer, later, laterCodes);
    return new RetrievalIndex(
        quantizer, codes.plus(laterCodes), all, first, appended.plus(fit), FileStamp.NONE);
  }

  /**
   * The same events under another codebook, for instance one learned from {@link #keys} because of
   * {@link #drift}; this object and its file stay as they are.
   *
   * @throws IllegalArgumentException if the other quantizer has another d
   */
  public RetrievalIndex encodedBy(Quantizer other, Workers workers) {
    Checks.sameLength("key", quantizer.dims(), "vector of the other codebook", other.dims());
    return of(other, keys(), workers);
  }

  /** L. */
  public int size() {
    return codes.rows();
  }

  /** What the codes were made with. */
  public Quantizer quantizer() {
    return quantizer;
  }

  /** The codes [L, columns]. */
  public Codes codes() {
    return codes;
  }

  /** A copy of the fused keys [L, d]. */
  public float[] keys() {
    file.check();
    return SectionFile.floats(keys);
  }

  /** How well the codebook fits events that were appended, against those before. */
  public Drift drift() {
    return new Drift(first, appended);
  }

  /** Searches codes alone: four-bit ones by shuffles, others by look-ups. Made once. */
  public ScanRetriever scan() {
    ScanRetriever made = scan;
    if (made == null) {
      made =
          FastScanRetriever.reads(quantizer)
              ? FastScanRetriever.of(quantizer, codes)
              : CodeRetriever.of(quantizer, codes);
      scan = made;
    }
    return made;
  }

  /** Searches codes, then keys of candidates. */
  public RefinedRetriever refined(RefinedRetriever.Options options) {
    file.check();
    return RefinedRetriever.of(scan(), new Keys.Mapped(keys, quantizer.dims()), options);
  }

  /**
   * Writes the index, not its codebook.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public void write(Path file) throws IOException {
    MemorySegment fields = MemorySegment.ofArray(new byte[8 * FIELDS]);
    long[] values = {
      CodebookFile.id(quantizer),
      quantizer.dims(),
      codes.rows(),
      first.events,
      Double.doubleToRawLongBits(first.error),
      appended.events,
      Double.doubleToRawLongBits(appended.error)
    };
    for (int i = 0; i < FIELDS; i++) {
      fields.setAtIndex(LONG, i, values[i]);
    }
    this.file.check();
    SectionFile.write(file, NAME, VERSION, List.of(fields, coded(), keys));
  }

  /** Codes, and behind them scales if events have some. */
  private MemorySegment coded() {
    byte[] bytes = codes.toBytes();
    if (!codes.isScaled()) {
      return MemorySegment.ofArray(bytes);
    }
    byte[] both = Arrays.copyOf(bytes, Math.addExact(bytes.length, 4 * codes.rows()));
    MemorySegment segment = MemorySegment.ofArray(both);
    for (int l = 0; l < codes.rows(); l++) {
      segment.set(SectionFile.FLOAT, bytes.length + 4L * l, codes.scale(l));
    }
    return segment;
  }

  private static Codes codes(byte[] coded, int rows, Quantizer quantizer, long bytes) {
    Codes codes =
        Codes.ofBytes(
            Arrays.copyOf(coded, (int) bytes), quantizer.columns(), quantizer.centroids());
    return coded.length == bytes
        ? codes
        : codes.scaled(SectionFile.floats(MemorySegment.ofArray(coded).asSlice(bytes)));
  }

  /**
   * Opens an index.
   *
   * @param quantizer its codebook
   * @throws IOException if the file cannot be read, is broken, belongs to another codebook, or
   *     states sizes or numbers that cannot be
   */
  public static RetrievalIndex open(Path file, Quantizer quantizer) throws IOException {
    FileStamp stamp = FileStamp.of(file);
    List<MemorySegment> sections = SectionFile.map(file, NAME, VERSION, 3);
    long[] fields = fields(file, sections.getFirst());
    long id = CodebookFile.id(quantizer);
    if (fields[0] != id) {
      throw new IOException(
          "%s: it was made with codebook %08x, this one is %08x: give its own or make it anew"
              .formatted(file, fields[0], id));
    }
    long rows = fields[2];
    long bytes = rows * quantizer.columns() * (quantizer.centroids() <= 256 ? 1 : 2);
    long coded = sections.get(1).byteSize();
    boolean shaped =
        fields[1] == quantizer.dims()
            && rows >= 0
            && rows <= Integer.MAX_VALUE
            && fields[3] >= 0
            && fields[5] >= 0
            && fields[3] + fields[5] == rows
            && (coded == bytes || coded == bytes + 4 * rows)
            && sections.get(2).byteSize() == rows * quantizer.dims() * 4;
    if (!shaped) {
      throw SectionFile.broken(
          file,
          "it states %d events and holds %d bytes of codes and %d of keys"
              .formatted(rows, sections.get(1).byteSize(), sections.get(2).byteSize()));
    }
    checkBounded(file, sections.get(2), quantizer.dims());
    try {
      byte[] both = sections.get(1).toArray(ValueLayout.JAVA_BYTE);
      Codes codes = codes(both, (int) rows, quantizer, bytes);
      return new RetrievalIndex(
          quantizer, codes, sections.get(2), fit(fields, 3), fit(fields, 5), stamp);
    } catch (IllegalArgumentException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }

  private static void checkBounded(Path file, MemorySegment keys, int dims) throws IOException {
    float[] key = new float[dims];
    for (long at = 0; at < keys.byteSize(); at += 4L * dims) {
      MemorySegment.copy(keys, SectionFile.FLOAT, at, key, 0, dims);
      try {
        Rows.bounded("key", key, dims);
      } catch (IllegalArgumentException e) {
        throw SectionFile.broken(file, "event %d: %s".formatted(at / 4 / dims, e.getMessage()));
      }
    }
  }

  private static long[] fields(Path file, MemorySegment section) throws IOException {
    if (section.byteSize() != 8L * FIELDS) {
      throw SectionFile.broken(file, "its fields are not " + FIELDS);
    }
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = section.getAtIndex(LONG, i);
    }
    return fields;
  }

  private static Fit fit(long[] fields, int at) {
    double error = Double.longBitsToDouble(fields[at + 1]);
    Checks.within(0, Double.MAX_VALUE, "error of events", error);
    return new Fit((int) fields[at], error);
  }
}
