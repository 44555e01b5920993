package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.model.ChannelOptions;
import seminar.model.Channels;
import seminar.model.ItemCodes;
import seminar.model.ItemCodes.InsteadOf;
import seminar.model.ItemCodes.Kind;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.LabelledBatch;

/** Codes of texts in the channels of items, against loops in double precision. */
class ItemCodesTest {
  private static final Backend CPU = Backends.cpu().on(Workers.of(2));
  private static final Features FEATURES = SmallWorld.FEATURES;
  private static final Set<Integer> TEXTLESS = Set.of(3, 11);

  /** The small world, two of whose items have lost their texts. */
  private static final Corpus CORPUS = without(TEXTLESS);

  private static final int[] ITEMS = {2, 3, 7, 9, 11, 40, 41, CORPUS.catalog().eos(), 0};

  private static Corpus without(Set<Integer> textless) {
    Catalog catalog = SmallWorld.CORPUS.catalog();
    int[] texts = new int[catalog.size() + 1];
    int[] images = new int[catalog.size() + 1];
    texts[0] = Catalog.ABSENT;
    images[0] = Catalog.ABSENT;
    for (int item = 1; item <= catalog.size(); item++) {
      texts[item] = textless.contains(item) ? Catalog.ABSENT : catalog.textRow(item);
      images[item] = catalog.imageRow(item);
    }
    return SmallWorld.CORPUS.withCatalog(catalog.withRows(texts, images));
  }

  private static ModelOptions options(Kind kind, InsteadOf insteadOf) {
    ModelOptions plain = SmallWorld.options();
    ItemCodes codes = new ItemCodes(kind, kind == Kind.PRODUCT ? 4 : 3, 8, insteadOf);
    return plain.withChannels(plain.channels().withCodes(codes));
  }

  private static SeminarModel model(ModelOptions options, long seed) {
    return new SeminarModel(CPU, CORPUS, FEATURES, options, seed);
  }

  private static float[] values(Parameters parameters, String name) {
    return parameters.get(name).value().toArray();
  }

  private static boolean hasText(int item) {
    return CORPUS.catalog().textRow(item) != Catalog.ABSENT;
  }

  private static float[] text(int item) {
    float[] text = FEATURES.text().row(CORPUS.catalog().textRow(item));
    Vectors.normalize(text, 0, text.length);
    return text;
  }

  /** CODE-1 by loops. */
  private static int[] naiveCodes(Parameters parameters, float[] text, ItemCodes codes) {
    float[] centroids = values(parameters, "channel/codes/centroids");
    boolean product = codes.kind() == Kind.PRODUCT;
    int dims = text.length;
    int width = product ? dims / codes.columns() : dims;
    double[] left = new double[dims];
    float[] rotation = values(parameters, "channel/codes/rotation");
    for (int i = 0; i < dims; i++) {
      for (int j = 0; j < dims && product; j++) {
        left[i] += (double) rotation[i * dims + j] * text[j];
      }
      left[i] = product ? left[i] : text[i];
    }
    int[] found = new int[codes.columns()];
    for (int s = 0; s < found.length; s++) {
      int from = product ? s * width : 0;
      double best = Double.MAX_VALUE;
      for (int c = 0; c < codes.centroids(); c++) {
        double distance = 0;
        for (int i = 0; i < width; i++) {
          double difference = left[from + i] - centroids[(s * codes.centroids() + c) * width + i];
          distance += difference * difference;
        }
        if (distance < best) {
          best = distance;
          found[s] = c;
        }
      }
      for (int i = 0; i < width && !product; i++) {
        left[i] -= centroids[(s * codes.centroids() + found[s]) * width + i];
      }
    }
    return found;
  }

