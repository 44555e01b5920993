/**
 * How good a ranking, a retrieval or a click score is: NDCG, hit rate and MRR of one positive among
 * candidates, recall of a retrieved set; what is recommended to all users together; AUC over all
 * and within users, log loss and calibration of clicks; groups of users, a mean with its confidence
 * interval, and the difference of two models by a paired bootstrap.
 *
 * <p>Two conventions hold everywhere. <b>Ties are shared fairly</b>: a measure is its expectation
 * over the places that the positive may take among candidates of the same score ({@link
 * seminar.measure.TieRule#EXPECTED}); the favourable tie of the released code is a switch.
 * <b>Not-a-number is refused</b>, with the user and column named: it has no rank, and a sort would
 * hide it.
 */
package seminar.measure;
