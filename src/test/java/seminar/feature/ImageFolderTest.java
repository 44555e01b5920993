package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  private Path save(Path file, int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(5, 6, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 30; i++) {
      picture.setRGB(i % 5, i / 5, rgb);
    }
    String name = file.getFileName().toString().toLowerCase();
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(picture, name.endsWith("png") ? "png" : "jpg", file.toFile()));
    return file;
  }

  @Test
  void picturesAreFoundByIdWhateverTheirFormat() throws IOException {
    save(folder.resolve("a.png"), 0xFF0000);
    save(folder.resolve("b.1.JPG"), 0x0000FF);
    save(folder.resolve("c.jpeg"), 0x00FF00);
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    ImageFolder pictures = ImageFolder.open(folder);
    assertEquals(3, pictures.size());
    BufferedImage a = pictures.picture("a").orElseThrow();
    assertEquals(5, a.getWidth());
    assertEquals(0xFFFF0000, a.getRGB(2, 2));
    assertTrue((pictures.picture("b.1").orElseThrow().getRGB(0, 0) & 255) > 200);
    assertTrue(pictures.picture("c").isPresent());
    assertTrue(pictures.picture("notes").isEmpty());
    assertTrue(pictures.picture("d").isEmpty());
  }

  @Test
  void noIdLeadsOutOfTheFolder() throws IOException {
    Path inner = folder.resolve("inner");
    save(inner.resolve("a.png"), 1);
    save(inner.resolve("sub").resolve("deep.png"), 1);
    save(folder.resolve("secret.png"), 1);
    ImageFolder pictures = ImageFolder.open(inner);
    String absolute = folder.resolve("secret").toString();
    for (String id :
        List.of(
            "../secret", "sub/deep", "./a", "sub/../a", absolute, "..\\secret", "", "..", "/")) {
      assertTrue(pictures.picture(id).isEmpty(), id);
      assertTrue(pictures.file(id).isEmpty(), id);
    }
  }

  private void unreadable(String name, byte[] bytes, String reason) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    ImageFolder pictures = ImageFolder.open(folder);
    String id = name.substring(0, name.indexOf('.'));
    IOException e = assertThrows(IOException.class, () -> pictures.picture(id));
    assertTrue(e.getMessage().startsWith(file + " cannot be read: "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void damagedFilesAreErrorsThatNameThem() throws IOException {
    byte[] good = Files.readAllBytes(save(folder.resolve("good.png"), 0x123456));
    unreadable("w.webp", "RIFF____WEBPVP8 ".getBytes(), "convert it to PNG or JPEG");
    unreadable("e.png", new byte[0], "convert it");
    unreadable("t.png", Arrays.copyOf(good, 40), "");
    unreadable("huge.png", huge(good), "10000000000 pixels are more than 100000000");
  }

  /** The same file, claiming to be 100,000 pixels wide and high. */
  private static byte[] huge(byte[] png) {
    byte[] claim = png.clone();
    ByteBuffer bytes = ByteBuffer.wrap(claim).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(claim, 12, 17);
    bytes.putInt(29, (int) sum.getValue());
    return claim;
  }

  @Test
  void foldersThatAreMissingOrAmbiguousAreRefused() throws IOException {
    assertThrows(IOException.class, () -> ImageFolder.open(folder.resolve("none")));
    save(folder.resolve("a.png"), 1);
    save(folder.resolve("a.jpg"), 1);
    IOException e = assertThrows(IOException.class, () -> ImageFolder.open(folder));
    assertTrue(e.getMessage().endsWith("a.jpg and a.png are both pictures of a: keep one"));
  }

  @Test
  void theFingerprintChangesWithTheFiles() throws IOException {
    Path a = save(folder.resolve("a.png"), 1);
    List<String> ids = List.of("a", "b");
    String before = ImageFolder.open(folder).inputs(ids).fingerprint();
    assertEquals(before, ImageFolder.open(folder).inputs(ids).fingerprint());
    assertNotEquals(before, ImageFolder.open(folder).inputs(List.of("b", "a")).fingerprint());
    Files.write(a, new byte[] {1});
    assertNotEquals(before, ImageFolder.open(folder).inputs(ids).fingerprint());
  }
}
