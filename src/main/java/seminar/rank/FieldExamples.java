package seminar.rank;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.math.Rng;

/**
 * Training targets as labelled examples of Tribuo: what was taken, beside items drawn at random
 * that the history's training part does not hold.
 */
final class FieldExamples {
  static final Label TAKEN = new Label("taken");
  static final Label NOT = new Label("not taken");

  private final Corpus corpus;
  private final Split split;
  private final SparseFields fields;
  private final String[] names;

  FieldExamples(Corpus corpus, Split split, SparseFields fields) {
    this.corpus = corpus;
    this.split = split;
    this.fields = fields;
    names = new String[fields.size()];
    for (int feature = 0; feature < names.length; feature++) {
      names[feature] = fields.name(feature);
    }
  }

  /** A request and an item as Tribuo sees them. */
  Example<Label> example(int user, int position, int item, Label label) {
    int[] latest = fields.latest(user, position);
    SparseFields.Vector context = fields.context(user, position);
    SparseFields.Vector candidate =
        fields.candidate(user, position, item, latest, fields.met(latest));
    int shared = context.features().length;
    String[] all = new String[shared + candidate.features().length];
    double[] values = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      boolean first = i < shared;
      all[i] = names[first ? context.features()[i] : candidate.features()[i - shared]];
      values[i] = first ? context.values()[i] : candidate.values()[i - shared];
    }
    return new ArrayExample<>(label, all, values);
  }

  /**
   * Draws targets, and negatives for each.
   *
   * @throws IllegalArgumentException if there is no training target, or a history's training part
   *     has all items
   */
  MutableDataset<Label> draw(FieldOptions options, long seed) {
    LabelFactory labels = new LabelFactory();
    String source = corpus.manifest().name() + " " + corpus.hash();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance(source, labels), labels);
    long all = split.trainTargets();
    if (all == 0) {
      throw new IllegalArgumentException(
          "corpus %s has no training target".formatted(corpus.manifest().name()));
    }
    SplittableRandom rng = Rng.stream("rank/fields", seed);
    long needed = Math.min(all, options.targets());
    Histories histories = corpus.histories();
    for (int user = 0; user < histories.users(); user++) {
      BitSet met = new BitSet();
      for (int at = split.trainStart(user); at < split.trainEnd(user); at++, all--) {
        // Selection sampling (Knuth, TAOCP 2, 3.4.2 S): every set of targets is equally likely.
        if (rng.nextLong(all) < needed) {
          needed--;
          add(data, user, at, met, options.negatives(), rng);
        }
      }
    }
    return data;
  }

  private void add(
      MutableDataset<Label> data,
      int user,
      int at,
      BitSet met,
      int negatives,
      SplittableRandom rng) {
    Histories histories = corpus.histories();
    long start = histories.start(user);
    if (met.isEmpty()) {
      for (int p = 0; p < split.trainEnd(user); p++) {
        met.set(histories.item(start + p));
      }
      if (met.cardinality() == corpus.catalog().size()) {
        throw new IllegalArgumentException(
            "user %s has had all %d items: there is no negative"
                .formatted(histories.userId(user), corpus.catalog().size()));
      }
    }
    data.add(example(user, at, histories.item(start + at), TAKEN));
    for (int n = 0; n < negatives; n++) {
      int item;
      do {
        item = 1 + rng.nextInt(corpus.catalog().size());
      } while (met.get(item));
      data.add(example(user, at, item, NOT));
    }
  }
}
