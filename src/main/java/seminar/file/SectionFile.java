package seminar.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of a few sections of bytes, each with its length and checksum, mapped into memory when it
 * is read.
 *
 * <pre>
 *   8 bytes  what the file is, in letters     4 bytes  version     4 bytes  sections n
 *   n × (8 bytes length, 4 bytes CRC32C of the section, 4 bytes 0)
 *   4 bytes  CRC32C of all before; zeros up to a multiple of 64
 *   sections, each beginning at a multiple of 64
 * </pre>
 *
 * <p>Numbers are little-endian. A file is written beside its place and moved there when it is
 * complete, so it is the old one or the new one. Lengths are compared with the file's size before
 * anything is read, so a broken file costs no memory.
 */
public final class SectionFile {
  /** Floats, wherever they begin. */
  public static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int NAME = 8;
  private static final int PREFIX = NAME + 8;
  private static final int ENTRY = 16;
  private static final int ALIGNMENT = 64;
  private static final int MOST_SECTIONS = 16;
  private static final long SLICE = 1 << 24;

  private SectionFile() {}

  /**
   * Writes a file.
   *
   * @param name what the file is: 8 ASCII letters
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public static void write(Path file, String name, int version, List<MemorySegment> sections)
      throws IOException {
    if (name.length() != NAME || sections.isEmpty() || sections.size() > MOST_SECTIONS) {
      throw new IllegalArgumentException(
          "file '%s' of %d sections: its name must have %d letters, its sections be 1 to %d"
              .formatted(name, sections.size(), NAME, MOST_SECTIONS));
    }
    AtomicFiles.write(
        file,
        part -> {
          try (FileChannel out =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            writeFully(out, header(name, version, sections));
            for (MemorySegment section : sections) {
              pad(out);
              for (long at = 0; at < section.byteSize(); at += SLICE) {
                long size = Math.min(SLICE, section.byteSize() - at);
                writeFully(out, section.asSlice(at, size).asByteBuffer());
              }
            }
          }
        });
  }

  private static ByteBuffer header(String name, int version, List<MemorySegment> sections) {
    ByteBuffer header =
        ByteBuffer.allocate(PREFIX + ENTRY * sections.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
    header.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(version).putInt(sections.size());
    for (MemorySegment section : sections) {
      header.putLong(section.byteSize()).putInt(checksum(section)).putInt(0);
    }
    header.putInt(checksum(MemorySegment.ofBuffer(header.duplicate().flip())));
    return header.flip();
  }

  private static void pad(FileChannel out) throws IOException {
    writeFully(out, ByteBuffer.allocate((int) (aligned(out.position()) - out.position())));
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static long aligned(long position) {
    return Math.ceilDiv(position, ALIGNMENT) * ALIGNMENT;
  }

  private static int checksum(MemorySegment section) {
    CRC32C sum = new CRC32C();
    for (long at = 0; at < section.byteSize(); at += SLICE) {
      sum.update(section.asSlice(at, Math.min(SLICE, section.byteSize() - at)).asByteBuffer());
    }
    return (int) sum.getValue();
  }

  /**
   * The sections of a file, mapped; they stay readable as long as they are referred to.
   *
   * @param name what the file must be
   * @param version the only one that is understood
   * @param sections how many there must be
   * @throws IOException if the file cannot be read or is not what it should be: its beginning,
   *     version, lengths or checksums are wrong
   */
  public static List<MemorySegment> map(Path file, String name, int version, int sections)
      throws IOException {
    int length = PREFIX + ENTRY * sections + 4;
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = in.size();
      if (size < length) {
        throw broken(file, "it has %d bytes, its header alone takes %d".formatted(size, length));
      }
      ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (header.hasRemaining() && in.read(header) >= 0) {}
      checkHeader(file, header, name, version, sections);
      MemorySegment all = in.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
      return slices(file, header, all, sections);
    }
  }

  private static void checkHeader(
      Path file, ByteBuffer header, String name, int version, int sections) throws IOException {
    String found = new String(header.array(), 0, NAME, StandardCharsets.US_ASCII);
    if (!found.equals(name)) {
      throw broken(file, "it does not begin with the letters " + name);
    }
    if (header.getInt(NAME) != version) {
      throw broken(
          file,
          "it has version %d, this program reads version %d"
              .formatted(header.getInt(NAME), version));
    }
    int end = header.capacity() - 4;
    int count = header.getInt(NAME + 4);
    int sum = checksum(MemorySegment.ofArray(header.array()).asSlice(0, end));
    if (count != sections || sum != header.getInt(end)) {
      throw broken(file, "its header does not have the checksum that it states");
    }
  }

  private static List<MemorySegment> slices(
      Path file, ByteBuffer header, MemorySegment all, int sections) throws IOException {
    List<MemorySegment> slices = new ArrayList<>();
    long at = header.capacity();
    for (int s = 0; s < sections; s++) {
      long length = header.getLong(PREFIX + ENTRY * s);
      at = aligned(at);
      if (length < 0 || length > all.byteSize() - at) {
        throw broken(
            file,
            "its section %d should end at byte %d + %d, the file has %d"
                .formatted(s, at, length, all.byteSize()));
      }
      MemorySegment slice = all.asSlice(at, length);
      if (checksum(slice) != header.getInt(PREFIX + ENTRY * s + 8)) {
        throw broken(file, "its section %d does not have the checksum that it states".formatted(s));
      }
      slices.add(slice);
      at += length;
    }
    if (at != all.byteSize()) {
      throw broken(file, "it has %d bytes more than it states".formatted(all.byteSize() - at));
    }
    return List.copyOf(slices);
  }

  /** Says what is wrong with a file and what to do. */
  public static IOException broken(Path file, String what) {
    return new IOException(file + ": " + what + "; make it anew");
  }

  /** A copy of a section as floats. */
  public static float[] floats(MemorySegment section) {
    float[] values = new float[Math.toIntExact(section.byteSize() / 4)];
    MemorySegment.copy(section, FLOAT, 0, values, 0, values.length);
    return values;
  }

  /** Floats as a section. */
  public static MemorySegment section(float[] values) {
    MemorySegment section = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 4)]);
    MemorySegment.copy(values, 0, section, FLOAT, 0, values.length);
    return section;
  }
}
