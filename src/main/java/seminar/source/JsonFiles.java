package seminar.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Opens files of JSON for writing. */
public final class JsonFiles {
  private static final int BUFFER = 1 << 16;
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator("\n")
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private JsonFiles() {}

  /** A file of ASCII, one value a line; it is packed if its name ends with {@code .gz}. */
  public static JsonGenerator create(Path file) throws IOException {
    OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    boolean packed = file.getFileName().toString().endsWith(".gz");
    return FACTORY.createGenerator(packed ? new GZIPOutputStream(bytes, BUFFER) : bytes);
  }
}
