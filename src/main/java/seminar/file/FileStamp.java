package seminar.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What a file looked like when it was opened, so that one who has it mapped notices that it was
 * changed in place: the same file with another size or time. A file that was replaced or deleted as
 * a whole is no change; what is mapped stays.
 */
public final class FileStamp {
  /** Of no file: never changed. */
  public static final FileStamp NONE = new FileStamp(Path.of(""), Optional.empty());

  private final Path file;
  private final Optional<BasicFileAttributes> opened;

  private FileStamp(Path file, Optional<BasicFileAttributes> opened) {
    this.file = file;
    this.opened = opened;
  }

  /**
   * Of a file as it is now.
   *
   * @throws IOException if it cannot be looked at
   */
  public static FileStamp of(Path file) throws IOException {
    return new FileStamp(file, Optional.of(Files.readAttributes(file, BasicFileAttributes.class)));
  }

  /**
   * Looks whether the file is unchanged.
   *
   * @throws IllegalStateException if it was changed in place, with what to do
   */
  public void check() {
    if (opened.isEmpty() || opened.get().fileKey() == null) {
      return;
    }
    BasicFileAttributes then = opened.get();
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      boolean isSame = then.fileKey().equals(now.fileKey());
      if (isSame
          && (then.size() != now.size()
              || !then.lastModifiedTime().equals(now.lastModifiedTime()))) {
        throw new IllegalStateException(
            "%s was changed in place while it was open (%d bytes then, %d now): open it again, and replace it by a new file the next time"
                .formatted(file, then.size(), now.size()));
      }
    } catch (NoSuchFileException e) {
      // what is mapped stays
    } catch (IOException e) {
      throw new IllegalStateException("%s can no longer be looked at".formatted(file), e);
    }
  }
}
