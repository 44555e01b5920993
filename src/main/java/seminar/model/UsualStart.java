package seminar.model;

/** Equals the factor 1, with which a parameter starts as it usually does: files leave it out. */
final class UsualStart {
  @Override
  public boolean equals(Object factor) {
    return Double.valueOf(1).equals(factor);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(1);
  }
}
