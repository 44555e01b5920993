package seminar.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Ways in which a file of a log can be wrong, one of them at a random place. */
public enum Corruption {
  FLIPPED_BYTES {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      byte[] bad = good.clone();
      for (int i = 0; i < 1 + rng.nextInt(20); i++) {
        bad[rng.nextInt(bad.length)] ^= (byte) (1 << rng.nextInt(8));
      }
      return bad;
    }
  },
  CUT_FILE {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return Arrays.copyOf(good, rng.nextInt(good.length));
    }
  },
  CUT_LINE {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return eachLine(good, rng, line -> line.substring(0, rng.nextInt(line.length() + 1)));
    }
  },
  SWAPPED_FIELDS {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return eachLine(
          good,
          rng,
          line -> {
            String separator = line.contains("\t") ? "\t" : line.contains(",") ? "," : " ";
            List<String> fields = new ArrayList<>(List.of(line.split(separator, -1)));
            int last = fields.size() - 1;
            fields.set(rng.nextInt(last + 1), fields.set(last, fields.get(rng.nextInt(last + 1))));
            return String.join(separator, fields);
          });
    }
  },
  REPEATED_LINES {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return eachLine(good, rng, line -> line + "\n" + line);
    }
  },
  HUGE_NUMBERS {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return eachLine(
          good, rng, line -> line.replaceFirst("[0-9]+", "9".repeat(5 + rng.nextInt(30))));
    }
  },
  NEGATIVE_AND_ODD_NUMBERS {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      String odd = List.of("-1", "NaN", "1e400", "0x1F", "", "1.5", "٣", "∞").get(rng.nextInt(8));
      return eachLine(good, rng, line -> line.replaceFirst("[0-9]+", odd));
    }
  },
  STRAY_QUOTES {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      return eachLine(
          good,
          rng,
          line -> {
            int at = rng.nextInt(line.length() + 1);
            String stray = List.of("\"", "'", "\\", "{", "]", "\0", ",", "\t").get(rng.nextInt(8));
            return line.substring(0, at) + stray + line.substring(at);
          });
    }
  },
  BYTES_THAT_ARE_NOT_UTF8 {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      byte[] bad = good.clone();
      for (int i = 0; i < 1 + rng.nextInt(5); i++) {
        bad[rng.nextInt(bad.length)] = (byte) (0xC0 | rng.nextInt(64));
      }
      return bad;
    }
  },
  LOST_HEADER {
    @Override
    byte[] apply(byte[] good, SplittableRandom rng) {
      String text = new String(good, StandardCharsets.UTF_8);
      return text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
    }
  };

  @FunctionalInterface
  private interface Change {
    String of(String line);
  }

  abstract byte[] apply(byte[] good, SplittableRandom rng);

  private static byte[] eachLine(byte[] good, SplittableRandom rng, Change change) {
    String[] lines = new String(good, StandardCharsets.UTF_8).split("\n", -1);
    for (int i = 0; i < 1 + rng.nextInt(3); i++) {
      int line = rng.nextInt(lines.length);
      lines[line] = change.of(lines[line]);
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** Spoils one file of a folder; a packed one inside, or now and then as it is. */
  String spoil(Path folder, SplittableRandom rng) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path file = files.get(rng.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      return file.getFileName() + " is empty already";
    }
    boolean inside = file.toString().endsWith(".gz") && rng.nextInt(4) > 0;
    Files.write(file, inside ? packed(apply(unpacked(bytes), rng)) : apply(bytes, rng));
    return name() + (inside ? " inside " : " of ") + file.getFileName();
  }

  /** A text as a gzip file. */
  public static byte[] packed(String text) throws IOException {
    return packed(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as a gzip file. */
  public static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return zip.readAllBytes();
    }
  }
}
