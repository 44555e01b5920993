package seminar.source.jdsearch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import seminar.data.Histories;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.MalformedLine;
import seminar.source.PlainText;

/**
 * A line of the log: a history and the answers to a present query.
 *
 * @param queries of the events, as terms; none where the user browsed
 * @param items of the events
 * @param kinds of the events
 * @param seconds of the events and of the present query, since the first event
 * @param present the present query, as terms
 * @param answers the products that were shown
 * @param labels 0 where an answer was not touched, up to 3 where it was bought
 */
record JdSearchUser(
    List<List<String>> queries,
    long[] items,
    Kind[] kinds,
    long[] seconds,
    List<String> present,
    long[] answers,
    double[] labels) {
  static final List<String> COLUMNS =
      List.of(
          "query",
          "candidate_wid_list",
          "candidate_label_list",
          "history_qry_list",
          "history_wid_list",
          "history_type_list",
          "history_time_list");

  private static final String NO_QUERY = "-1";

  /** Between the terms of a text. */
  private static final String SEPARATOR = "\u0018";

  private static final double HIGHEST_LABEL = 3;

  /** What a user did with a product. */
  enum Kind {
    CLICK,
    CART,
    FOLLOW,
    ORDER;

    private static Kind of(String text) throws MalformedLine {
      return switch (text) {
        case "CLICK" -> CLICK;
        case "CART" -> CART;
        case "FLW", "FOLLOW" -> FOLLOW;
        case "ORD" -> ORDER;
        default ->
            throw new MalformedLine(
                "history_type_list has '%s', none of CLICK, CART, FLW, ORD".formatted(text));
      };
    }
  }

  /** Makes sense of the fields of a line. */
  static JdSearchUser of(String[] fields) throws MalformedLine {
    String[] shown = list(fields[1]);
    String[] labels = list(fields[2]);
    String[] typed = list(fields[3]);
    String[] met = list(fields[4]);
    String[] kinds = list(fields[5]);
    String[] gaps = list(fields[6]);
    aligned("candidate_label_list", labels.length, "candidate_wid_list", shown.length);
    aligned("history_qry_list", typed.length, "history_wid_list", met.length);
    aligned("history_type_list", kinds.length, "history_wid_list", met.length);
    aligned("history_time_list", gaps.length, "history_wid_list and the query", met.length + 1);
    List<List<String>> queries = new ArrayList<>();
    Kind[] all = new Kind[kinds.length];
    for (int i = 0; i < all.length; i++) {
      queries.add(query("history_qry_list", typed[i]));
      all[i] = Kind.of(kinds[i]);
    }
    return new JdSearchUser(
        queries,
        ids("history_wid_list", met),
        all,
        seconds(gaps),
        query("query", fields[0]),
        ids("candidate_wid_list", shown),
        labels(labels));
  }

  private static String[] list(String text) {
    return text.isBlank() ? new String[0] : text.split("_", -1);
  }

  private static void aligned(String name, int size, String other, int wanted)
      throws MalformedLine {
    if (size != wanted) {
      throw new MalformedLine(
          "%s has %d entries, not %d as %s".formatted(name, size, wanted, other));
    }
  }

  private static List<String> query(String name, String text) throws MalformedLine {
    String typed = PlainText.optional(text);
    return typed.isBlank() || typed.equals(NO_QUERY) ? List.of() : terms(name, typed);
  }

  /** The terms of a text, each of them a number. */
  static List<String> terms(String name, String text) throws MalformedLine {
    List<String> terms = List.of(text.split(SEPARATOR, -1));
    for (String term : terms) {
      MalformedLine.whole(name, term, 0);
    }
    return terms;
  }

  private static long[] ids(String name, String[] texts) throws MalformedLine {
    long[] ids = new long[texts.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = MalformedLine.whole(name, texts[i], 0);
    }
    return ids;
  }

  /** The first gap is 0; each further one is that to the event before. */
  private static long[] seconds(String[] gaps) throws MalformedLine {
    long[] seconds = new long[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      long gap = MalformedLine.whole("history_time_list", gaps[i], 0);
      long before = i == 0 ? 0 : seconds[i - 1];
      if (i == 0 && gap != 0 || gap > Long.MAX_VALUE / 1000 - 1 - before) {
        throw new MalformedLine(
            "history_time_list has %d at place %d, which must begin with 0 and fit 64 bits"
                .formatted(gap, i));
      }
      seconds[i] = before + gap;
    }
    return seconds;
  }

  private static double[] labels(String[] texts) throws MalformedLine {
    double[] labels = new double[texts.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = MalformedLine.whole("candidate_label_list", texts[i], 0);
      if (labels[i] > HIGHEST_LABEL) {
        throw new MalformedLine(
            "candidate_label_list has %s, more than %s".formatted(texts[i], HIGHEST_LABEL));
      }
    }
    return labels;
  }

  /** Adds the events of kinds that are wanted, and the answers; how many were not wanted. */
  long into(EventLog log, long user, Predicate<Kind> wanted) throws IOException {
    long others = 0;
    for (int i = 0; i < items.length; i++) {
      if (wanted.test(kinds[i])) {
        List<String> terms = queries.get(i);
        byte action = terms.isEmpty() ? Histories.BROWSE : Histories.SEARCH;
        log.event(user, items[i], log.query(terms), 1000 * seconds[i], action, Role.EVENT);
      } else {
        others++;
      }
    }
    int query = log.query(present);
    long last = items.length == 0 ? -1 : 1000 * seconds[items.length - 1];
    long now = Math.max(1000 * seconds[items.length], last + 1);
    for (int i = 0; i < answers.length; i++) {
      Role role = labels[i] > 0 ? Role.CLICKED : Role.PASSED;
      log.event(user, answers[i], query, now, Histories.SEARCH, role);
    }
    return others;
  }
}
