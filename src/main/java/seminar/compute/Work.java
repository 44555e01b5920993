package seminar.compute;

/**
 * What an operation has to do at least, from its shapes alone.
 *
 * <p>Counted are additions and multiplications, and one for each comparison, division, root and
 * exponential; a bias is not counted. Bytes are those of floats and row numbers if every input is
 * read once and every output written once; a gradient that is added to is read and written. Rows
 * that are looked up count as often as they are named, but no more than there are.
 *
 * @param flops floating-point operations
 * @param bytes bytes that must move
 */
record Work(double flops, double bytes) {
  /** A difference, an exponential, a sum and a division for each number of a softmax. */
  private static final double SOFTMAX = 4;

  private static Work of(double flops, double floats) {
    return new Work(flops, floats * Float.BYTES);
  }

  /** {@code [n, in] · [in, out]}, whatever of the three is the result; {@code floats} move. */
  static Work product(Matrix n, Matrix w, double floats) {
    return of(2.0 * n.rows() * w.length(), floats);
  }

  /** One square map for each head, {@code products} times. */
  static Work perHead(Matrix x, Matrix w, int products, double floats) {
    return of(2.0 * products * x.length() * w.cols(), floats);
  }

  /** {@code flops} for each of {@code n} numbers, of which each moves {@code moves} times. */
  static Work each(double n, double flops, double moves) {
    return of(n * flops, n * moves);
  }

  /**
   * Rows by number: {@code others} floats beside the table, whose rows move {@code moves} times.
   */
  static Work rows(int[] named, Matrix table, double moves, double others, double flops) {
    return of(flops, named(named.length, table) * moves + others + named.length);
  }

  /** Means of rows by number, a table whose rows move {@code moves} times beside the means. */
  static Work bag(Ragged lists, Matrix table, double moves, double means) {
    double sums = (double) lists.ids().length * table.cols() + means;
    return rows(lists.ids(), table, moves, means, sums);
  }

  private static double named(double times, Matrix table) {
    return Math.min(times, table.rows()) * table.cols();
  }

  /** Rows of two tables by number, each moved {@code moves} times, beside one row for each pair. */
  static Work pairs(Matrix pairs, Matrix queries, Matrix items, double moves, double flops) {
    int n = pairs.rows();
    double tables = moves * (named(n, queries) + named(n, items));
    return of(flops * pairs.length(), tables + pairs.length() + 2.0 * n);
  }

  /** Fusion: {@code flops} for each number of each channel, each channel {@code moves} times. */
  static Work fuse(Matrix[] channels, Matrix out, double flops, double moves) {
    double cells = (double) channels.length * out.length();
    return of(flops * cells + SOFTMAX * channels.length * out.rows(), moves * cells + out.length());
  }

  /** Scores of all events, softmax and weighted sum of those kept, and their scores once more. */
  static Work attend(AttentionInput input, Attended attended) {
    double d = input.dims();
    double flops = 0;
    for (int g = 0; g < input.groups().groupCount() && !input.isChosen(); g++) {
      flops += (double) (input.rowOf(g + 1) - input.rowOf(g)) * input.seen(g) * 2 * d;
    }
    double kept = kept(attended);
    double again = input.searched() || input.isChosen() ? 2 * d : 0;
    double queries =
        (input.search().folded() == input.folded() ? 1.0 : 2.0) * input.folded().length();
    double keys = (input.search().keys() == input.keys() ? 1.0 : 2.0) * input.keys().length();
    return of(
        flops + kept * (2 * d + SOFTMAX + again),
        keys + queries + attended.pooled().length() + 2 * kept);
  }

  /** Four sums and inner products of width d for each event that was kept. */
  static Work attendBackward(AttentionInput input, Attended attended) {
    double kept = kept(attended);
    double keys = named(kept, input.keys());
    return of(
        kept * (8.0 * input.dims() + SOFTMAX), 3 * keys + 4.0 * input.folded().length() + 2 * kept);
  }

  /** Scores, softmax and weighted sum of all events. */
  static Work attendAll(AllEvents input) {
    double cells = cells(input);
    return of(
        cells * (4.0 * input.dims() + SOFTMAX),
        input.keys().length() + 2.0 * input.folded().length());
  }

  /** Scores and softmax once more, and four products of the same size. */
  static Work attendAllBackward(AllEvents input) {
    double cells = cells(input);
    return of(
        cells * (10.0 * input.dims() + 2 * SOFTMAX),
        3.0 * input.keys().length() + 5.0 * input.folded().length());
  }

  /** Scores, softmax and weighted sum of the events that each event sees. */
  static Work attendSelf(SelfAttention input) {
    double flops = cells(input) * (4.0 * input.headDims() + SOFTMAX);
    return of(flops, 4.0 * input.queries().length());
  }

  /** Scores and softmax once more, and four products of the same size. */
  static Work attendSelfBackward(SelfAttention input) {
    double flops = cells(input) * (10.0 * input.headDims() + 2 * SOFTMAX);
    return of(flops, 11.0 * input.queries().length());
  }

  /** How many weights there are. */
  private static double cells(SelfAttention input) {
    double cells = 0;
    for (int b = 0; b < input.histories(); b++) {
      double n = input.length(b);
      cells += input.causal() ? n * (n + 1) / 2 : n * n;
    }
    return cells * input.heads();
  }

  /** How many weights there are. */
  private static double cells(AllEvents input) {
    Groups groups = input.groups();
    double cells = 0;
    for (int g = 0; g < groups.groupCount(); g++) {
      double candidates = groups.candidates()[g + 1] - groups.candidates()[g];
      cells += candidates * input.heads() * groups.events(g);
    }
    return cells;
  }

  private static double kept(Attended attended) {
    double sum = 0;
    for (int rows : attended.kept()) {
      sum += rows;
    }
    return sum;
  }
}
