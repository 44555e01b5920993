package seminar.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seminar.compute.Attended;

/**
 * The score of a candidate and the events that led to it.
 *
 * @param item the candidate
 * @param score its click logit
 * @param heads what each head (or hash) looked at
 */
public record Served(int item, float score, List<Head> heads) {
  /**
   * What one head looked at.
   *
   * @param events positions in the user's history, oldest first
   * @param items their items
   * @param weights their attention weights
   */
  public record Head(int[] events, int[] items, float[] weights) {}

  /** All candidates of an answer whose events are named. */
  static List<Served> of(ServedHistory history, Request request, RequestAnswer.Answer answer) {
    Attended attended = answer.explanation().attended();
    List<Served> served = new ArrayList<>();
    for (int c = 0; c < request.candidates().length; c++) {
      List<Head> heads = new ArrayList<>();
      for (int row = c * attended.heads(); row < (c + 1) * attended.heads(); row++) {
        int at = row * attended.topK();
        int count = attended.kept()[row];
        int[] events =
            IntStream.range(at, at + count)
                .map(cell -> answer.events()[attended.selected()[cell]])
                .toArray();
        float[] weights = Arrays.copyOfRange(attended.weights(), at, at + count);
        heads.add(new Head(events, IntStream.of(events).map(history::item).toArray(), weights));
      }
      served.add(
          new Served(
              request.candidates()[c], answer.explanation().scores()[c], List.copyOf(heads)));
    }
    return List.copyOf(served);
  }
}
