package seminar.rank;

import seminar.world.Oracle;
import seminar.world.World;

/**
 * Ranks by the chances of an {@link Oracle}. By its true state no ranker does better in the mean:
 * against uniform negatives the item that is likelier by the law stands first. Of what was typed it
 * knows nothing.
 */
public final class OracleRanker implements Ranker {
  private final Oracle oracle;

  /**
   * A ranker for this world.
   *
   * @param events how many latest events it remembers; {@link Oracle#EVERYTHING} for the true state
   */
  public OracleRanker(World world, int events) {
    oracle = new Oracle(world, events);
  }

  @Override
  public float[][] score(Requests requests) {
    float[][] scores = new float[requests.size()][];
    for (int i = 0; i < scores.length; i++) {
      double[] chances =
          oracle.chances(requests.users()[i], requests.positions()[i], requests.candidates()[i]);
      scores[i] = new float[chances.length];
      for (int c = 0; c < chances.length; c++) {
        scores[i][c] = (float) Math.log(Math.max(chances[c], Double.MIN_NORMAL));
      }
    }
    return scores;
  }
}
