package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
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
 * and thread-safe: while one thread appends others may search, each in the state that it was given,
 * through a volatile field for instance.
 *
 * <p><b>How an index on disk is replaced</b>: by {@link #write}, which puts a new file in the place
 * of the old one at once; indexes that are open go on reading the old one. A file that is open must
 * not be overwritten or cut in place, as a copying program may do: searches would read what is
 * there now. That is looked for, and refused, whenever a retriever is made or keys are copied, and
 * a search that meets the end of a cut file says so.
 */
public final class RetrievalIndex {
  private final Quantizer quantizer;
  private final Codes codes;
  private final KeyRows keys;
  private final Fit first;
  private final Fit appended;
  private final FileStamp file; // where keys are mapped from
  private volatile ScanRetriever scan; // null until it is asked for

  private RetrievalIndex(
      Quantizer quantizer,
      Codes codes,
      KeyRows keys,
      Fit first,
      Fit appended,
      FileStamp file,
      ScanRetriever scan) {
    this.quantizer = quantizer;
    this.codes = codes;
    this.keys = keys;
    this.first = first;
    this.appended = appended;
    this.file = file;
    this.scan = scan;
  }

  /** What a file holds; keys are those of the mapped file. */
  static RetrievalIndex stored(
      Quantizer quantizer, Codes codes, MemorySegment keys, Drift drift, FileStamp file) {
    return new RetrievalIndex(
        quantizer,
        codes,
        KeyRows.mapped(keys, quantizer.dims()),
        drift.first,
        drift.appended,
        file,
        null);
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
        KeyRows.of(keys, quantizer.dims()),
        fit(quantizer, keys, codes),
        Fit.NONE,
        FileStamp.NONE,
        null);
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
   * This history and later events. One event after the other costs a constant time each, whatever
   * the length of the history, as long as each is appended to what came out before: memory is
   * shared, and the scan grows. The first one costs a scan, if there is none yet, and a copy of
   * all. This object stays as it is.
   *
   * @param later fused keys [n, d]
   * @throws IllegalArgumentException as {@link Rows#bounded}
   */
  public RetrievalIndex append(float[] later, Workers workers) {
    Codes laterCodes = quantizer.encode(later, workers);
    file.check();
    Codes all = codes.plus(laterCodes);
    return new RetrievalIndex(
        quantizer,
        all,
        keys.plus(later),
        first,
        appended.plus(fit(quantizer, later, laterCodes)),
        FileStamp.NONE,
        grown(scan(), all));
  }

  /** A scan of codes that begin with those of another scan. */
  private static ScanRetriever grown(ScanRetriever scan, Codes all) {
    return scan instanceof FastScanRetriever fast
        ? fast.grown(all)
        : ((CodeRetriever) scan).grown(all);
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
    return SectionFile.floats(keySegment());
  }

  /**
   * The fused keys [L, d] where they are, outside of the heap: in the mapped file, or in memory if
   * they never were in a file or events were appended. Little-endian floats, to be read only; they
   * stay readable as long as the segment is referred to.
   */
  public MemorySegment keySegment() {
    file.check();
    return keys.segment();
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
    return RefinedRetriever.of(scan(), new Keys.Mapped(keySegment(), quantizer.dims()), options);
  }

  /**
   * Writes the index, not its codebook.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public void write(Path file) throws IOException {
    IndexFile.write(this, file);
  }

  /**
   * Opens an index.
   *
   * @param quantizer its codebook
   * @throws IOException if the file cannot be read, is broken, belongs to another codebook, or
   *     states sizes or numbers that cannot be
   */
  public static RetrievalIndex open(Path file, Quantizer quantizer) throws IOException {
    return IndexFile.open(file, quantizer);
  }
}
