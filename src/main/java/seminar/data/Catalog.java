package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import seminar.math.Checks;

/**
 * The items {@code 1 .. size()}; 0 is no item and {@code eos() = size() + 1} is reserved for the
 * end of a sequence.
 *
 * <p>Each item has its id in the log it came from, a text, any number of attributes {@code 1 ..
 * attributeVocabulary()}, and its rows in the stores of text and picture features. A row of {@value
 * #ABSENT} says that the item has no text or no picture. Immutable; safe for any number of threads.
 */
public final class Catalog {
  /** The row of a modality that an item does not have. */
  public static final int ABSENT = -1;

  private final Strings ids;
  private final Strings texts;
  private final Strings attributeNames;
  private final RaggedColumn attributes;
  private final MemorySegment textRows;
  private final MemorySegment imageRows;

  private Catalog(
      Strings ids,
      Strings texts,
      Strings attributeNames,
      RaggedColumn attributes,
      MemorySegment textRows,
      MemorySegment imageRows) {
    this.ids = ids;
    this.texts = texts;
    this.attributeNames = attributeNames;
    this.attributes = attributes;
    this.textRows = textRows;
    this.imageRows = imageRows;
  }

  /** Checks every value of every column. */
  void check() {
    int entries = Checks.atLeast(1, "catalog entries", ids.size());
    Checks.sameLength("item ids", entries, "texts", texts.size());
    Checks.sameLength("item ids", entries, "attribute rows", attributes.rows());
    Checks.atLeast(1, "attribute entries", attributeNames.size());
    ids.check();
    texts.check();
    attributeNames.check();
    attributes.check(1, attributeNames.size() - 1);
    checkRows("item-text-row.i32", textRows, entries);
    checkRows("item-image-row.i32", imageRows, entries);
  }

  private static void checkRows(String name, MemorySegment column, int entries) {
    Columns.sized(name, column, Integer.BYTES, entries);
    Columns.within(name, column, ABSENT, Integer.MAX_VALUE - 1);
  }

  static Catalog read(Columns.Source source) {
    return new Catalog(
        Strings.read("item-id", source),
        Strings.read("item-text", source),
        Strings.read("attribute", source),
        RaggedColumn.read("item-attribute", source),
        source.column("item-text-row.i32"),
        source.column("item-image-row.i32"));
  }

  void write(Columns.Sink sink) {
    ids.write(sink);
    texts.write(sink);
    attributeNames.write(sink);
    attributes.write(sink);
    sink.column("item-text-row.i32", textRows);
    sink.column("item-image-row.i32", imageRows);
  }

  /** How many items there are; they are numbered from 1. */
  public int size() {
    return ids.size() - 1;
  }

  /** The id reserved for the end of a sequence: {@code size() + 1}. */
  public int eos() {
    return ids.size();
  }

  /** The item's id in the log it came from. */
  public String originalId(int item) {
    return ids.get(checked(item));
  }

  /** What is written about the item; empty where nothing is. */
  public String text(int item) {
    return texts.get(checked(item));
  }

  /** How many attributes there are; they are numbered from 1. */
  public int attributeVocabulary() {
    return attributeNames.size() - 1;
  }

  /**
   * The name of an attribute, such as {@code genre:Comedy}.
   *
   * @throws IllegalArgumentException if it is not in {@code 1 .. attributeVocabulary()}
   */
  public String attributeName(int attribute) {
    if (attribute < 1 || attribute > attributeVocabulary()) {
      throw new IllegalArgumentException(
          "attribute %d: the catalogue has 1..%d".formatted(attribute, attributeVocabulary()));
    }
    return attributeNames.get(attribute);
  }

  /** The attributes of an item, as a copy. */
  public int[] attributes(int item) {
    return attributes.get(checked(item));
  }

  /** How many attributes an item has. */
  public int attributeCount(int item) {
    return attributes.length(checked(item));
  }

  /** The item's row in the store of text features, or {@value #ABSENT}. */
  public int textRow(int item) {
    return textRows.getAtIndex(Columns.INT, checked(item));
  }

  /** The item's row in the store of picture features, or {@value #ABSENT}. */
  public int imageRow(int item) {
    return imageRows.getAtIndex(Columns.INT, checked(item));
  }

