package seminar.feature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import seminar.data.Catalog;
import seminar.file.AppendedLines;
import seminar.file.AtomicFiles;

/**
 * Remembers how far an encoding has come, in {@code FILE.journal}: lines that say what is encoded
 * by what, then for each batch the inputs without a vector and a line {@code DONE inputs
 * checksum-of-rows checksum-of-journal}.
 *
 * <p>What follows the last such line with right checksums counts for nothing.
 */
final class EncodingJournal {
  private static final String DONE = "DONE";

  private final Path path;
  private final byte[] head;
  private final int inputs;
  private final CRC32C written = new CRC32C();
  private int good;
  private int done;
  private long checksum;
  private int[] rows;
  private int[] lacks;
  private List<String> reasons;

  /** Why an input has no vector. */
  enum Lack {
    MISSING,
    ZERO,
    UNREADABLE
  }

  /** An input without a vector, as a line of the journal. */
  record Lacking(int input, Lack lack, String reason) {
    private static Lacking parse(String line) {
      String[] words = line.split(" ", 3);
      return new Lacking(Integer.parseInt(words[1]), Lack.valueOf(words[0]), words[2]);
    }

    private String line() {
      return "%s %d %s".formatted(lack, input, reason.replaceAll("\\p{Cntrl}", " "));
    }
  }

  /** Reads what an earlier run left, if it was the same work: {@code head} is the same. */
  EncodingJournal(Path file, List<String> head, int inputs) throws IOException {
    this.path = file.resolveSibling(file.getFileName() + ".journal");
    this.head = (String.join("\n", head) + "\n").getBytes(StandardCharsets.UTF_8);
    this.inputs = inputs;
    forget();
    byte[] found = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
    int mismatch = Arrays.mismatch(this.head, found);
    if (mismatch < 0 || mismatch == this.head.length) {
      recall(found);
    }
  }

  private void forget() {
    good = 0;
    done = 0;
    checksum = 0;
    rows = IntStream.range(0, inputs).toArray();
    lacks = new int[Lack.values().length];
    reasons = new ArrayList<>();
    written.reset();
  }

  /** Goes through the batches up to the first that is damaged or unfinished. */
  private void recall(byte[] found) {
    List<String> lacking = new ArrayList<>();
    CRC32C sum = new CRC32C();
    sum.update(head);
    int from = head.length;
    for (int to = end(found, from); to > 0; to = end(found, from)) {
      String line = new String(found, from, to - from - 1, StandardCharsets.UTF_8);
      int sealed = line.startsWith(DONE) ? line.lastIndexOf(' ') : to - from; // ASCII if DONE
      sum.update(found, from, sealed);
      if (sealed == to - from) {
        lacking.add(line);
      } else if (line.substring(sealed + 1).equals(Long.toString(sum.getValue()))) {
        apply(lacking, line);
        good = to;
        sum.update(found, from + sealed, to - from - sealed);
      } else {
        break;
      }
      from = to;
    }
    written.update(found, 0, good);
  }

  /** Where the line that begins at {@code from} ends, behind its line break; 0 if nowhere. */
  private static int end(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private void apply(List<String> lacking, String line) {
    lacking.stream().map(Lacking::parse).forEach(this::count);
    lacking.clear();
    String[] words = line.split(" ");
    done = Integer.parseInt(words[1]);
    checksum = Long.parseLong(words[2]);
  }

  /** How many inputs are done. */
  int done() {
    return done;
  }

  /** The checksum of their rows. */
  long checksum() {
    return checksum;
  }

  private void count(Lacking one) {
    if (rows[one.input] == Catalog.ABSENT) {
      throw new IllegalArgumentException("input %d is named twice".formatted(one.input));
    }
    rows[one.input] = Catalog.ABSENT;
    lacks[one.lack.ordinal()]++;
    if (one.lack == Lack.UNREADABLE && reasons.size() < Encoded.REASONS) {
      reasons.add(one.reason);
    }
  }

  /** What became of them. */
  Encoded encoded(Path file) {
    return new Encoded(
        file,
        rows,
        lacks[Lack.MISSING.ordinal()],
        lacks[Lack.ZERO.ordinal()],
        lacks[Lack.UNREADABLE.ordinal()],
        reasons);
  }

  /** Begins anew. */
  void restart() throws IOException {
    forget();
    AtomicFiles.write(path, head);
    written.update(head);
  }

  /** Goes on after the last good batch, dropping what follows it. */
  void resume() throws IOException {
    AtomicFiles.write(path, Arrays.copyOf(Files.readAllBytes(path), good));
  }

  /** Adds a batch; only then does it count. */
  void batch(List<Lacking> lacking, int doneNow, long checksumNow) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Lacking one : lacking) {
      text.append(one.line()).append('\n');
      count(one);
    }
    text.append("%s %d %d".formatted(DONE, doneNow, checksumNow));
    written.update(text.toString().getBytes(StandardCharsets.UTF_8));
    String seal = " %d\n".formatted(written.getValue());
    written.update(seal.getBytes(StandardCharsets.UTF_8));
    try (AppendedLines journal = AppendedLines.open(path)) {
      journal.write(text + seal);
    }
    done = doneNow;
    checksum = checksumNow;
  }
}
