package seminar.source;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import seminar.file.Sha256;

/** A file of text that is read once: unpacked if it is packed, its bytes counted and hashed. */
final class SourceText implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long size;
  private final Counted bytes;
  private final Reader reader;

  private SourceText(Path file, long size, Counted bytes, Reader reader) {
    this.file = file;
    this.size = size;
    this.bytes = bytes;
    this.reader = reader;
  }

  static SourceText open(Path file, Charset charset) throws IOException {
    require(file);
    Counted bytes = new Counted(Files.newInputStream(file));
    try {
      Reader reader = unmarked(new InputStreamReader(unpacked(file, bytes), decoder(charset)));
      return new SourceText(file, Files.size(file), bytes, reader);
    } catch (EOFException | ZipException e) {
      bytes.close();
      throw truncated(file, e);
    }
  }

  /** Without the mark of the order of bytes that may stand first. */
  private static Reader unmarked(Reader text) throws IOException {
    PushbackReader reader = new PushbackReader(text);
    int first = reader.read();
    if (first >= 0 && first != Header.BYTE_ORDER_MARK.charAt(0)) {
      reader.unread(first);
    }
    return reader;
  }

  private static InputStream unpacked(Path file, InputStream bytes) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(bytes, BUFFER);
    }
    return name.endsWith(".zst") ? new Zstandard(new ZstdInputStream(bytes)) : bytes;
  }

  /** Says of a broken file what the other unpackers say. */
  private static final class Zstandard extends FilterInputStream {
    Zstandard(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      try {
        return super.read(into, at, length);
      } catch (ZstdIOException e) {
        throw new ZipException(e.getMessage());
      }
    }
  }

  /** Bytes that are no characters become one that no text has. */
  private static CharsetDecoder decoder(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .replaceWith(String.valueOf(MalformedLine.NOT_UTF8));
  }

  static void require(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is missing: give the folder into which the data set was unpacked%s"
              .formatted(
                  file, DataFolder.below(file.getParent(), file.getFileName().toString()::equals)));
    }
  }

  /**
   * The alphabet of a text: UTF-8 if all of it is, else ISO-8859-1, unless more lines have
   * characters of several bytes that are UTF-8 than bytes that are not: then these are errors.
   */
  static Charset charset(Path file) throws IOException {
    long good = 0;
    long bad = 0;
    try (SourceText text = open(file, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(text.reader())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean wrong = line.indexOf(MalformedLine.NOT_UTF8) >= 0;
        bad += wrong ? 1 : 0;
        good += !wrong && line.chars().anyMatch(c -> c > 0x7F) ? 1 : 0;
      }
    } catch (EOFException | ZipException e) {
      throw truncated(file, e);
    }
    return bad > good ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
  }

  static IOException truncated(Path file, IOException cause) {
    return new IOException(
        "%s is truncated or no %s file (%s): fetch it again"
            .formatted(
                file, file.toString().endsWith(".zst") ? "zstd" : "gzip", cause.getMessage()),
        cause);
  }

  Path file() {
    return file;
  }

  Reader reader() {
    return reader;
  }

  /** How many bytes of the file were read so far. */
  long done() {
    return bytes.count;
  }

  /** How many bytes the file has. */
  long size() {
    return size;
  }

  /** The fingerprint of the whole file, whatever was left unread. */
  String hash() throws IOException {
    byte[] rest = new byte[BUFFER];
    while (bytes.read(rest) >= 0) {
      // Reading is all that is wanted.
    }
    return bytes.digest.hex();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Counted extends FilterInputStream {
    private final Sha256.Running digest = new Sha256.Running();
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int n = super.read(into, at, length);
      if (n > 0) {
        digest.update(into, at, n);
        count += n;
      }
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
