package seminar.feature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over pieces, each with its length, so that "ab" + "c" differs from "a" + "bc". */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Fingerprint add(byte[] piece) {
    add(piece.length);
    digest.update(piece);
    return this;
  }

  Fingerprint add(String piece) {
    return add(piece.getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  Fingerprint add(float[] numbers) {
    add(numbers.length);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
    for (float number : numbers) {
      if (!bytes.hasRemaining()) {
        digest.update(bytes.flip());
        bytes.clear();
      }
      bytes.putFloat(number);
    }
    digest.update(bytes.flip());
    return this;
  }

  /** 64 hexadecimal digits; ends the fingerprint. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
