package seminar.compute;

import seminar.math.Checks;

/**
 * Which candidates look at which events: the ragged shape of target attention.
 *
 * <p>The keys of a batch are the events of its histories, one history after the other. A
 * <em>group</em> is one request: the events {@code [keyFrom, keyTo)} of a history are what could be
 * known then, and all candidates of the request (a positive and its negatives, or the hundred of an
 * evaluation) look at them.
 *
 * @param keyFrom first key row that group g sees
 * @param keyTo end of the key rows that group g sees; {@code keyTo − l} is the distance of event l
 *     in events
 * @param candidates G + 1 positions: group g has the candidate rows {@code [candidates[g],
 *     candidates[g + 1])}
 * @param histories B + 1 positions: history b has the groups {@code [histories[b], histories[b +
 *     1])}; groups of different histories never share a key row, so histories can be worked on at
 *     the same time
 */
public record Groups(int[] keyFrom, int[] keyTo, int[] candidates, int[] histories) {
  /** Checks that the lists belong together. */
  public Groups {
    int groups = Checks.sameLength("keyFrom", keyFrom.length, "keyTo", keyTo.length);
    Checks.sameLength("candidates", candidates.length, "groups + 1", groups + 1);
    Checks.sameLength("last of histories", histories[histories.length - 1], "groups", groups);
    for (int g = 0; g < groups; g++) {
      Checks.within(0, keyTo[g], "keyFrom of a group", keyFrom[g]);
      Checks.atLeast(candidates[g], "end of a group's candidates", candidates[g + 1]);
    }
  }

  /** The number of histories, B. */
  public int historyCount() {
    return histories.length - 1;
  }

  /** The number of groups, G. */
  public int groupCount() {
    return keyFrom.length;
  }

  /** The number of candidates of all groups, C. */
  public int candidateCount() {
    return candidates[candidates.length - 1];
  }

  /** How many events group {@code g} sees. */
  public int events(int g) {
    return keyTo[g] - keyFrom[g];
  }

  /** The same requests, each of which sees the latest {@code most} of its events alone. */
  public Groups latest(int most) {
    Checks.atLeast(0, "events that are seen", most);
    int[] from = keyFrom.clone();
    for (int g = 0; g < from.length; g++) {
      from[g] = Math.max(from[g], keyTo[g] - most);
    }
    return new Groups(from, keyTo, candidates, histories);
  }

  /** The most events that a group sees; 0 where there is no group. */
  public int mostEvents() {
    int most = 0;
    for (int g = 0; g < groupCount(); g++) {
      most = Math.max(most, events(g));
    }
    return most;
  }
}
