package seminar.rank;

import seminar.math.Workers;

/** Scores questions one by one, on all threads; no question sees what another did. */
final class EachQuestion {
  private EachQuestion() {}

  /** Scores the candidates of one question. */
  interface Scorer {
    /**
     * Scores one question.
     *
     * @param scores receives one score for each candidate
     */
    void score(int user, int position, int[] candidates, float[] scores);
  }

  /** Makes the scorer of a run of questions; it is used by one thread and may own scratch. */
  interface Scorers {
    Scorer make();
  }

  static float[][] score(Ranker.Questions questions, Scorers scorers) {
    float[][] scores = new float[questions.size()][];
    Workers.common()
        .forEach(
            scores.length,
            (shard, from, to) -> {
              Scorer scorer = scorers.make();
              for (int q = from; q < to; q++) {
                int[] candidates = questions.candidates()[q];
                scores[q] = new float[candidates.length];
                scorer.score(questions.users()[q], questions.positions()[q], candidates, scores[q]);
              }
            });
    return scores;
  }
}
