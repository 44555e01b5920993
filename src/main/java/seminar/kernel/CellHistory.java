package seminar.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells that this kernel has run, for front ends that offer them again. */
final class CellHistory {
  /** Kernels are not counted: this one is the first, and the only one known. */
  private static final int SESSION = 1;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(int number, String input, String output) {
    /** As the protocol wants it. */
    List<Object> tuple(boolean withOutput) {
      List<Object> inputAndOutput = new ArrayList<>();
      inputAndOutput.add(input);
      inputAndOutput.add(output);
      return List.of(SESSION, number, withOutput ? inputAndOutput : input);
    }
  }

  /**
   * @param output the value of the cell as text; null where it has none
   */
  synchronized void add(int number, String input, String output) {
    entries.add(new Entry(number, input, output));
  }

  /** What a request asks for, the oldest first; of session, number and input each. */
  synchronized List<List<Object>> answer(HistoryRequest request) {
    List<Entry> found =
        switch (request) {
          case HistoryRequest.Range range -> range(range);
          case HistoryRequest.Tail tail -> last(entries, tail.getMaxReturnLength());
          case HistoryRequest.Search search -> search(search);
          default -> List.of();
        };
    return found.stream().map(entry -> entry.tuple(request.includeOutput())).toList();
  }

  private List<Entry> range(HistoryRequest.Range range) {
    int session = range.getSessionIndex();
    if (session != 0 && session != SESSION) {
      return List.of();
    }
    int stop = range.getStop() <= 0 ? Integer.MAX_VALUE : range.getStop();
    return entries.stream()
        .filter(entry -> entry.number >= range.getStart() && entry.number < stop)
        .toList();
  }

  private List<Entry> search(HistoryRequest.Search search) {
    String glob = search.getPattern() == null ? "*" : search.getPattern();
    Predicate<String> matches = Pattern.compile(regex(glob), Pattern.DOTALL).asMatchPredicate();
    List<Entry> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries.reversed()) {
      if (matches.test(entry.input) && (!search.filterUnique() || seen.add(entry.input))) {
        found.addFirst(entry);
      }
    }
    return last(found, search.getMaxReturnLength());
  }

  /** Only {@code *} and {@code ?} have a meaning. */
  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return regex.toString();
  }

  /** The last {@code n}; all where none is said. */
  private static List<Entry> last(List<Entry> all, int n) {
    return n <= 0 ? List.copyOf(all) : all.subList(Math.max(0, all.size() - n), all.size());
  }
}
