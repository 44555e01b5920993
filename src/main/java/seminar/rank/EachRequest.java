package seminar.rank;

import seminar.math.Workers;

/** Scores requests one by one, on all threads; no request sees what another did. */
final class EachRequest {
  private EachRequest() {}

  /** Scores the candidates of one request. */
  interface Scorer {
    /**
     * Scores one request.
     *
     * @param scores receives one score for each candidate
     */
    void score(int user, int position, int[] candidates, float[] scores);
  }

  /** Makes the scorer of a run of requests; it is used by one thread and may own scratch. */
  interface Scorers {
    Scorer make();
  }

  static float[][] score(Ranker.Requests requests, Scorers scorers) {
    float[][] scores = new float[requests.size()][];
    Workers.common()
        .forEach(
            scores.length,
            (shard, from, to) -> {
              Scorer scorer = scorers.make();
              for (int q = from; q < to; q++) {
                int[] candidates = requests.candidates()[q];
                scores[q] = new float[candidates.length];
                scorer.score(requests.users()[q], requests.positions()[q], candidates, scores[q]);
              }
            });
    return scores;
  }
}
