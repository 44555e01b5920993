package seminar.feature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import seminar.file.Sha256;

/** SHA-256 over pieces, each with its length, so that "ab" + "c" differs from "a" + "bc". */
final class Fingerprint {
  private final Sha256.Running digest = new Sha256.Running();

  Fingerprint add(byte[] piece) {
    add(piece.length);
    digest.update(piece, 0, piece.length);
    return this;
  }

  Fingerprint add(String piece) {
    return add(piece.getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), 0, Long.BYTES);
    return this;
  }

  Fingerprint add(float[] numbers) {
    add(numbers.length);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
    for (float number : numbers) {
      if (!bytes.hasRemaining()) {
        digest.update(bytes.array(), 0, bytes.position());
        bytes.clear();
      }
      bytes.putFloat(number);
    }
    digest.update(bytes.array(), 0, bytes.position());
    return this;
  }

  /** 64 hexadecimal digits; ends the fingerprint. */
  String hex() {
    return digest.hex();
  }
}