  /**
   * The same items with other rows in the stores of features.
   *
   * @param textRows the row of each item among the text features, or {@value #ABSENT}; entry 0
   *     belongs to no item and is ignored
   * @param imageRows the same for the picture features
   * @throws IllegalArgumentException if an array has not {@code size() + 1} entries, or a row is
   *     below {@value #ABSENT}
   */
  public Catalog withRows(int[] textRows, int[] imageRows) {
    return new Catalog(
        ids,
        texts,
        attributeNames,
        attributes,
        column("textRows", textRows),
        column("imageRows", imageRows));
  }

  private MemorySegment column(String name, int[] rows) {
    Checks.sameLength(name, rows.length, "the catalogue with entry 0", ids.size());
    MemorySegment column = MemorySegment.ofArray(new int[rows.length]);
    for (int item = 0; item < rows.length; item++) {
      column.setAtIndex(Columns.INT, item, item == 0 ? ABSENT : rows[item]);
    }
    checkRows(name, column, rows.length);
    return column.asReadOnly();
  }

  private int checked(int item) {
    if (item < 1 || item > size()) {
      throw new IllegalArgumentException(
          "item %d: the catalogue has 1..%d".formatted(item, size()));
    }
    return item;
  }

  @Override
  public String toString() {
    return "Catalog of %d items, %d attributes".formatted(size(), attributeVocabulary());
  }

  /** Collects items one by one; the first is item 1. */
  public static final class Builder {
    private final Interner ids = new Interner();
    private final Strings.Builder texts = new Strings.Builder();
    private final Interner vocabulary = new Interner();
    private final RaggedColumn.Builder attributes = new RaggedColumn.Builder();
    private final Growing textRows = new Growing();
    private final Growing imageRows = new Growing();

    /** An empty collection. */
    public Builder() {
      texts.add("");
      attributes.add(new int[0]);
      textRows.add(ABSENT);
      imageRows.add(ABSENT);
    }

    /**
     * Adds an item.
     *
     * @param originalId its id in the log; not empty
     * @param text what is written about it; empty if nothing is
     * @param attributes names of its attributes, none of them empty; one named twice counts once
     * @param textRow its row among the text features, or {@value Catalog#ABSENT}
     * @param imageRow its row among the picture features, or {@value Catalog#ABSENT}
     * @return its number
     * @throws IllegalArgumentException if the id was added before
     */
    public int add(
        String originalId, String text, List<String> attributes, int textRow, int imageRow) {
      int item = ids.size();
      int number = ids.number(originalId);
      if (number != item) {
        throw new IllegalArgumentException(
            "item id '%s' is empty or was added before, as item %d".formatted(originalId, number));
      }
      texts.add(text);
      this.attributes.add(attributes.stream().mapToInt(this::attribute).distinct().toArray());
      textRows.add(textRow);
      imageRows.add(imageRow);
      return item;
    }

    private int attribute(String name) {
      int number = vocabulary.number(name);
      if (number == 0) {
        throw new IllegalArgumentException("an attribute of item %d has no name".formatted(size()));
      }
      return number;
    }

    /** How many items were added. */
    public int size() {
      return ids.size() - 1;
    }

    /** The catalogue of the items added so far. */
    public Catalog build() {
      return build(1);
    }

    /**
     * The catalogue of the items added so far, without rare attributes.
     *
     * @param least attributes that fewer items have are left out
     */
    public Catalog build(int least) {
      RaggedColumn all = attributes.build("item-attribute");
      int[] counts = new int[vocabulary.size()];
      for (int item = 1; item <= size(); item++) {
        for (int attribute : all.get(item)) {
          counts[attribute]++;
        }
      }
      int[] numbers = new int[vocabulary.size()];
      Strings.Builder names = new Strings.Builder();
      names.add("");
      for (int attribute = 1; attribute < numbers.length; attribute++) {
        if (counts[attribute] >= least) {
          numbers[attribute] = names.size();
          names.add(vocabulary.get(attribute));
        }
      }
      return new Catalog(
          ids.build("item-id"),
          texts.build("item-text"),
          names.build("attribute"),
          names.size() == numbers.length ? all : renumbered(all, numbers),
          textRows.column(),
          imageRows.column());
    }

    private static RaggedColumn renumbered(RaggedColumn rows, int[] numbers) {
      RaggedColumn.Builder kept = new RaggedColumn.Builder();
      for (int row = 0; row < rows.rows(); row++) {
        kept.add(
            Arrays.stream(rows.get(row)).map(old -> numbers[old]).filter(n -> n > 0).toArray());
      }
      return kept.build("item-attribute");
    }
  }
}
