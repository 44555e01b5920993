package seminar.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seminar.experiment.SearchCost;
import seminar.experiment.ServedRun;
import seminar.measure.PairedBootstrap;
import seminar.paper.Claim.Finding;
import seminar.serve.SearchKind;

/** What is said of retrieval inside ranking. */
final class ServedClaims {
  /** A smaller loss of NDCG@10 is none that one would pay for. */
  private static final double NOTHING = 0.005;

  /** A search that finds so much has found nearly all. */
  private static final double NEARLY_ALL = 0.95;

  private ServedClaims() {}

  /** The paper's method can stand in for the exact choice. */
  static Finding serves(List<ServedRun> runs) {
    List<PairedBootstrap> paper =
        runs.stream()
            .flatMap(run -> of(run, SearchKind.PAPER).stream())
            .map(SearchCost::lessExact)
            .toList();
    long serve = paper.stream().filter(less -> less.low() > -NOTHING).count();
    long lose = paper.stream().filter(less -> less.high() < 0).count();
    Verdict verdict =
        paper.isEmpty()
            ? Verdict.OPEN
            : serve == paper.size()
                ? Verdict.HOLDS
                : serve > 0 ? Verdict.IN_PART : lose > 0 ? Verdict.DOES_NOT_HOLD : Verdict.OPEN;
    return new Finding(verdict, sentence(runs));
  }

  /** What lost recall costs, length by length. */
  static String sentence(List<ServedRun> runs) {
    return String.join("; ", runs.stream().map(ServedClaims::sentence).toList());
  }

  private static String sentence(ServedRun run) {
    List<String> parts = new ArrayList<>();
    List<SearchCost> others =
        run.searches().stream()
            .filter(s -> !s.search().equals(SearchKind.EXACT.toString()))
            .toList();
    List<SearchCost> good = others.stream().filter(s -> s.recall() >= NEARLY_ALL).toList();
    worst(good)
        .ifPresent(
            s ->
                parts.add(
                    String.format(
                        Locale.ROOT,
                        "%d of %d searches find %.2f or more and change NDCG@10 by %s at worst"
                            + " (%s)",
                        good.size(),
                        others.size(),
                        NEARLY_ALL,
                        change(s),
                        s.search())));
    of(run, SearchKind.PAPER).ifPresent(s -> parts.add("the paper's method finds " + found(s)));
    others.stream()
        .min(Comparator.comparingDouble(SearchCost::recall))
        .filter(s -> !s.search().equals(SearchKind.PAPER.toString()))
        .ifPresent(s -> parts.add("least is found by %s, %s".formatted(s.search(), found(s))));
    return "L = %,d: %s".formatted(run.length(), String.join(", ", parts));
  }

  private static Optional<SearchCost> worst(List<SearchCost> searches) {
    return searches.stream().min(Comparator.comparingDouble(s -> s.lessExact().difference()));
  }

  private static Optional<SearchCost> of(ServedRun run, SearchKind kind) {
    return run.searches().stream().filter(s -> s.search().equals(kind.toString())).findFirst();
  }

  private static String found(SearchCost search) {
    return String.format(Locale.ROOT, "%.2f, %s", search.recall(), change(search));
  }

  private static String change(SearchCost search) {
    PairedBootstrap less = search.lessExact();
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", less.difference(), less.low(), less.high());
  }
}
