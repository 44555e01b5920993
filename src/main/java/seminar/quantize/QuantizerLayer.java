package seminar.quantize;

/**
 * A quantizer around another: it changes vectors before the inner one writes them. What it does not
 * change is the inner one's: sizes, tables, and what codes stand for.
 */
abstract sealed class QuantizerLayer extends Quantizer
    permits ScoreAwareQuantizer, RotatedQuantizer, DirectionQuantizer, CenteredQuantizer {
  private final Quantizer inner;

  QuantizerLayer(Quantizer inner) {
    this.inner = inner;
  }

  /** What writes the changed vectors. */
  final Quantizer inner() {
    return inner;
  }

  @Override
  public final int dims() {
    return inner.dims();
  }

  @Override
  public final int columns() {
    return inner.columns();
  }

  @Override
  public final int centroids() {
    return inner.centroids();
  }

  @Override
  public float[] decode(Codes codes) {
    return inner.decode(codes);
  }

  @Override
  public void tables(float[] query, float[][] tables) {
    inner.tables(query, tables);
  }

  @Override
  public long tableMultiplications() {
    return inner.tableMultiplications();
  }
}
