package seminar.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import seminar.math.Workers;

/** Work on things that do not depend on each other: side by side on all processors. */
final class EachAlone {
  private EachAlone() {}

  static <T, R> List<R> map(List<T> things, Function<T, R> function) {
    List<R> results = new ArrayList<>(Collections.nCopies(things.size(), null));
    Workers.common()
        .forEach(
            things.size(),
            (shard, from, to) -> {
              for (int i = from; i < to; i++) {
                results.set(i, function.apply(things.get(i)));
              }
            });
    return results;
  }
}
