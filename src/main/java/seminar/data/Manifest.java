package seminar.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a corpus comes from and what became of it.
 *
 * @param name the name of the corpus, such as {@code movielens-1m}
 * @param reader the reader and its version, such as {@code movielens/1}
 * @param options the options it was read with, by name
 * @param counts what was counted while reading: malformed lines, users left out, and the like
 * @param sources SHA-256 of each source file, by file name
 * @param malformed the first malformed lines, each with its file and line number
 */
public record Manifest(
    String name,
    String reader,
    Map<String, String> options,
    Map<String, Long> counts,
    Map<String, String> sources,
    List<String> malformed) {
  /** Copies the collections and keeps their order. */
  public Manifest {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank: a corpus needs a name");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    malformed = Collections.unmodifiableList(new ArrayList<>(malformed));
  }

  /** The same manifest, whose counts begin with the sizes of what was read. */
  public Manifest withSizes(Catalog catalog, Queries queries, Histories histories) {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("users", (long) histories.users());
    all.put("items", (long) catalog.size());
    all.put("queries", (long) queries.size());
    all.put("events", histories.events());
    all.putAll(counts);
    return new Manifest(name, reader, options, all, sources, malformed);
  }

  /** A manifest that says only what the corpus is called and who made it. */
  public static Manifest of(String name, String reader) {
    return new Manifest(name, reader, Map.of(), Map.of(), Map.of(), List.of());
  }
}
