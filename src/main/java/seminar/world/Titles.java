package seminar.world;

import java.util.List;
import java.util.SplittableRandom;
import seminar.data.Catalog;
import seminar.math.Rng;

/** Writes what the catalogue says of each item: a title, a category and a brand. */
final class Titles {
  private static final String[] BRAND_NAMES = {
    "Alder", "Birke", "Corvo", "Delmar", "Elgin", "Fjord", "Gansey", "Hollis", "Isar", "Juno",
    "Kestrel", "Lumen", "Marlow", "Norden", "Orrin", "Piper", "Quill", "Rowan", "Solvei", "Tarn"
  };

  private final WorldOptions options;
  private final ItemTable table;
  private final StringBuilder words = new StringBuilder();

  Titles(WorldOptions options, ItemTable table) {
    this.options = options;
    this.table = table;
  }

  /** The catalogue; rows of text and pictures count the items that have them. */
  Catalog catalog() {
    SplittableRandom rng = Rng.stream("world/titles", options.seed());
    Catalog.Builder builder = new Catalog.Builder();
    int texts = 0;
    int images = 0;
    for (int item = 1; item <= table.items(); item++) {
      String title = title(item, rng);
      boolean noText = rng.nextDouble() < options.text().missing();
      boolean noImage = rng.nextDouble() < options.image().missing();
      String category = "category:" + Topics.of(table.intents()[item]).name();
      builder.add(
          Integer.toString(item),
          noText ? "" : title,
          List.of(category, "brand:" + brand(item)),
          noText ? Catalog.ABSENT : texts++,
          noImage ? Catalog.ABSENT : images++);
    }
    return builder.build();
  }

  /** The brand's name; intents that are near in number share some names. */
  private String brand(int item) {
    int names = BRAND_NAMES.length;
    int brand = table.brands()[item];
    String name = BRAND_NAMES[(table.intents()[item] * 3 + brand) % names];
    return brand < names ? name : name + (1 + brand / names);
  }

  /** Brand, two adjectives and a noun, and a second noun it goes with. */
  private String title(int item, SplittableRandom rng) {
    int intent = table.textIntents()[item];
    words.setLength(0);
    words.append(brand(item)).append(' ');
    if (options.intents() > Topics.TOPICS) {
      words.append(Topics.style(intent)).append(' ');
    }
    for (int i = 0; i < 2; i++) {
      words.append(pick(rng, source(rng, intent).adjectives())).append(' ');
    }
    words.append(pick(rng, source(rng, intent).nouns())).append(" for ");
    return words.append(pick(rng, source(rng, intent).nouns())).toString();
  }

  private Topics.Topic source(SplittableRandom rng, int intent) {
    boolean noise = rng.nextDouble() < options.text().noise();
    int any = rng.nextInt(options.intents());
    return Topics.of(noise ? any : intent);
  }

  private static String pick(SplittableRandom rng, List<String> words) {
    return words.get(rng.nextInt(words.size()));
  }
}
