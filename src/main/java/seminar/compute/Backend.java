package seminar.compute;

/**
 * The operations that the model needs, and nothing else: a backend is an assembly of six parts.
 *
 * <p>Letters: B histories, E events (keys), C candidates, H heads, K events kept per head, d dims,
 * n rows. See the package for what forward and backward methods do with their outputs. Methods
 * throw {@link IllegalArgumentException} where shapes disagree.
 *
 * @param dense linear maps
 * @param rowwise each number, or each row, by itself
 * @param contrasts a positive against its negatives
 * @param lookup rows of tables by their numbers
 * @param fusion several vectors become one
 * @param attention target attention and self-attention
 */
public record Backend(
    Dense dense,
    Rowwise rowwise,
    Contrasts contrasts,
    Lookup lookup,
    Fusing fusion,
    Attention attention) {

  /** Linear maps. */
  public interface Dense {
    /**
     * {@code y = x W + b}.
     *
     * @param x [n, in]
     * @param w [in, out]
     * @param b [1, out]
     * @param y receives [n, out]
     */
    void linear(Matrix x, Matrix w, Matrix b, Matrix y);

    /** {@code y = x W}; shapes as in {@link #linear}. */
    void product(Matrix x, Matrix w, Matrix y);

    /** {@code y += x W}; shapes as in {@link #linear}. */
    void linearAdd(Matrix x, Matrix w, Matrix y);

    /** {@code dx += dy Wᵀ}; shapes as in {@link #linear}. */
    void linearBackwardInput(Matrix dy, Matrix w, Matrix dx);

    /** {@code dW += xᵀ dy}; shapes as in {@link #linear}. */
    void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw);

    /** {@code db += Σ rows of dy}; shapes as in {@link #linear}. */
    void linearBackwardBias(Matrix dy, Matrix db);

    /**
     * One linear map for each head: {@code y_h = x_h W_h}, or {@code x_h W_hᵀ} where {@code
     * transposed}.
     *
     * @param x [n, H·d]
     * @param w [H·d, d], one square matrix under the other
     * @param y receives [n, H·d]
     */
    void perHead(Matrix x, Matrix w, boolean transposed, Matrix y);

    /** Adds the gradients of {@link #perHead} to {@code dx} [n, H·d] and {@code dw} [H·d, d]. */
    void perHeadBackward(Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw);
  }

  /** What is done to each number, or to each row, by itself. */
  public interface Rowwise {
    /** {@code x = max(0, x)} in place. */
    void relu(Matrix x);

    /** {@code dx = dx · 1[y > 0]} in place, y being what {@link #relu} left. */
    void reluBackward(Matrix y, Matrix dx);

    /** {@code x *= factor} in place. */
    void scale(float factor, Matrix x);

    /** {@code y += x}, of the same shape. */
    void add(Matrix x, Matrix y);

    /**
     * Unit vectors: {@code out[i] = x[i] / ‖x[i]‖}; a row of zeros gives zeros.
     *
     * @param x [n, d]
     * @param out receives [n, d]
     */
    void unitRows(Matrix x, Matrix out);

    /** Adds the gradient of {@link #unitRows} to {@code dx} [n, d]; rows of zeros get none. */
    void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx);

    /**
     * Inner products of rows: {@code out[i] = a[i] · b[i]}.
     *
     * @param a [n, d]
     * @param b [n, d]
     * @param out receives [n, 1]
     */
    void rowDots(Matrix a, Matrix b, Matrix out);

    /** Adds the gradients of {@link #rowDots} to {@code da} and {@code db}. */
    void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db);

    /**
     * Mean binary cross entropy with logits, and its gradient.
     *
     * @param logits [n, 1]
     * @param labels n numbers in [0, 1]
     * @param weights n weights of the terms; the loss is their weighted sum
     * @param dLogits receives [n, 1]
     * @return the loss
     */
    double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits);

    /** ε of {@link #layerNorm}, added to the variance. */
    double NORM_EPSILON = 1e-8;

    /**
     * Layer normalisation (Ba, Kiros and Hinton 2016): {@code out[i] = gain ∘ (x[i] − mean_i) /
     * √(var_i + ε) + bias}, with the mean and the biased variance of row i.
     *
     * @param x [n, d]
     * @param gain [1, d]
     * @param bias [1, d]
     * @param out receives [n, d]
     */
    void layerNorm(Matrix x, Matrix gain, Matrix bias, Matrix out);

    /**
     * Adds the gradients of {@link #layerNorm}, whose means and variances are computed again.
     *
     * @param dx [n, d]
     * @param dGain [1, d]
     * @param dBias [1, d]
     */
    void layerNormBackward(
        Matrix x, Matrix gain, Matrix dOut, Matrix dx, Matrix dGain, Matrix dBias);

    /**
     * {@code x *= mask / (1 − rate)} in place: number i of x, row after row, is kept where {@link
     * Dropout#keeps} says so, and is 0 elsewhere. The same call on a gradient is the backward pass.
     */
    void dropout(Dropout drop, Matrix x);
  }

  /** A positive against its negatives. */
  public interface Contrasts {
    /**
     * Binary cross entropy of a positive and of its negatives: {@code Σ_i [ −p log σ(z_i) − q Σ_j
     * log σ(−y_ij) ]} over the negatives j that are not {@code same[i]}.
     *
     * @param positives logits z [n, 1]
     * @param negatives logits y [n, m]
     * @param same n columns in which a negative is the positive itself and is left out, with a
     *     gradient of 0; negative for none
     * @param p weight of the term of a positive
     * @param q weight of the term of a negative
     * @param dPositives receives the gradient [n, 1]; it may be the memory of {@code positives}
     * @param dNegatives receives the gradient [n, m]; it may be the memory of {@code negatives}
     * @return the loss
     */
    double binaryContrast(
        Matrix positives,
        Matrix negatives,
        int[] same,
        double p,
        double q,
        Matrix dPositives,
        Matrix dNegatives);

    /**
     * Cross entropy of a softmax over a positive and its negatives: {@code weight · Σ_i [
     * log(e^{z_i} + Σ_j e^{y_ij}) − z_i ]} over the negatives j that are not {@code same[i]};
     * parameters as in {@link #binaryContrast}.
     *
     * @return the loss
     */
    double softmaxContrast(
        Matrix positives,
        Matrix negatives,
        int[] same,
        double weight,
        Matrix dPositives,
        Matrix dNegatives);
  }

  /** Rows of tables by their numbers. */
  public interface Lookup {
    /**
     * {@code out[i] = table[rows[i]]}; a negative row gives zeros.
     *
     * @param table [V, d]
     * @param rows n row numbers
     * @param out receives [n, d]
     */
    void gather(Matrix table, int[] rows, Matrix out);

    /**
     * {@code table[rows[i]] += x[i]}, for rising i; negative rows are left out.
     *
     * @param x [n, d]
     * @param rows n row numbers, which may repeat
     * @param table [V, d]
     */
    void scatterAdd(Matrix x, int[] rows, Matrix table);

    /**
     * Embedding bag: {@code out[i]} = mean of the rows of list i; an empty list gives zeros.
     *
     * @param table [V, d]
     * @param lists n lists of row numbers
     * @param out receives [n, d]
     */
    void bag(Matrix table, Ragged lists, Matrix out);

    /** Adds the gradient of {@link #bag} to {@code dTable} [V, d]. */
    void bagBackward(Matrix dOut, Ragged lists, Matrix dTable);

    /**
     * One step of Adam: moments and value of the listed rows are updated; other rows are not
     * touched (lazy: their moments do not decay). Row i of {@code gradient} belongs to row {@code
     * rows[i]} of the others; rows are distinct.
     *
     * @param step rates with the bias correction folded in
     */
    void adam(
        Matrix value, Matrix gradient, Matrix mean, Matrix variance, int[] rows, AdamStep step);
  }

  /** Vectors of modalities, and of queries and items, become one. */
  public interface Fusing {
    /**
     * Fusion of modalities: {@code out[i] = Σ_m w_m(i) x_m[i]} with {@code w(i)} the softmax of
     * {@code gate} over the modalities that item i has; an item without any gives zeros.
     *
     * @param channels M matrices [n, d]
     * @param present whether item i has modality m, at {@code [m][i]}
     * @param gate [1, M], the same for all items, or [n, M], one row for each
     * @param out receives [n, d]
     */
    void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out);

    /**
     * Adds the gradients of {@link #fuse} to {@code dChannels} and {@code dGate}, which has the
     * shape of the gate.
     */
    void fuseBackward(
        Matrix[] channels,
        boolean[][] present,
        Matrix gate,
        Matrix dOut,
        Matrix[] dChannels,
        Matrix dGate);

    /**
     * Gather and fuse of pairs: {@code out[e] = λ queries[queryRows[e]] + (1 − λ)
     * items[itemRows[e]]}; a negative query row is the empty query, whose vector is zero.
     *
     * @param queries [U_q, d]
     * @param items [U_i, d]
     * @param out receives [E, d]
     */
    void pairs(
        Matrix queries,
        int[] queryRows,
        Matrix items,
        int[] itemRows,
        float queryWeight,
        Matrix out);

    /** Adds the gradients of {@link #pairs} to {@code dQueries} and {@code dItems}. */
    void pairsBackward(
        Matrix dOut,
        int[] queryRows,
        int[] itemRows,
        float queryWeight,
        Matrix dQueries,
        Matrix dItems);
  }

  /** Target attention over ragged histories, and self-attention within them. */
  public interface Attention {
    /** The most scores of one request that a thread holds at once. */
    int MOST_SCORES = 1 << 26;

    /**
     * Ragged target attention with one top-K for each head. With {@code s_l = k_l · r +
     * bias[h][⌊log2 distance⌋]} for the events l that a candidate sees, the K_eff = min(K, n) best
     * (of equal scores the older) get weights {@code a = softmax(s)}, and the result is {@code Σ
     * a_l k_l}; zeros where nothing is seen. {@link AttentionInput} has options: others choose than
     * weigh, some of the K are the latest events, an end of the sequence that everyone sees, pads
     * that compete.
     *
     * @param pooled receives [C, H·d]
     */
    Attended attend(AttentionInput input, Matrix pooled);

    /**
     * Adds the gradients of {@link #attend}. The choice of events has no gradient.
     *
     * @param dPooled [C, H·d]
     * @param gradient what is added to
     */
    void attendBackward(
        AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient);

    /**
     * Ragged target attention over all events that a candidate sees, without a choice: {@code Σ
     * softmax(s)_l k_l} with the scores of {@link #attend}; zeros where nothing is seen. Neither
     * this nor the backward pass holds more weights than those of {@link AllEvents#ROWS} rows for
     * each thread.
     *
     * @param pooled receives [C, H·d]
     */
    void attendAll(AllEvents input, Matrix pooled);

    /**
     * Adds the gradients of {@link #attendAll}, whose weights are computed again.
     *
     * @param pooled what {@link #attendAll} gave [C, H·d]
     * @param dPooled [C, H·d]
     * @param gradient what is added to
     */
    void attendAllBackward(
        AllEvents input, Matrix pooled, Matrix dPooled, AttentionInput.Gradient gradient);

    /**
     * Self-attention within ragged histories (Vaswani et al. 2017): row e of the result is, for
     * each head, {@code Σ_l a_l v_l} over the events l of the history of e, those after e left out
     * where causal, with {@code a = dropout(softmax(q_e · k_l / √(d/H)))}. Neither this nor the
     * backward pass holds more weights than those of 64 events for each thread.
     *
     * @param out receives [E, d]
     */
    void attendSelf(SelfAttention input, Matrix out);

    /**
     * Adds the gradients of {@link #attendSelf}, whose weights are computed again, with the same
     * dropout.
     *
     * @param out what {@link #attendSelf} gave [E, d]
     * @param dOut [E, d]
     * @param gradient what is added to
     */
    void attendSelfBackward(
        SelfAttention input, Matrix out, Matrix dOut, SelfAttention.Gradient gradient);
  }

  /**
   * Rates of one step of Adam (Kingma and Ba 2015).
   *
   * @param rate learning rate over the bias correction of the mean, {@code lr / (1 − β1ᵗ)}
   * @param beta1 decay of the mean
   * @param beta2 decay of the variance
   * @param correction bias correction of the variance, {@code 1 − β2ᵗ}
   * @param epsilon added to the root
   */
  public record AdamStep(
      double rate, double beta1, double beta2, double correction, double epsilon) {}
}
