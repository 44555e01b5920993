package seminar.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seminar.figure.Style.Look;
import seminar.math.Checks;

/**
 * How methods look, by their names: the same in every picture, chart and notebook. A family has a
 * colour; shades, dashes and markers tell its members apart.
 *
 * <p>A name is read from the first kind in the list that it fits, whatever sizes it has besides:
 * "HNSW cascade, M = 32" looks as "HNSW cascade". A name that fits none takes the colours that its
 * figure has left, in order.
 *
 * <p>Ways of retrieval and models to rank by never share a figure, so they share colours.
 */
final class MethodLooks {
  private static final BasicStroke SOLID = new BasicStroke(Style.STROKE);
  private static final BasicStroke DASHED = Style.broken(7);
  private static final BasicStroke DOTTED = Style.broken(2);

  /** What has a colour of its own. */
  enum Family {
    /** Vectors as they are. */
    EXACT(0x222222),
    /** Exact lists of each channel. */
    LISTS(0x6E6E6E),
    /** Product quantization of each channel, the paper's method. */
    CHANNELS(0xD55E00),
    /** Product quantization of fused keys. */
    PRODUCT(0x0072B2),
    /** The same after a rotation. */
    ROTATED(0x56B4E9),
    /** Sums of centroids. */
    RESIDUAL(0x882255),
    /** Codes learned for inner products. */
    SCORE_AWARE(0x009E73),
    /** Signs after a rotation, with lengths. */
    RABITQ(0xE69F00),
    /** Numbers rounded one by one. */
    SCALAR(0x332288),
    /** Graphs. */
    GRAPH(0xCC79A7),
    /** Signs along random directions. */
    HASH(0x8C6D31),
    /** Rankings by one who knows the law of the world. */
    BEST(0x222222),
    /** Rankings that are counted rather than trained by gradients. */
    PLAIN(0x6E6E6E),
    /** SEMINAR. */
    SEMINAR(0xD55E00),
    /** TWIN. */
    TWIN(0x0072B2),
    /** STCA. */
    STCA(0x009E73),
    /** SIM. */
    SIM(0xCC79A7),
    /** ETA and SDIM. */
    HASHING(0xE69F00),
    /** QIN. */
    QIN(0x56B4E9),
    /** A model of the latest events alone. */
    LATEST(0x8C6D31),
    /** Items told by codes of their texts. */
    CODES(0x882255);

    private final Color color;

    Family(int rgb) {
      color = new Color(rgb);
    }

    Color color() {
      return color;
    }
  }

  /** Names that look so. */
  private record Kind(Pattern names, Color color, Marker marker, BasicStroke line) {
    static Kind of(String names, Family family, Marker marker, BasicStroke line) {
      return new Kind(Pattern.compile(names, Pattern.CASE_INSENSITIVE), family.color, marker, line);
    }

    Kind dark() {
      return new Kind(names, Shades.dark(color), marker, line);
    }

