package seminar.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.file.Json;
import tech.tablesaw.api.Table;

/**
 * A chart that moves, as a specification of Vega-Lite 5: JupyterLab draws it without an extension,
 * and the book without a network. It is checked when it is made, so that a mistake is a sentence
 * rather than an empty picture. Immutable.
 *
 * <p>For lines and points with a slider {@link MovingCurves} writes the specification itself.
 *
 * @param spec the specification as maps, lists, texts, numbers and truth values, its data within
 * @param still the picture for where nothing can move
 * @see <a href="https://vega.github.io/vega-lite/docs/">Vega-Lite's documentation</a>
 */
public record VegaLite(Map<String, Object> spec, Optional<BufferedImage> still) {
  /** The MIME type by which JupyterLab 4 knows it. */
  public static final String MIME = "application/vnd.vegalite.v5+json";

  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

  /**
   * Checks the specification.
   *
   * @throws IllegalArgumentException if it would not be drawn, or needs the network: what is wrong
   *     and where
   */
  public VegaLite {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("$schema", SCHEMA);
    whole.putAll(spec);
    spec = Collections.unmodifiableMap(whole);
    if (!SCHEMA.equals(spec.get("$schema"))) {
      throw new IllegalArgumentException(
          "$schema is %s, but JupyterLab and the book draw %s: leave it out"
              .formatted(spec.get("$schema"), SCHEMA));
    }
    VegaLiteCheck.check(spec);
  }

  /**
   * A specification of maps.
   *
   * @param rows its data: records or maps
   * @throws IllegalArgumentException if it would not be drawn
   */
  public static VegaLite of(Map<String, ?> spec, Collection<?> rows) {
    return new VegaLite(with(spec, DataRows.of(rows)), Optional.empty());
  }

  /**
   * A specification of maps.
   *
   * @throws IllegalArgumentException if it would not be drawn
   */
  public static VegaLite of(Map<String, ?> spec, Table rows) {
    return new VegaLite(with(spec, DataRows.of(rows)), Optional.empty());
  }

  /**
   * A specification in JSON, as Vega-Lite's documentation has them.
   *
   * @param rows its data: records or maps
   * @throws IllegalArgumentException if it is no JSON, or would not be drawn
   */
  public static VegaLite of(String json, Collection<?> rows) {
    return of(read(json), rows);
  }

  /**
   * A specification in JSON.
   *
   * @throws IllegalArgumentException if it is no JSON, or would not be drawn
   */
  public static VegaLite of(String json, Table rows) {
    return of(read(json), rows);
  }

  /**
   * A specification in JSON that has its data within.
   *
   * @throws IllegalArgumentException if it is no JSON, or would not be drawn
   */
  public static VegaLite of(String json) {
    return new VegaLite(read(json), Optional.empty());
  }

  /** The same, with a picture for where nothing can move. */
  public VegaLite withStill(BufferedImage picture) {
    return new VegaLite(spec, Optional.of(picture));
  }

  /** The specification in JSON. */
  public String json() {
    return Json.text(spec);
  }

  /** What it is, in words. */
  @Override
  public String toString() {
    Object title = spec.get("title") instanceof Map<?, ?> map ? map.get("text") : spec.get("title");
    int sliders = spec.get("params") instanceof List<?> list ? list.size() : 0;
    return "chart%s, Vega-Lite%s"
        .formatted(
            title == null ? "" : " '" + title + "'",
            sliders == 0 ? "" : ", %d parameter%s".formatted(sliders, sliders == 1 ? "" : "s"));
  }

  private static Map<String, Object> with(Map<String, ?> spec, List<Map<String, Object>> rows) {
    Map<String, Object> whole = new LinkedHashMap<>(spec);
    whole.put("data", Map.of("values", rows));
    return whole;
  }

  private static Map<String, Object> read(String json) {
    try {
      Object value = new ObjectMapper().readValue(json, Object.class);
      if (value instanceof Map<?, ?> map) {
        Map<String, Object> spec = new LinkedHashMap<>();
        map.forEach((name, part) -> spec.put((String) name, part));
        return spec;
      }
      throw new IllegalArgumentException("a specification is a JSON object {…}, not " + value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the specification is no JSON: " + Json.why(e), e);
    }
  }
}
