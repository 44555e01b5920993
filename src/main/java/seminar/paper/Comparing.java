package seminar.paper;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.experiment.AllItems;
import seminar.options.Withers;

/**
 * How models of a table are compared beyond one number among few candidates.
 *
 * @param allItems whether and how all items are ranked
 * @param tried values of options of the setup, by path, that every model tries on the validation
 *     requests before it is compared; none where all are trained as set
 */
@Withers
public record Comparing(AllItems.Options allItems, Map<String, List<String>> tried)
    implements ComparingBuilder.With {
  /** Copies the values. */
  public Comparing {
    tried = Collections.unmodifiableMap(new LinkedHashMap<>(tried));
  }

  /** All items of catalogues that are not too large, and nothing tried. */
  public static Comparing usual() {
    return new Comparing(AllItems.Options.usual(), Map.of());
  }
}