    boolean fits(String name) {
      return names.matcher(name).find();
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          // models
          Kind.of("^best possible with", Family.BEST, SeriesMarkers.CROSS, SOLID),
          Kind.of("^best possible", Family.BEST, SeriesMarkers.NONE, DOTTED),
          Kind.of("^popularity$", Family.PLAIN, SeriesMarkers.NONE, DOTTED),
          Kind.of("^recency$", Family.PLAIN, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^item neighbours, near", Family.PLAIN, SeriesMarkers.SQUARE, DASHED),
          Kind.of("^item neighbours", Family.PLAIN, SeriesMarkers.SQUARE, SOLID),
          Kind.of("^item transitions", Family.PLAIN, SeriesMarkers.DIAMOND, SOLID),
          Kind.of("^text alone", Family.PLAIN, SeriesMarkers.TRIANGLE_UP, SOLID),
          Kind.of("^pictures alone", Family.PLAIN, SeriesMarkers.TRIANGLE_DOWN, SOLID),
          Kind.of("^logistic regression", Family.PLAIN, SeriesMarkers.PLUS, SOLID),
          Kind.of("^factorization machine", Family.PLAIN, SeriesMarkers.CROSS, SOLID),
          Kind.of("^click rates", Family.PLAIN, SeriesMarkers.CIRCLE, DOTTED),
          Kind.of(
                  "^(SEMINAR, )?no pretraining|^none($|,)|^text vectors$",
                  Family.SEMINAR,
                  SeriesMarkers.TRIANGLE_UP,
                  DASHED)
              .dark(),
          Kind.of("^no text$", Family.PLAIN, SeriesMarkers.NONE, DASHED),
          Kind.of("^neither text", Family.PLAIN, SeriesMarkers.CROSS, DOTTED),
          Kind.of("^(TWIN, |)codes (of|for)", Family.CODES, SeriesMarkers.DIAMOND, SOLID),
          Kind.of("^(TWIN, |)semantic ids", Family.CODES, SeriesMarkers.TRIANGLE_DOWN, DOTTED),
          Kind.of("^codes beside", Family.QIN, SeriesMarkers.SQUARE, SOLID),
          Kind.of("^pretrained, codes for", Family.CODES, SeriesMarkers.CIRCLE, DASHED).dark(),
          Kind.of("^pretrained, codes", Family.QIN, SeriesMarkers.DIAMOND, DASHED).dark(),
          Kind.of("^SEMINAR, extended$", Family.SEMINAR, SeriesMarkers.SQUARE, SOLID).dark(),
          Kind.of(
              "^SEMINAR with short term and recency",
              Family.SEMINAR,
              SeriesMarkers.DIAMOND,
              DASHED),
          Kind.of("^SEMINAR with short term", Family.SEMINAR, SeriesMarkers.SQUARE, DASHED),
          Kind.of("^SEMINAR with recency", Family.SEMINAR, SeriesMarkers.DIAMOND, DOTTED),
          Kind.of("^(SEMINAR\\b|pretrained$)", Family.SEMINAR, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^TWIN, twice the steps", Family.TWIN, SeriesMarkers.SQUARE, DASHED).dark(),
          Kind.of("^TWIN, as many steps", Family.TWIN, SeriesMarkers.TRIANGLE_UP, DASHED).dark(),
          Kind.of("^TWIN with short term and recency", Family.TWIN, SeriesMarkers.DIAMOND, DASHED),
          Kind.of("^TWIN with short term", Family.TWIN, SeriesMarkers.CIRCLE, DASHED),
          Kind.of("^TWIN with recency", Family.TWIN, SeriesMarkers.DIAMOND, DOTTED),
          Kind.of("^TWIN\\b", Family.TWIN, SeriesMarkers.SQUARE, SOLID),
          Kind.of("^gSASRec\\b", Family.STCA, SeriesMarkers.TRIANGLE_UP, DASHED).dark(),
          Kind.of("^SASRec, softmax", Family.STCA, SeriesMarkers.SQUARE, DASHED),
          Kind.of("^SASRec\\b", Family.STCA, SeriesMarkers.CIRCLE, DOTTED),
          Kind.of("^STCA\\b", Family.STCA, SeriesMarkers.DIAMOND, SOLID),
          Kind.of("^SIM, soft.*short term", Family.SIM, SeriesMarkers.DIAMOND, DASHED),
          Kind.of("^SIM.*short term", Family.SIM, SeriesMarkers.SQUARE, DASHED),
          Kind.of("^SIM, soft", Family.SIM, SeriesMarkers.TRIANGLE_DOWN, DASHED),
          Kind.of("^SIM\\b", Family.SIM, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^SDIM with short term", Family.HASHING, SeriesMarkers.DIAMOND, DOTTED),
          Kind.of("^ETA with short term", Family.HASHING, SeriesMarkers.CIRCLE, DOTTED),
          Kind.of("^QIN with fused fields", Family.QIN, SeriesMarkers.SQUARE, DASHED),
          Kind.of("^SDIM\\b", Family.HASHING, SeriesMarkers.TRIANGLE_DOWN, DASHED),
          Kind.of("^ETA\\b", Family.HASHING, SeriesMarkers.SQUARE, SOLID),
          Kind.of("^QIN\\b", Family.QIN, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^USER\\b", Family.QIN, SeriesMarkers.TRIANGLE_UP, DASHED),
          Kind.of("^SESRec\\b", Family.QIN, SeriesMarkers.TRIANGLE_DOWN, SOLID),
          Kind.of("^the latest events", Family.LATEST, SeriesMarkers.SQUARE, SOLID),
          // retrieval
          Kind.of("^two stages, L2", Family.LISTS, SeriesMarkers.TRIANGLE_DOWN, DASHED),
          Kind.of("^two stages", Family.LISTS, SeriesMarkers.TRIANGLE_UP, DASHED),
          Kind.of("^exact, per channel", Family.EXACT, SeriesMarkers.TRIANGLE_UP, DASHED),
          Kind.of("^exact($|,)", Family.EXACT, SeriesMarkers.SQUARE, SOLID),
          Kind.of("^RQ-VAE", Family.RESIDUAL, SeriesMarkers.TRIANGLE_UP, DASHED),
          Kind.of("^residual($| PQ)", Family.RESIDUAL, SeriesMarkers.DIAMOND, SOLID),
          Kind.of("\\bRaBitQ\\b.*refined", Family.RABITQ, SeriesMarkers.CIRCLE, DASHED).dark(),
          // sizes of a family that a figure draws as one line
          Kind.of("^RaBitQ, ", Family.RABITQ, SeriesMarkers.CIRCLE, SOLID),
          Kind.of(
              "(?=.*\\bRaBitQ\\b).*\\b1[ -]bit", Family.RABITQ, SeriesMarkers.TRIANGLE_UP, DOTTED),
          Kind.of("(?=.*\\bRaBitQ\\b).*\\b2[ -]bit", Family.RABITQ, SeriesMarkers.SQUARE, DASHED),
          Kind.of("(?=.*\\bRaBitQ\\b).*\\b4[ -]bit", Family.RABITQ, SeriesMarkers.DIAMOND, SOLID)
              .dark(),
          Kind.of("\\bRaBitQ\\b", Family.RABITQ, SeriesMarkers.CIRCLE, SOLID),
          Kind.of(
                  "(score-aware|anisotropic).*refined",
                  Family.SCORE_AWARE,
                  SeriesMarkers.CIRCLE,
                  SOLID)
              .dark(),
          Kind.of(
              "(?=.*(score-aware|anisotropic)).*(4-bit|fast scan|[×x] 16)",
              Family.SCORE_AWARE,
              SeriesMarkers.TRIANGLE_DOWN,
              DASHED),
          Kind.of("score-aware|anisotropic", Family.SCORE_AWARE, SeriesMarkers.DIAMOND, SOLID),
          Kind.of("\\bscalar\\b.*refined", Family.SCALAR, SeriesMarkers.CIRCLE, DASHED),
          Kind.of("\\bscalar\\b", Family.SCALAR, SeriesMarkers.TRIANGLE_DOWN, SOLID),
          Kind.of("^HNSW of fused keys", Family.GRAPH, SeriesMarkers.DIAMOND, DASHED),
          Kind.of("^HNSW\\b.*\\bL2", Family.GRAPH, SeriesMarkers.TRIANGLE_DOWN, DASHED),
          Kind.of("^(cascade over )?HNSW\\b", Family.GRAPH, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^(cascade over )?LSH\\b", Family.HASH, SeriesMarkers.CIRCLE, SOLID),
          Kind.of("^SimHash\\b", Family.HASH, SeriesMarkers.TRIANGLE_UP, DASHED),
          Kind.of("^OPQ\\b", Family.ROTATED, SeriesMarkers.CROSS, SOLID),
          Kind.of(
                  "(4-bit|fast scan).*refined|^the same, refined",
                  Family.PRODUCT,
                  SeriesMarkers.CIRCLE,
                  SOLID)
              .dark(),
          Kind.of("4-bit|^fast scan", Family.PRODUCT, SeriesMarkers.TRIANGLE_DOWN, DASHED).dark(),
          Kind.of(
              "\\bPQ\\b.*fused|^fused PQ|^asymmetric, fused|^product$",
              Family.PRODUCT,
              SeriesMarkers.SQUARE,
              SOLID),
          Kind.of("^symmetric, collapsed", Family.CHANNELS, SeriesMarkers.DIAMOND, DASHED),
          Kind.of(
              "\\bsymmetric\\b.*\\bPQ\\b|\\bPQ\\b.*(\\bsymmetric|paper's table)|^symmetric, table",
              Family.CHANNELS,
              SeriesMarkers.CIRCLE,
              SOLID),
          Kind.of(
              "\\basymmetric\\b.*(PQ|per channel)|\\bPQ\\b.*(asymmetric|per channel)",
              Family.CHANNELS,
              SeriesMarkers.TRIANGLE_UP,
              DASHED),
          Kind.of("^PQ\\b", Family.PRODUCT, SeriesMarkers.SQUARE, SOLID));

  private MethodLooks() {}

  /** The look of a method; none for a name that is not known to be of one. */
  static Optional<Look> of(String name) {
    return KINDS.stream()
        .filter(kind -> kind.fits(name))
        .findFirst()
        .map(kind -> new Look(name, kind.color, kind.marker, kind.line));
  }

  /** The look of a name that stands alone. */
  static Look alone(String name) {
    return of(List.of(name)).get(name);
  }

  /**
   * The looks of all names of a figure, no two the same: methods have theirs, other names the
   * colours that are left, in order, and then the others.
   *
   * @throws IllegalArgumentException if more names than there are colours are not of methods
   */
  static Map<String, Look> of(Collection<String> names) {
    Map<String, Look> known = new LinkedHashMap<>();
    for (String name : names) {
      of(name).ifPresent(look -> known.put(name, apart(look, known.values())));
    }
    List<Integer> left = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < Style.COLOURS; i++) {
      Color color = Style.color(i);
      boolean isTaken = known.values().stream().anyMatch(look -> look.color().equals(color));
      (isTaken ? taken : left).add(i);
    }
    left.addAll(taken);
    Map<String, Look> looks = new LinkedHashMap<>();
    int others = 0;
    for (String name : names) {
      if (known.containsKey(name)) {
        looks.put(name, known.get(name));
      } else if (!looks.containsKey(name)) {
        Checks.within(0, Style.COLOURS - 1, "number of coloured names before the last", others);
        looks.put(name, Look.of(left.get(others++), name));
      }
    }
    return looks;
  }

  /** The look itself, or where another name has it the same colour with another marker. */
  private static Look apart(Look look, Collection<Look> others) {
    Look tried = look;
    for (int i = 0; others.stream().anyMatch(tried::isLike) && i < Style.COLOURS; i++) {
      tried = new Look(look.label(), look.color(), Style.marker(i), look.line());
    }
    return tried;
  }
}
