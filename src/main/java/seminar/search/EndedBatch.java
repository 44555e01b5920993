package seminar.search;

import seminar.data.Corpus;
import seminar.data.Queries;
import seminar.model.Batch;

/**
 * A batch with what belongs to no history behind its events: &lt;EOS&gt;, which every candidate
 * sees after its prefix, and the pad where histories are padded as in the released code.
 *
 * @param batch the events, &lt;EOS&gt; and the pad
 * @param endEvent which event &lt;EOS&gt; is
 */
record EndedBatch(Batch batch, int endEvent) {
  static EndedBatch of(Batch plain, Corpus corpus, boolean padded) {
    Batch ended = plain.plusEvent(corpus.catalog().eos(), corpus.queries().eosQuery());
    return new EndedBatch(padded ? ended.plusEvent(0, Queries.EMPTY) : ended, plain.items().length);
  }

  /** Which event the pad is, where there is one. */
  int padEvent() {
    return endEvent + 1;
  }
}
