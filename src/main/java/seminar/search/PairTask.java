package seminar.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.compute.Groups;
import seminar.compute.Ragged;
import seminar.data.Queries;
import seminar.loss.AlignmentInput;
import seminar.loss.RelevancePairs;
import seminar.model.Channels;

/**
 * What L_align and L_query-item read of a batch whose channels are encoded.
 *
 * <p>Shapes: B histories, E events, L the length to which the released code pads. The pad, where
 * one is needed, is an event of no history.
 */
final class PairTask {
  /** In how many chunks the released code cuts a batch. */
  private static final int RELEASED_CHUNKS = 1000;

  private final EndedBatch ended;
  private final Channels channels;
  private final int length;
  private final int[] start; // B + 1: where the events of each history start

  /**
   * A task.
   *
   * @param length L
   */
  PairTask(EndedBatch ended, Channels channels, int length) {
    this.ended = ended;
    this.channels = channels;
    this.length = length;
    start = starts(ended.batch().groups());
  }

  /** Histories lie one after the other; each ends where its last request sees to. */
  private static int[] starts(Groups groups) {
    int[] start = new int[groups.historyCount() + 1];
    for (int b = 0; b < groups.historyCount(); b++) {
      start[b + 1] = start[b];
      for (int g = groups.histories()[b]; g < groups.histories()[b + 1]; g++) {
        start[b + 1] = Math.max(start[b + 1], groups.keyTo()[g]);
      }
    }
    return start;
  }

  private int histories() {
    return start.length - 1;
  }

  /** How many events belong to histories. */
  private int events() {
    return start[histories()];
  }

  /** The events of each history, as they are. */
  AlignmentInput aligned() {
    int[] rows = Arrays.copyOf(channels.eventItems(), events());
    return AlignmentInput.ofDistinctItems(
        channels.modalities(), channels.present(), new Ragged(start, rows));
  }

  /** How many events a chunk has if all histories, padded, are cut in 1000. */
  int releasedChunkLength() {
    int size = (int) ((long) histories() * length / RELEASED_CHUNKS);
    if (size < 2) {
      throw new IllegalArgumentException(
          ("%d histories of L = %d cut in %d chunks give %d events each: at least 2 are needed; "
                  + "the released chunks need larger batches")
              .formatted(histories(), length, RELEASED_CHUNKS, size));
    }
    return size;
  }

  /** All histories padded to L as one list, without what is left after 1000 chunks. */
  AlignmentInput alignedAsReleased() {
    int[] rows = new int[RELEASED_CHUNKS * releasedChunkLength()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = channels.eventItems()[paddedEvent(i / length, i % length)];
    }
    int[] noneIsTheSame = new int[rows.length];
    Arrays.setAll(noneIsTheSame, i -> i);
    Ragged list = new Ragged(new int[] {0, rows.length}, rows);
    return new AlignmentInput(channels.modalities(), channels.present(), list, noneIsTheSame);
  }

  /** The event at a place of a history that is padded on the left. */
  private int paddedEvent(int history, int place) {
    int event = start[history + 1] - length + place;
    return event < start[history] ? ended.padEvent() : event;
  }

  /** The pairs with a real query, each with other items of the batch. */
  RelevancePairs withOtherItems(int count, SplittableRandom rng) {
    return RelevancePairs.draw(realQueries(), itemRows(), items(), count, rng);
  }

  /** The same with items that its query leads to nowhere in the batch, each once. */
  RelevancePairs withUnrelatedItems(int count, SplittableRandom rng) {
    return RelevancePairs.drawUnrelated(realQueries(), itemRows(), items(), count, rng);
  }

  /** How many items are real: {@code <EOS>} and the pad have the last rows. */
  private int items() {
    return channels.eventItems()[ended.endEvent()];
  }

  /** The pairs with a real query, each with the items at the same few places of its history. */
  RelevancePairs withSharedPlaces(int count, SplittableRandom rng) {
    int[] places = rng.ints(count, 0, length).toArray();
    int[] queries = realQueries();
    int[] offsets = new int[queries.length + 1];
    int[] ids = new int[queries.length * count];
    for (int b = 0; b < histories(); b++) {
      for (int event = start[b]; event < start[b + 1]; event++) {
        offsets[event + 1] = offsets[event];
        for (int place : places) {
          if (queries[event] >= 0) {
            ids[offsets[event + 1]++] = channels.eventItems()[paddedEvent(b, place)];
          }
        }
      }
    }
    int[] used = Arrays.copyOf(ids, offsets[queries.length]);
    return RelevancePairs.withRepeats(queries, itemRows(), new Ragged(offsets, used));
  }

  private int[] realQueries() {
    int[] rows = Arrays.copyOf(channels.eventQueries(), events());
    for (int event = 0; event < rows.length; event++) {
      rows[event] = ended.batch().queries()[event] == Queries.EMPTY ? -1 : rows[event];
    }
    return rows;
  }

  private int[] itemRows() {
    return Arrays.copyOf(channels.eventItems(), events());
  }
}
