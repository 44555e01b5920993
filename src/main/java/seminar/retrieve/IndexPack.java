package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import seminar.file.FileStamp;
import seminar.file.PartFile;
import seminar.quantize.CodebookFile;
import seminar.quantize.Quantizer;

/**
 * The indexes of many histories in one file, each under a number of one's own: where there are
 * hundreds of thousands of users, a file for each is too much for file systems, and opening them
 * takes longer than searching.
 *
 * <p>Opening reads the directory alone. An index is mapped when it is asked for: its checksum is
 * compared the first time, its codes are read into memory, its keys stay in the file. The file is
 * replaced as that of a {@link RetrievalIndex} is, by a new one in its place; an index that is in
 * use goes on reading the old one.
 *
 * <p>Immutable and thread-safe. A file of some hundred megabytes is a good size: it is written in a
 * second, and one of a few that are renewed.
 */
public final class IndexPack {
  private static final long SLICE = 1 << 24;

  private final Path path;
  private final Quantizer quantizer;
  private final PackDirectory directory;
  private final MemorySegment file;
  private final FileStamp stamp;
  private final boolean[] verified; // by place; two threads may do the same once each

  private IndexPack(
      Path path,
      Quantizer quantizer,
      PackDirectory directory,
      MemorySegment file,
      FileStamp stamp) {
    this.path = path;
    this.quantizer = quantizer;
    this.directory = directory;
    this.file = file;
    this.stamp = stamp;
    this.verified = new boolean[directory.ids().length];
  }

  /**
   * Opens a file.
   *
   * @param quantizer the codebook of its indexes
   * @throws IOException if the file cannot be read, is broken, belongs to another codebook, or
   *     states sizes that cannot be
   */
  public static IndexPack open(Path file, Quantizer quantizer) throws IOException {
    FileStamp stamp = FileStamp.of(file);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      PackDirectory directory = PackDirectory.read(file, in, quantizer);
      MemorySegment all = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), Arena.ofAuto());
      return new IndexPack(file, quantizer, directory, all, stamp);
    }
  }

  /** How many indexes there are. */
  public int size() {
    return directory.ids().length;
  }

  /** The numbers of all indexes, rising; a copy. */
  public long[] ids() {
    return directory.ids().clone();
  }

  /** Whether there is an index of this number. */
  public boolean contains(long id) {
    return Arrays.binarySearch(directory.ids(), id) >= 0;
  }

  /** How many bytes the file has. */
  public long bytes() {
    return file.byteSize();
  }

  /**
   * An index.
   *
   * @throws IllegalArgumentException if there is none of this number
   * @throws IOException if its bytes are broken
   * @throws IllegalStateException if the file was changed in place while it was open
   */
  public RetrievalIndex index(long id) throws IOException {
    int place = Arrays.binarySearch(directory.ids(), id);
    if (place < 0) {
      throw new IllegalArgumentException(
          "%s holds no index of %d: make one with 'index'".formatted(path, id));
    }
    stamp.check();
    PackDirectory.Entry entry = directory.entry(place);
    MemorySegment bytes = file.asSlice(entry.offset(), entry.bytes());
    boolean known = verified[place];
    try {
      if (!known && sum(List.of(bytes)) != entry.sum()) {
        throw PackDirectory.broken(
            path, "index %d does not have the checksum that is stated".formatted(id));
      }
      RetrievalIndex index = PackedIndex.of(bytes, entry.events(), quantizer, stamp, known);
      verified[place] = true;
      return index;
    } catch (IllegalArgumentException e) {
      throw PackDirectory.broken(path, "index %d: %s".formatted(id, e.getMessage()));
    } catch (InternalError e) { // how the machine tells that a mapped page is gone
      throw new IOException(path + ": it was cut while it was open; make it anew with 'index'", e);
    }
  }

  private static int sum(List<MemorySegment> parts) {
    CRC32C sum = new CRC32C();
    parts.forEach(part -> slices(part).forEach(sum::update));
    return (int) sum.getValue();
  }

  private static List<ByteBuffer> slices(MemorySegment part) {
    List<ByteBuffer> slices = new ArrayList<>();
    for (long at = 0; at < part.byteSize(); at += SLICE) {
      slices.add(part.asSlice(at, Math.min(SLICE, part.byteSize() - at)).asByteBuffer());
    }
    return slices;
  }

  /**
   * Writes a file, index by index; it is in its place once {@link #finish} has returned, and never
   * if that is not called. Thread safety: one thread at a time.
   */
  public static final class Writer implements AutoCloseable {
    private final Quantizer quantizer;
    private final PartFile part;
    private final List<PackDirectory.Entry> entries = new ArrayList<>();
    private final Set<Long> ids = new HashSet<>();
    private long end = PackDirectory.ALIGNMENT;

    private Writer(Quantizer quantizer, PartFile part) {
      this.quantizer = quantizer;
      this.part = part;
    }

    /**
     * Begins a file.
     *
     * @param quantizer the codebook of all indexes to come
     * @throws IOException if nothing can be written there
     */
    public static Writer of(Path file, Quantizer quantizer) throws IOException {
      Writer writer = new Writer(quantizer, PartFile.of(file));
      writer.part.put(ByteBuffer.allocate(PackDirectory.ALIGNMENT));
      return writer;
    }

    /**
     * Adds an index.
     *
     * @throws IllegalArgumentException if there is one of this number, or it is of another codebook
     * @throws IOException if it cannot be written; begin anew then
     */
    public void add(long id, RetrievalIndex index) throws IOException {
      if (index.quantizer() != quantizer
          && CodebookFile.id(index.quantizer()) != CodebookFile.id(quantizer)) {
        throw new IllegalArgumentException(
            "index %d was made with codebook %08x, the file is for %08x"
                .formatted(id, CodebookFile.id(index.quantizer()), CodebookFile.id(quantizer)));
      }
      List<MemorySegment> parts = PackedIndex.parts(index);
      if (!ids.add(id)) {
        throw new IllegalArgumentException("there is an index %d already".formatted(id));
      }
      long offset = aligned();
      for (MemorySegment each : parts) {
        for (ByteBuffer slice : slices(each)) {
          part.put(slice);
        }
        end += each.byteSize();
      }
      entries.add(new PackDirectory.Entry(id, offset, end - offset, sum(parts), index.size()));
    }

    /** Goes on to the next place where something may begin. */
    private long aligned() throws IOException {
      if (part.size() != end) {
        throw new IOException("an index before was written in part: begin the file anew");
      }
      long next = Math.ceilDiv(end, PackDirectory.ALIGNMENT) * PackDirectory.ALIGNMENT;
      part.put(ByteBuffer.allocate((int) (next - end)));
      end = next;
      return next;
    }

    /** How many bytes are written. */
    public long bytes() {
      return end;
    }

    /** How many indexes were added. */
    public int size() {
      return entries.size();
    }

    /**
     * Writes what is left and puts the file in its place.
     *
     * @throws IOException if it cannot; what was there before is untouched
     */
    public void finish() throws IOException {
      PackDirectory directory = PackDirectory.of(entries);
      long place = aligned();
      part.put(directory.bytes());
      part.putAt(0, directory.header(quantizer, place));
      part.finish();
    }

    /** Leaves the place as it was, unless the file was finished. */
    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
