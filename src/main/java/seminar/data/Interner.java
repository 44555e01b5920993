package seminar.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts, each once, numbered in the order in which they are first seen; number 0 is the empty text.
 *
 * <p>A table of numbers with open addressing beside one column of UTF-8: about 30 bytes a text
 * beyond the text itself.
 */
final class Interner {
  private static final int FREE = -1;

  private final Strings.Builder texts = new Strings.Builder();
  private int[] numbers = filled(64);
  private int[] hashes = new int[64];

  Interner() {
    number("");
  }

  private static int[] filled(int size) {
    int[] table = new int[size];
    Arrays.fill(table, FREE);
    return table;
  }

  /** How many texts there are, the empty one included. */
  int size() {
    return texts.size();
  }

  /** The text of a number. */
  String get(int number) {
    return texts.get(number);
  }

  /** The number of a text, a new one if it was not seen before. */
  int number(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int hash = mixed(text.hashCode());
    int slot = slot(hash, utf8);
    if (numbers[slot] != FREE) {
      return numbers[slot];
    }
    numbers[slot] = texts.size();
    hashes[slot] = hash;
    texts.add(utf8);
    if (2 * texts.size() > numbers.length) {
      grow();
    }
    return texts.size() - 1;
  }

  /** High bits of the product reach every place of the table. */
  private static int mixed(int hash) {
    int product = hash * 0x9E3779B9;
    return product ^ product >>> 16;
  }

  /** Where the text is, or would be. */
  private int slot(int hash, byte[] utf8) {
    int mask = numbers.length - 1;
    int slot = hash & mask;
    while (numbers[slot] != FREE && (hashes[slot] != hash || !texts.equals(numbers[slot], utf8))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldNumbers = numbers;
    int[] oldHashes = hashes;
    numbers = filled(Math.multiplyExact(2, oldNumbers.length));
    hashes = new int[numbers.length];
    int mask = numbers.length - 1;
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != FREE) {
        int slot = oldHashes[i] & mask;
        while (numbers[slot] != FREE) {
          slot = slot + 1 & mask;
        }
        numbers[slot] = oldNumbers[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  Strings build(String name) {
    return texts.build(name);
  }
}