  /** Adds {@code share} times row {@code row} of a table. */
  private static void add(double[] sum, double share, float[] table, int row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += share * table[row * sum.length + i];
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT, NOTHING",
    "PRODUCT, OWN_VECTOR",
    "PRODUCT, TEXT",
    "RESIDUAL, NOTHING",
    "RESIDUAL, BOTH"
  })
  void channelsAreThoseOfLoops(Kind kind, InsteadOf insteadOf) {
    ModelOptions options = options(kind, insteadOf);
    ItemCodes codes = options.channels().codes();
    Parameters parameters = new Parameters(5);
    Channels channels =
        new Channels(CPU, parameters, CORPUS.catalog(), CORPUS.queries(), FEATURES, options);
    channels.encodeAlone(ITEMS, new int[0]);
    float[] actual = channels.modalities()[2].toArray();
    float[] map = values(parameters, "channel/map/attribute");
    int d = options.dims();
    boolean replacesOwn = insteadOf == InsteadOf.OWN_VECTOR || insteadOf == InsteadOf.BOTH;
    boolean replacesText = insteadOf == InsteadOf.TEXT || insteadOf == InsteadOf.BOTH;
    for (int i = 0; i < ITEMS.length; i++) {
      int item = ITEMS[i];
      boolean real = item > 0 && item <= CORPUS.catalog().size();
      boolean coded = real && hasText(item);
      double[] sum = new double[d];
      if (!coded || !replacesOwn) {
        add(sum, 1, values(parameters, "channel/item"), item);
      }
      if (coded) {
        int[] found = naiveCodes(parameters, text(item), codes);
        for (int s = 0; s < found.length; s++) {
          int row = s * codes.centroids() + found[s];
          add(sum, 1.0 / found.length, values(parameters, "channel/code"), row);
        }
      }
      int[] attributes = real ? CORPUS.catalog().attributes(item) : new int[0];
      for (int attribute : attributes) {
        add(sum, 1.0 / attributes.length, values(parameters, "channel/attribute"), attribute);
      }
      double[] expected = new double[d];
      for (int j = 0; j < d; j++) {
        add(expected, sum[j], map, j);
      }
      for (int j = 0; j < d; j++) {
        assertEquals(expected[j], actual[i * d + j], 1e-5, "item " + item);
      }
      assertEquals(coded && !replacesText, channels.present()[0][i], "text of item " + item);
    }
  }

  @Test
  void nearTextsShareTheFirstOfResidualCodesMoreOftenThanOthersDo() {
    Parameters parameters = model(options(Kind.RESIDUAL, InsteadOf.NOTHING), 5).parameters();
    float[] codes = values(parameters, "channel/codes/items");
    int[] items = IntStream.rangeClosed(1, 200).filter(ItemCodesTest::hasText).toArray();
    double near = 0;
    double all = 0;
    for (int item : items) {
      int[] order =
          Arrays.stream(items)
              .filter(other -> other != item)
              .boxed()
              .sorted((a, b) -> Double.compare(likeness(item, b), likeness(item, a)))
              .mapToInt(i -> i)
              .toArray();
      near += Arrays.stream(order).limit(5).filter(o -> codes[3 * o] == codes[3 * item]).count();
      all += Arrays.stream(order).filter(o -> codes[3 * o] == codes[3 * item]).count();
    }
    double share = near / (5 * items.length);
    assertTrue(share > 2 * all / (items.length * (items.length - 1.0)), "shared: " + share);
  }

  private static double likeness(int a, int b) {
    float[] one = text(a);
    return Vectors.dot(one, 0, text(b), 0, one.length);
  }

  @Test
  void codesLearnAndWhatMakesThemDoesNot() {
    SeminarModel model = model(options(Kind.PRODUCT, InsteadOf.BOTH), 5);
    Set<String> moving = GradientsOfModel.check(model, SmallWorld.batch());
    assertTrue(moving.contains("channel/code"), "vectors of codes do not learn: " + moving);
    assertTrue(
        model.parameters().matching("channel/codes/").stream().allMatch(Parameter::frozen),
        "codes learn");
  }

  @Test
  void bothBackendsGiveTheSame() {
    ModelOptions options = options(Kind.RESIDUAL, InsteadOf.OWN_VECTOR);
    SeminarModel fast = model(options, 5);
    SeminarModel portable =
        new SeminarModel(Backends.nd4j().on(Workers.common()), CORPUS, FEATURES, options, 5);
    LabelledBatch batch = SmallWorld.batch();
    assertArrayEquals(fast.score(batch.batch()), portable.score(batch.batch()), 1e-5f);
    assertEquals(fast.gradients(batch).total(), portable.gradients(batch).total(), 1e-6);
    for (Parameter parameter : fast.parameters().all()) {
      Parameter other = portable.parameters().get(parameter.name());
      assertArrayEquals(parameter.rows(), other.rows(), parameter.name());
      assertArrayEquals(
          parameter.gradient().toArray(), other.gradient().toArray(), 1e-5f, parameter.name());
    }
  }

  @Test
  void anyNumberOfThreadsAndTheSameSeedGiveTheSameCodesAndAnotherSeedOthers() {
    ModelOptions options = options(Kind.PRODUCT, InsteadOf.NOTHING);
    Map<String, float[]> two = model(options, 5).parameters().snapshot();
    Backend five = Backends.cpu().on(Workers.of(5));
    Map<String, float[]> same =
        new SeminarModel(five, CORPUS, FEATURES, options, 5).parameters().snapshot();
    two.forEach((name, values) -> assertArrayEquals(values, same.get(name), name));
    float[] others = values(model(options, 6).parameters(), "channel/codes/items");
    assertFalse(Arrays.equals(two.get("channel/codes/items"), others), "the seed changes nothing");
  }

  @Test
  void withoutCodesNothingElseChanges() {
    Map<String, float[]> plain = model(SmallWorld.options(), 5).parameters().snapshot();
    Map<String, float[]> coded =
        model(options(Kind.PRODUCT, InsteadOf.NOTHING), 5).parameters().snapshot();
    plain.forEach((name, values) -> assertArrayEquals(values, coded.get(name), name));
    assertEquals(plain.size() + 4, coded.size());
  }

  /** What a search unit has learned of codes belongs to its own codes. */
  @Test
  void aModelTakesOverTheCodesOfItsSearchUnit() {
    ModelOptions options = options(Kind.PRODUCT, InsteadOf.NOTHING);
    PretrainingSearchUnit unit =
        new PretrainingSearchUnit(
            CPU, Workers.of(2), CORPUS, FEATURES, options, PsuOptions.paper(), 5);
    SeminarModel model = model(options, 6);
    model.restore(unit.parameters().snapshot(), Restored.EMBEDDINGS);
    for (String name : Set.of("items", "rotation", "centroids")) {
      assertArrayEquals(
          values(unit.parameters(), "channel/codes/" + name),
          values(model.parameters(), "channel/codes/" + name),
          name);
    }
    Parameters parameters = model.parameters();
    int[] codes = naiveCodes(parameters, text(7), options.channels().codes());
    float[] written = values(parameters, "channel/codes/items");
    for (int s = 0; s < codes.length; s++) {
      assertEquals(codes[s], written[7 * codes.length + s]);
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    ChannelOptions channels = SmallWorld.options().channels();
    ItemCodes odd = new ItemCodes(Kind.PRODUCT, 7, 8, InsteadOf.NOTHING);
    refused(SmallWorld.options().withChannels(channels.withCodes(odd)), CORPUS, "columns S=7");
    int size = CORPUS.catalog().size();
    Corpus silent = without(Set.copyOf(IntStream.rangeClosed(1, size).boxed().toList()));
    refused(options(Kind.RESIDUAL, InsteadOf.NOTHING), silent, "no item of this catalogue");
    assertThrows(
        IllegalArgumentException.class, () -> new ItemCodes(Kind.PRODUCT, 0, 8, InsteadOf.BOTH));
    assertThrows(
        IllegalArgumentException.class, () -> new ItemCodes(Kind.PRODUCT, 8, 0, InsteadOf.BOTH));
  }

  private static void refused(ModelOptions options, Corpus corpus, String why) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SeminarModel(CPU, corpus, FEATURES, options, 5));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }
}
