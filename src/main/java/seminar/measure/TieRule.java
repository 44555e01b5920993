package seminar.measure;

/** Where a positive stands among candidates that have exactly its score. */
public enum TieRule {
  /** Anywhere among them with equal chance; a measure is the average over these places. */
  EXPECTED,
  /**
   * Before all of them. The released code of SEMINAR ranks by a double argsort with the positive in
   * column 0, which tends to this; constant scores then look perfect.
   */
  FAVOURABLE
}
