/**
 * The losses: each a value and a gradient with respect to what the model put out.
 *
 * <p>{@link seminar.loss.ClickLoss} trains the click model. The other three pretrain the search
 * unit: {@link seminar.loss.NextPairLoss}, {@link seminar.loss.AlignmentLoss} and {@link
 * seminar.loss.RelevanceLoss}, whose weighted sum is {@link seminar.loss.LossTerms#total}. Losses
 * on logits <em>set</em> their gradient; losses on vectors, which several losses share,
 * <em>add</em> to it. Where the authors' released code computes another loss than the paper, an
 * enum names both.
 */
package seminar.loss;
