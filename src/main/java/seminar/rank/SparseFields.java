package seminar.rank;

import java.util.Arrays;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.data.TrainingClicks;

/**
 * A request and a candidate as a sparse vector of named features, the same for every model that
 * reads it:
 *
 * <pre>
 *   user:u         1
 *   last:i         1 / √n for each of the n latest events
 *   item:c         1
 *   attribute:a    1 / √m for each of the m attributes of the candidate
 *   side:clicks    ln(1 + clicks on the candidate in training, but for the one asked about) / 8
 *   side:times     ln(1 + how often it is among the latest events)
 *   side:shared    the share of the candidate's attributes that the latest events have too
 * </pre>
 *
 * <p>The first two make the context, which all candidates of a request share; features are numbered
 * from 0 in the order above. Of the history only events before the request are read; a training
 * target does not count its own click, since what is asked about in the end was never counted.
 */
final class SparseFields {
  static final int SIDE = 3;

  /** The interval at which Tribuo's trainers log: never. */
  static final int SILENT = -1;

  private final Histories histories;
  private final Catalog catalog;
  private final TrainingClicks clicks;
  private final int[][] attributes;
  private final int last;

  SparseFields(Corpus corpus, Split split, int last) {
    histories = corpus.histories();
    catalog = corpus.catalog();
    clicks = TrainingClicks.of(histories, split, catalog.size());
    attributes = new int[catalog.size() + 1][0];
    for (int item = 1; item <= catalog.size(); item++) {
      attributes[item] = catalog.attributes(item);
    }
    this.last = last;
  }

  /** Numbers and values of some features. */
  record Vector(int[] features, double[] values) {}

  /** How many features there are. */
  int size() {
    return firstSide() + SIDE;
  }

  private int firstItem() {
    return histories.users() + catalog.size();
  }

  private int firstAttribute() {
    return firstItem() + catalog.size();
  }

  private int firstSide() {
    return firstAttribute() + catalog.attributeVocabulary();
  }

  /** The name of a feature: its field and its number there. */
  String name(int feature) {
    if (feature < histories.users()) {
      return "user:" + feature;
    }
    if (feature < firstItem()) {
      return "last:" + (feature - histories.users() + 1);
    }
    if (feature < firstAttribute()) {
      return "item:" + (feature - firstItem() + 1);
    }
    return feature < firstSide()
        ? "attribute:" + (feature - firstAttribute() + 1)
        : "side:" + new String[] {"clicks", "times", "shared"}[feature - firstSide()];
  }

  /** Who asks, and what the latest events are; an item that is there twice counts twice. */
  Vector context(int user, int position) {
    int[] latest = latest(user, position);
    int[] features = new int[1 + latest.length];
    double[] values = new double[features.length];
    features[0] = user;
    values[0] = 1;
    int size = 1;
    Arrays.sort(latest);
    for (int i = 0; i < latest.length; i++) {
      if (i == 0 || latest[i] != latest[i - 1]) {
        features[size++] = histories.users() + latest[i] - 1;
      }
      values[size - 1] += 1 / Math.sqrt(latest.length);
    }
    return new Vector(Arrays.copyOf(features, size), Arrays.copyOf(values, size));
  }

  /** The items of the latest events before a position. */
  int[] latest(int user, int position) {
    int from = Math.max(0, position - last);
    int[] items = new int[position - from];
    histories.copy(user, from, position, items, new int[items.length], 0);
    return items;
  }

  /** Whether each attribute is one of the latest events'. */
  boolean[] met(int[] latest) {
    boolean[] met = new boolean[catalog.attributeVocabulary() + 1];
    for (int item : latest) {
      for (int attribute : attributes[item]) {
        met[attribute] = true;
      }
    }
    return met;
  }

  /** What is asked about, beside the latest events and their attributes. */
  Vector candidate(int user, int position, int item, int[] latest, boolean[] met) {
    int[] own = attributes[item];
    int[] features = new int[1 + own.length + SIDE];
    double[] values = new double[features.length];
    features[0] = firstItem() + item - 1;
    values[0] = 1;
    int shared = 0;
    for (int i = 0; i < own.length; i++) {
      features[1 + i] = firstAttribute() + own[i] - 1;
      values[1 + i] = 1 / Math.sqrt(own.length);
      shared += met[own[i]] ? 1 : 0;
    }
    long times = Arrays.stream(latest).filter(one -> one == item).count();
    int side = 1 + own.length;
    for (int i = 0; i < SIDE; i++) {
      features[side + i] = firstSide() + i;
    }
    values[side] = Math.log1p(clicks.others(user, position, item)) / 8;
    values[side + 1] = Math.log1p(times);
    values[side + 2] = own.length == 0 ? 0 : (double) shared / own.length;
    return new Vector(features, values);
  }
}
