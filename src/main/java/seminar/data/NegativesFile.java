package seminar.data;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import seminar.file.AtomicFiles;
import seminar.file.Sha256;

/**
 * Negatives as bytes: magic and version, kind, seed, catalogue, count, users, length of the stage's
 * name, the name, the users, the items; at the end the SHA-256 of all before it. Version 1, which
 * knew no kind, is refused: draw again.
 */
final class NegativesFile {
  private static final long MAGIC = 0x0002_4745_4E4D_4553L; // "SEMNEG", version 2
  private static final int VERSION_BITS = 48;
  private static final int HEADER = 36;
  private static final int HASH = 64;

  private NegativesFile() {}

  static byte[] encode(Negatives negatives) {
    byte[] name = negatives.stage().getBytes(StandardCharsets.UTF_8);
    int[] users = negatives.users();
    int[] items = negatives.items();
    long size = HEADER + name.length + 4L * users.length + 4L * items.length;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putInt(negatives.kind().ordinal()).putLong(negatives.seed());
    out.putInt(negatives.catalog()).putInt(negatives.count()).putInt(users.length);
    out.putInt(name.length).put(name);
    out.asIntBuffer().put(users).put(items);
    return out.array();
  }

  static void write(Negatives negatives, Path file) throws IOException {
    byte[] content = encode(negatives);
    byte[] hash = Sha256.of(content).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(content.length + hash.length).put(content).put(hash);
    AtomicFiles.write(file, all.array());
  }

  static Negatives read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = all.length - HASH;
    if (end < Long.BYTES) {
      throw damaged(file, "is %d bytes long".formatted(all.length));
    }
    byte[] content = Arrays.copyOf(all, end);
    String hash = new String(all, end, HASH, StandardCharsets.US_ASCII);
    if (!Sha256.of(content).equals(hash)) {
      throw damaged(file, "does not have the contents that its hash was taken of");
    }
    try {
      return decode(file, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw damaged(file, "ends too early");
    } catch (IllegalArgumentException e) {
      throw damaged(file, "holds what cannot be: " + e.getMessage());
    }
  }

  private static Negatives decode(Path file, ByteBuffer in) throws IOException {
    long magic = in.getLong();
    if (magic << Long.SIZE - VERSION_BITS != MAGIC << Long.SIZE - VERSION_BITS) {
      throw damaged(file, "does not begin as a file of negatives does");
    }
    if (magic != MAGIC) {
      throw damaged(
          file,
          "is of version %d, this program reads version %d"
              .formatted(magic >>> VERSION_BITS, MAGIC >>> VERSION_BITS));
    }
    int kind = in.getInt();
    long seed = in.getLong();
    int catalog = in.getInt();
    int count = in.getInt();
    int size = in.getInt();
    int nameLength = in.getInt();
    boolean sane = kind >= 0 && kind < Negatives.Kind.values().length && catalog >= 1;
    sane = sane && count >= 1 && size >= 0 && nameLength >= 0;
    if (!sane || nameLength + 4L * size + 4L * size * count != in.remaining()) {
      throw damaged(file, "has %d bytes after its header".formatted(in.remaining()));
    }
    byte[] name = new byte[nameLength];
    in.get(name);
    int[] users = new int[size];
    int[] items = new int[size * count];
    in.asIntBuffer().get(users).get(items);
    String stage = new String(name, StandardCharsets.UTF_8);
    return new Negatives(Negatives.Kind.values()[kind], stage, seed, catalog, count, users, items);
  }

  private static IOException damaged(Path file, String how) {
    return new IOException("%s %s: delete it and draw the negatives again".formatted(file, how));
  }
}
