package seminar.model;

/**
 * How much of a pair is its query (paper §3.2; our CH-4).
 *
 * <pre>  CH-4  pair = λ y^Q + (1 − λ) item</pre>
 *
 * <p>Where there is no query, y^Q is zero, or the item takes its place: λ item + (1 − λ) item =
 * item.
 *
 * @param lambda λ
 * @param itemAlone whether the item takes the place of a query that is not there
 */
record QueryWeight(float lambda, boolean itemAlone) {
  /** That of the options; 0 for a fusion without queries. */
  static QueryWeight of(ChannelOptions options, boolean withQueries) {
    float lambda = withQueries ? (float) options.queryWeight() : 0;
    return new QueryWeight(lambda, options.emptyQuery() == ChannelOptions.EmptyQuery.ITEM_ALONE);
  }

  /** What a pair has of its query, asked or not; the rest is its item. */
  float share(boolean asked) {
    return asked || !itemAlone ? lambda : 0;
  }

  /**
   * The row of what stands for each pair's query in a table of queries and, behind them, items.
   *
   * @param queryRows query of each pair [n], −1 for none
   * @param itemRows item of each pair [n], counted from {@code firstItem}
   * @return rows of the table [n], −1 for zeros
   */
  int[] rows(int[] queryRows, int[] itemRows, int firstItem) {
    if (!itemAlone) {
      return queryRows;
    }
    int[] rows = queryRows.clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] < 0 ? firstItem + itemRows[i] : rows[i];
    }
    return rows;
  }
}
