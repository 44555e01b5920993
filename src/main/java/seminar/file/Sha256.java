package seminar.file;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 fingerprints as 64 hexadecimal digits. */
public final class Sha256 {
  private static final int BLOCK = 1 << 20;

  private Sha256() {}

  /** The fingerprint of a file's bytes. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    }
    return hex(digest);
  }

  /** The fingerprint of a piece of memory. */
  public static String of(MemorySegment bytes) {
    MessageDigest digest = digest();
    byte[] block = new byte[(int) Math.min(BLOCK, bytes.byteSize())];
    for (long at = 0; at < bytes.byteSize(); at += block.length) {
      int n = (int) Math.min(block.length, bytes.byteSize() - at);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, block, 0, n);
      digest.update(block, 0, n);
    }
    return hex(digest);
  }

  /** The fingerprint of some bytes. */
  public static String of(byte[] bytes) {
    MessageDigest digest = digest();
    digest.update(bytes);
    return hex(digest);
  }

  /** A fingerprint of bytes that arrive in pieces. */
  public static final class Running {
    private final MessageDigest digest = digest();

    /** Starts with no byte. */
    public Running() {}

    /** Adds {@code length} bytes from {@code from} on. */
    public void update(byte[] bytes, int from, int length) {
      digest.update(bytes, from, length);
    }

    /** The fingerprint of all bytes; the next one starts from none. */
    public String hex() {
      return Sha256.hex(digest);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
