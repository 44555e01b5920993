package seminar.retrieve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import seminar.quantize.CodebookFile;
import seminar.quantize.Quantizer;

/**
 * Where the indexes of an {@link IndexPack} lie in its file.
 *
 * <pre>
 *   8 bytes  SMNRPACK                       4 bytes  version        4 bytes  0
 *   8 bytes  codebook    8 bytes  d         8 bytes  entries n      8 bytes  where the directory is
 *   4 bytes  0           4 bytes  CRC32C of all before and of the directory;  zeros up to 64
 *   entries, each beginning at a multiple of 64
 *   directory, to the end: n × (8 bytes id, 8 bytes offset, 8 bytes length, 4 bytes CRC32C of the
 *   entry, 4 bytes events), by rising id
 * </pre>
 *
 * <p>The directory is behind the entries, so that these can be written one after the other.
 */
final class PackDirectory {
  /** Entries begin at multiples of it, the first one behind the header of as many bytes. */
  static final int ALIGNMENT = 64;

  private static final byte[] NAME = "SMNRPACK".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int SUMMED = 52; // bytes of the header before its checksum
  private static final int ENTRY = 32;

  private final long[] ids; // rising
  private final List<Entry> entries;

  /**
   * One index.
   *
   * @param id its number
   * @param offset where it begins
   * @param bytes how long it is
   * @param sum CRC32C of its bytes
   * @param events L
   */
  record Entry(long id, long offset, long bytes, int sum, int events) {}

  private PackDirectory(List<Entry> entries) {
    this.entries = entries;
    this.ids = entries.stream().mapToLong(Entry::id).toArray();
  }

  /** Of entries in any order. */
  static PackDirectory of(List<Entry> entries) {
    return new PackDirectory(entries.stream().sorted(Comparator.comparingLong(Entry::id)).toList());
  }

  /** Numbers of all indexes, rising. */
  long[] ids() {
    return ids;
  }

  /** By its place among the ids. */
  Entry entry(int place) {
    return entries.get(place);
  }

  /** The directory's bytes. */
  ByteBuffer bytes() {
    ByteBuffer bytes = buffer(Math.multiplyExact(ENTRY, ids.length));
    for (Entry each : entries) {
      bytes.putLong(each.id).putLong(each.offset).putLong(each.bytes);
      bytes.putInt(each.sum).putInt(each.events);
    }
    return bytes.flip();
  }

  /** The header of a file whose directory begins at a place. */
  ByteBuffer header(Quantizer quantizer, long place) {
    ByteBuffer header = buffer(ALIGNMENT).put(NAME).putInt(VERSION).putInt(0);
    header.putLong(CodebookFile.id(quantizer)).putLong(quantizer.dims());
    header.putLong(ids.length).putLong(place).putInt(0);
    header.putInt(SUMMED, sum(header, bytes()));
    return header.clear();
  }

  private static int sum(ByteBuffer header, ByteBuffer directory) {
    CRC32C sum = new CRC32C();
    sum.update(header.duplicate().clear().limit(SUMMED));
    sum.update(directory.duplicate());
    return (int) sum.getValue();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads header and directory, and checks that all entries lie where some can.
   *
   * @throws IOException if the file cannot be read, is broken, or of another codebook
   */
  static PackDirectory read(Path file, FileChannel in, Quantizer quantizer) throws IOException {
    long size = in.size();
    if (size < ALIGNMENT) {
      throw broken(file, "it has %d bytes, its header alone takes %d".formatted(size, ALIGNMENT));
    }
    ByteBuffer header = read(in, 0, ALIGNMENT);
    if (header.slice(0, NAME.length).compareTo(ByteBuffer.wrap(NAME)) != 0) {
      throw broken(file, "it does not begin with the letters SMNRPACK");
    }
    if (header.getInt(8) != VERSION) {
      throw broken(
          file,
          "it has version %d, this program reads version %d".formatted(header.getInt(8), VERSION));
    }
    long count = header.getLong(32);
    long place = header.getLong(40);
    boolean fits =
        count >= 0
            && count <= Integer.MAX_VALUE / ENTRY
            && place >= ALIGNMENT
            && place <= size
            && size - place == count * ENTRY;
    if (!fits) {
      throw broken(
          file,
          "it states %d indexes and a directory at byte %d, and has %d bytes"
              .formatted(count, place, size));
    }
    ByteBuffer directory = read(in, place, (int) (size - place));
    if (sum(header, directory) != header.getInt(SUMMED)) {
      throw broken(file, "its header and directory do not have the checksum that they state");
    }
    IndexFile.checkCodebook(file, header.getLong(16), quantizer);
    if (header.getLong(24) != quantizer.dims()) {
      throw broken(file, "its keys have %d numbers".formatted(header.getLong(24)));
    }
    return checked(file, directory, place, quantizer);
  }

  private static PackDirectory checked(
      Path file, ByteBuffer directory, long end, Quantizer quantizer) throws IOException {
    List<Entry> entries = new ArrayList<>(directory.remaining() / ENTRY);
    while (directory.hasRemaining()) {
      Entry each =
          new Entry(
              directory.getLong(),
              directory.getLong(),
              directory.getLong(),
              directory.getInt(),
              directory.getInt());
      boolean lies =
          each.offset >= ALIGNMENT
              && each.offset % ALIGNMENT == 0
              && each.offset <= end
              && each.bytes <= end - each.offset
              && PackedIndex.isLength(each.bytes, each.events, quantizer)
              && (entries.isEmpty() || entries.getLast().id < each.id);
      if (!lies) {
        throw broken(
            file,
            "it states for index %d %d events in %d bytes from %d on, before byte %d"
                .formatted(each.id, each.events, each.bytes, each.offset, end));
      }
      entries.add(each);
    }
    return new PackDirectory(entries);
  }

  private static ByteBuffer read(FileChannel in, long place, int bytes) throws IOException {
    ByteBuffer read = buffer(bytes);
    while (read.hasRemaining() && in.read(read, place + read.position()) >= 0) {}
    return read.flip();
  }

  /** Says what is wrong with a file and what to do. */
  static IOException broken(Path file, String what) {
    return new IOException("%s: %s; make it anew with 'index'".formatted(file, what));
  }
}
