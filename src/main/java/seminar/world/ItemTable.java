package seminar.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import seminar.data.Catalog;
import seminar.math.Rng;

/**
 * The items of a world before any life: all arrays have items + 1 entries, entry 0 unused.
 *
 * @param intents the intent of each item
 * @param textIntents the intent each title tells of
 * @param imageIntents the intent each picture shows
 * @param brands the brand of each item, {@code 0 .. BRANDS-1} within its intent
 * @param cold whether an item belongs to the older half of lives alone
 * @param weights Zipf popularity within the intent, summing to 1 over it
 */
record ItemTable(
    int[] intents,
    int[] textIntents,
    int[] imageIntents,
    int[] brands,
    boolean[] cold,
    double[] weights) {
  /** How many brands share an intent. */
  static final int BRANDS = 5;

  /** One item in this many is cold. */
  private static final int COLD_EVERY = 4;

  private static final String[] BRAND_NAMES = {
    "Alder", "Birke", "Corvo", "Delmar", "Elgin", "Fjord", "Gansey", "Hollis", "Isar", "Juno",
    "Kestrel", "Lumen", "Marlow", "Norden", "Orrin", "Piper", "Quill", "Rowan", "Solvei", "Tarn"
  };

  static ItemTable of(WorldOptions options) {
    int n = options.items();
    SplittableRandom rng = Rng.stream("world/items", options.seed());
    int[] order = Rng.permutation(rng, n);
    int[] intents = new int[n + 1];
    int[] textIntents = new int[n + 1];
    int[] imageIntents = new int[n + 1];
    int[] brands = new int[n + 1];
    boolean[] cold = new boolean[n + 1];
    double[] weights = new double[n + 1];
    int[] rank = new int[options.intents()];
    double[] sum = new double[options.intents()];
    for (int i = 0; i < n; i++) {
      int item = order[i] + 1;
      int intent = i % options.intents();
      intents[item] = intent;
      textIntents[item] = shown(rng, intent, options.text(), options.intents());
      imageIntents[item] = shown(rng, intent, options.image(), options.intents());
      brands[item] = rng.nextInt(BRANDS);
      weights[item] = Math.pow(++rank[intent], -options.popularitySkew());
      cold[item] = rank[intent] % COLD_EVERY == 0;
      sum[intent] += weights[item];
    }
    for (int item = 1; item <= n; item++) {
      weights[item] /= sum[intents[item]];
    }
    return new ItemTable(intents, textIntents, imageIntents, brands, cold, weights);
  }

  private static int shown(
      SplittableRandom rng, int intent, WorldOptions.Modality modality, int intents) {
    boolean other = rng.nextDouble() < modality.misalignment();
    int drawn = rng.nextInt(intents);
    return other ? drawn : intent;
  }

  /** The brand's name; intents that are near in number share some names. */
  String brand(int item) {
    return BRAND_NAMES[(intents[item] * 3 + brands[item]) % BRAND_NAMES.length];
  }

  /** The items of each intent, rising. */
  List<List<Integer>> members(int count) {
    List<List<Integer>> members = new ArrayList<>();
    for (int intent = 0; intent < count; intent++) {
      members.add(new ArrayList<>());
    }
    for (int item = 1; item < intents.length; item++) {
      members.get(intents[item]).add(item);
    }
    return members;
  }

  /** The catalogue; rows of text and pictures count the items that have them. */
  Catalog catalog(WorldOptions options) {
    SplittableRandom rng = Rng.stream("world/titles", options.seed());
    Catalog.Builder builder = new Catalog.Builder();
    int texts = 0;
    int images = 0;
    for (int item = 1; item < intents.length; item++) {
      String title = title(item, options, rng);
      boolean noText = rng.nextDouble() < options.text().missing();
      boolean noImage = rng.nextDouble() < options.image().missing();
      builder.add(
          "item%05d".formatted(item),
          noText ? "" : title,
          List.of("category:" + Topics.name(intents[item] % Topics.TOPICS), "brand:" + brand(item)),
          noText ? Catalog.ABSENT : texts++,
          noImage ? Catalog.ABSENT : images++);
    }
    return builder.build();
  }

  /** Brand, two adjectives and a noun, and a second noun it goes with. */
  private String title(int item, WorldOptions options, SplittableRandom rng) {
    int intent = textIntents[item];
    List<String> words = new ArrayList<>();
    words.add(brand(item));
    if (options.intents() > Topics.TOPICS) {
      words.add(Topics.style(intent));
    }
    for (int i = 0; i < 2; i++) {
      words.add(pick(rng, Topics.adjectives(source(rng, intent, options))));
    }
    words.add(pick(rng, Topics.nouns(source(rng, intent, options))));
    words.add("for");
    words.add(pick(rng, Topics.nouns(source(rng, intent, options))));
    return String.join(" ", words);
  }

  private static int source(SplittableRandom rng, int intent, WorldOptions options) {
    boolean noise = rng.nextDouble() < options.text().noise();
    int any = rng.nextInt(options.intents());
    return noise ? any : intent;
  }

  static String pick(SplittableRandom rng, String[] words) {
    return words[rng.nextInt(words.length)];
  }
}
