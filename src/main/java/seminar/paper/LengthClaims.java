package seminar.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthResult.Point;
import seminar.measure.PairedBootstrap;
import seminar.paper.Claim.Finding;

/** What is said of longer histories. */
final class LengthClaims {
  private LengthClaims() {}

  /** No method is worse with more events than with those of the reference length. */
  static Finding neverHurts(LengthResult result) {
    List<Point> longer =
        result.points().stream()
            .filter(p -> p.length() > result.reference() && p.lessReference().isPresent())
            .toList();
    long gain = longer.stream().filter(p -> less(p).low() > 0).count();
    long lose = longer.stream().filter(p -> less(p).high() < 0).count();
    Optional<Point> worst =
        longer.stream().min(Comparator.comparingDouble(p -> less(p).difference()));
    Verdict verdict =
        lose == 0
            ? gain > 0 ? Verdict.HOLDS : Verdict.OPEN
            : gain > 0 ? Verdict.IN_PART : Verdict.DOES_NOT_HOLD;
    return new Finding(
        verdict,
        worst
            .map(
                p ->
                    String.format(
                        Locale.ROOT,
                        "of %d with L > %d, %d gain and %d lose; lowest Δ %+.4f (%s, L = %d)",
                        longer.size(),
                        result.reference(),
                        gain,
                        lose,
                        less(p).difference(),
                        p.curve(),
                        p.length()))
            .orElse("nothing longer than the reference was trained"));
  }

  private static PairedBootstrap less(Point point) {
    return point.lessReference().orElseThrow();
  }

  /** The same as the file of the figure has it. */
  static Finding neverHurts(JsonNode figure) {
    return Finding.in(figure);
  }
}
