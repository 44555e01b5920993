package seminar.feature;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Pictures in a folder, each named after an item's original id: {@code ID.png}, {@code ID.jpg},
 * {@code ID.jpeg}, {@code ID.gif}, {@code ID.bmp}, {@code ID.webp}.
 *
 * <p>The folder is listed once, without the folders in it, and an id is looked up among the names
 * found: no id, whatever it contains, leads out of the folder. Files in a format that Java cannot
 * read (WebP, unless a reader is on the class path) are there but unreadable. Immutable; safe for
 * any number of threads.
 */
public final class ImageFolder {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp");

  /** A file may claim any size; 100 million pixels take 400 MB. */
  private static final long LARGEST = 100_000_000;

  private final Path folder;
  private final Map<String, Path> files;

  private ImageFolder(Path folder, Map<String, Path> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Lists a folder.
   *
   * @throws IOException if there is no such folder, or two files are pictures of the same id
   */
  public static ImageFolder open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder: give the folder of the pictures");
    }
    Map<String, Path> files = new HashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot > 0 && ENDINGS.contains(ending(name)) && Files.isRegularFile(file)) {
          Path other = files.put(name.substring(0, dot), file);
          if (other != null) {
            throw new IOException(
                "%s and %s are both pictures of %s: keep one"
                    .formatted(other, name, name.substring(0, dot)));
          }
        }
      }
    }
    return new ImageFolder(folder, files);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** How many pictures there are. */
  public int size() {
    return files.size();
  }

  /** The file of an item's picture, if there is one. */
  public Optional<Path> file(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /**
   * The picture of an item, if there is one.
   *
   * @throws IOException if the file cannot be read as a picture; the message names it
   */
  public Optional<BufferedImage> picture(String id) throws IOException {
    Path file = files.get(id);
    return file == null ? Optional.empty() : Optional.of(read(file));
  }

  private static BufferedImage read(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
      if (readers == null || !readers.hasNext()) {
        throw new IOException("no reader for its format: convert it to PNG or JPEG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > LARGEST) {
          throw new IOException("%d pixels are more than %d".formatted(pixels, LARGEST));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) { // readers throw all kinds on damaged files
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The pictures of some items as inputs of an encoder.
   *
   * @param ids original ids
   * @throws IOException if a file's size or time of change cannot be told
   */
  public Inputs<BufferedImage> inputs(List<String> ids) throws IOException {
    Fingerprint all = new Fingerprint();
    for (String id : ids) {
      all.add(id);
      Path file = files.get(id);
      if (file != null) {
        all.add(file.getFileName().toString()).add(Files.size(file));
        all.add(Files.getLastModifiedTime(file).toMillis());
      }
    }
    return new Pictures(this, List.copyOf(ids), all.hex());
  }

  private record Pictures(ImageFolder folder, List<String> ids, String fingerprint)
      implements Inputs<BufferedImage> {
    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public Optional<BufferedImage> get(int index) throws IOException {
      return folder.picture(ids.get(index));
    }
  }

  @Override
  public String toString() {
    return "%d pictures in %s".formatted(files.size(), folder);
  }
}
