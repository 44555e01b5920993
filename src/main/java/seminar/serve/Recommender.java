package seminar.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.WarmUp;
import seminar.model.GivenItem;
import seminar.quantize.Quantizer;
import seminar.rank.Recommended;
import seminar.search.ChoiceRule;
import seminar.search.InterestModel;
import seminar.search.PairTable;

/**
 * A trained model that answers requests: scores candidates for a user, recommends items, says why,
 * and takes events, users and items that come, without learning anew.
 *
 * <pre>{@code
 * try (Recommender shop = Recommender.open(model, hash, corpus, Path.of("my-index"))) {
 *   int user = shop.user("u17");
 *   float[] scores = shop.score(user, Request.of(3, 14, 15));
 *   shop.append(user, new Event(14, 0, now));
 *   shop.recommend(user, 10).forEach(IO::println);
 * }
 * }</pre>
 *
 * <p>Users are numbered from 0 and items from 1, as in the corpus; those that come get the numbers
 * behind. An answer reads one state of a history from beginning to end. <b>Thread-safe</b>: any
 * number of threads ask at the same time, each on its own thread; events of one user wait for each
 * other. The model must not learn meanwhile.
 *
 * <p>With the folder of an index histories are read from its packs where they are first asked for,
 * and every change is written to its log before it counts. Without one, keys are computed where
 * they are first asked for and changes are forgotten. Histories that did not change may be dropped
 * from memory where it gets short.
 */
public final class Recommender implements Closeable {
  private static final int BLOCK = 256; // candidates at once

  private final InterestModel model;
  private final Corpus corpus;
  private final PairTable table;
  private final Optional<ChoiceRule> rule;
  private final Optional<ChangeLog> log;
  private final Deque<RequestAnswer> spare = new ConcurrentLinkedDeque<>();
  private final Newcomers newcomers;
  private final LiveHistories histories;

  private Recommender(
      InterestModel model,
      Corpus corpus,
      Quantizer quantizer,
      Optional<IndexedHistories> index,
      Optional<Path> log)
      throws IOException {
    this.model = model;
    this.corpus = corpus;
    table = model.pairTable();
    rule =
        model.method().choosesByAttention()
            ? Optional.of(model.requestScorer(table).rule())
            : Optional.empty();
    newcomers = new Newcomers(corpus, table);
    histories =
        new LiveHistories(
            corpus,
            index,
            quantizer,
            (items, queries) -> with(answer -> answer.pairs(items, queries)),
            newcomers);
    this.log =
        log.isEmpty()
            ? Optional.empty()
            : Optional.of(ChangeLog.open(log.get(), index.orElseThrow().of(), replay()));
  }

  /**
   * Of a model and the histories of its corpus.
   *
   * @throws IllegalArgumentException if the model pads histories, attends field by field or reads
   *     side features
   */
  public static Recommender of(InterestModel model, Corpus corpus) {
    try {
      Quantizer quantizer = IndexWriting.roundings(model, corpus);
      return new Recommender(model, corpus, quantizer, Optional.empty(), Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException("no file is opened", e);
    }
  }

  /**
   * With the indexes of a folder, as {@link IndexedHistories#write} and {@code ./seminar index}
   * make them, and its log of changes, which is begun where there is none.
   *
   * @param hash hash of the model's file
   * @throws IOException if a file is missing, damaged, or of another model or corpus, or another
   *     process has the log open
   * @throws IllegalArgumentException as {@link #of}, or if heads do not choose by inner products
   */
  public static Recommender open(InterestModel model, String hash, Corpus corpus, Path folder)
      throws IOException {
    IndexedHistories index = IndexedHistories.open(model.vectors(), hash, corpus, folder);
    return new Recommender(
        model, corpus, index.quantizer(), Optional.of(index), Optional.of(index.log()));
  }

  private ChangeLog.Reader replay() {
    return new ChangeLog.Reader() {
      @Override
      public void event(int user, Event event) {
        histories.add(user, event);
      }

      @Override
      public void user(String id) {
        newcomers.addUser(id);
      }

      @Override
      public void item(String id, String title, GivenItem item) {
        try {
          newcomers.addItem(id, title, item, () -> {});
        } catch (IOException e) {
          throw new IllegalStateException("nothing is kept", e);
        }
      }
    };
  }

  /** How many bytes of a change that was not whole were cut off when the log was opened. */
  public long cut() {
    return log.map(ChangeLog::cut).orElse(0L);
  }

  /**
   * The number of the user of this id, of the corpus or one who came later.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int user(String id) {
    return newcomers.user(id);
  }

  /**
   * The number of the item of this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int item(String id) {
    return newcomers.item(id);
  }

  /** How many users there are. */
  public int users() {
    return newcomers.users();
  }

  /** How many events a user has. */
  public int events(int user) {
    return histories.of(user).length();
  }

  /**
   * Click logits.
   *
   * @return one for each candidate [C], in their order
   * @throws IllegalArgumentException if there is no such user, item or query
   * @throws java.io.UncheckedIOException if the history cannot be read from its pack, or is damaged
   *     there, which whoever asks for this user first is told
   */
  public float[] score(int user, Request request) {
    return score(histories.of(user), request);
  }

  /** The same for somebody who is known by these events alone, oldest first. */
  public float[] score(List<Event> events, Request request) {
    return score(histories.of(events), request);
  }

  private float[] score(ServedHistory history, Request request) {
    check(request);
    return with(answer -> answer.scores(history, request));
  }

  /**
   * The best of all items that the user has not met, those that came later included.
   *
   * @return at most k, best first; of equal scores the item with the lower number
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public List<Recommended> recommend(int user, int k) {
    return recommend(histories.of(user), k);
  }

  /** The same for somebody who is known by these events alone, oldest first. */
  public List<Recommended> recommend(List<Event> events, int k) {
    return recommend(histories.of(events), k);
  }

  private List<Recommended> recommend(ServedHistory history, int k) {
    Checks.atLeast(1, "k", k);
    BitSet met = history.met();
    int[] items = newcomers.items().filter(item -> !met.get(item)).toArray();
    float[] scores = new float[items.length];
    with(
        answer -> {
          for (int from = 0; from < items.length; from += BLOCK) {
            int[] some = Arrays.copyOfRange(items, from, Math.min(items.length, from + BLOCK));
            Request request = Request.of(some).withSearch(Request.Search.EXACT);
            float[] of = answer.scores(history, request);
            System.arraycopy(of, 0, scores, from, of.length);
          }
          return scores;
        });
    if (items.length == 0) {
      return List.of();
    }
    TopK top = TopK.of(scores, k);
    return IntStream.range(0, top.size())
        .mapToObj(i -> newcomers.named(items[top.indices()[i]], top.scores()[i]))
        .toList();
  }

  /**
   * The scores of candidates and the events that led to them.
   *
   * @throws IllegalArgumentException if there is no such user, item or query
   */
  public List<Served> explain(int user, Request request) {
    return explain(histories.of(user), request);
  }

  /** The same for somebody who is known by these events alone, oldest first. */
  public List<Served> explain(List<Event> events, Request request) {
    return explain(histories.of(events), request);
  }

  private List<Served> explain(ServedHistory history, Request request) {
    check(request);
    return with(answer -> Served.of(history, request, answer.explain(history, request, true)));
  }

  /**
   * Adds an event behind those of a user.
   *
   * @throws IOException if it cannot be written to the log; nothing has changed then
   * @throws IllegalArgumentException if there is no such user, item or query, or the event is older
   *     than the user's last one
   */
  public void append(int user, Event event) throws IOException {
    Checks.within(0, corpus.queries().size(), "query", event.query());
    newcomers.checkItem(event.item());
    newcomers.checkUser(user);
    histories.append(
        user,
        event,
        () -> {
          if (log.isPresent()) {
            log.get().event(user, event);
          }
        });
  }

  /**
   * Adds a user without events.
   *
   * @return the user's number
   * @throws IOException if it cannot be written to the log; nothing has changed then
   * @throws IllegalArgumentException if there is one of this id
   */
  public synchronized int addUser(String id) throws IOException {
    newcomers.checkNewUser(id);
    if (log.isPresent()) {
      log.get().user(id);
    }
    return newcomers.addUser(id);
  }

  /**
   * Adds an item by what it looks like; {@link NewItems} makes features of texts and pictures.
   *
   * @param title shown where it is recommended
   * @return the item's number
   * @throws IOException if it cannot be written to the log; nothing has changed then
   * @throws IllegalArgumentException if there is one of this id, features have another length than
   *     those of the catalogue, or there is no such attribute
   */
  public synchronized int addItem(String id, String title, GivenItem item) throws IOException {
    return newcomers.addItem(
        id,
        title,
        item,
        () -> {
          if (log.isPresent()) {
            log.get().item(id, title, item);
          }
        });
  }

  /**
   * Asks for random scores until the virtual machine has compiled what requests run, at most five
   * seconds for each number: without it the first hundreds take many times as long.
   *
   * @param candidates how many candidates requests will have
   */
  public void warmUp(int... candidates) {
    int longest =
        IntStream.range(0, corpus.histories().users())
            .reduce(
                0, (a, b) -> corpus.histories().length(b) > corpus.histories().length(a) ? b : a);
    for (int count : candidates) {
      int[] items = IntStream.rangeClosed(1, Math.min(count, corpus.catalog().size())).toArray();
      Request request = Request.of(items);
      for (Request.Search search : Request.Search.values()) {
        if (search != Request.Search.FASTER) {
          WarmUp.run(() -> score(longest, request.withSearch(search)));
        }
      }
    }
  }

  private void check(Request request) {
    Checks.within(0, corpus.queries().size(), "query", request.query());
    for (int candidate : request.candidates()) {
      newcomers.checkItem(candidate);
    }
    boolean isTimed = request.since() != Long.MIN_VALUE || request.until() != Long.MAX_VALUE;
    if (isTimed && !corpus.histories().hasTimes()) {
      throw new IllegalArgumentException(
          "events since or until a time are asked for: these histories have no times");
    }
  }

  private <T> T with(Function<RequestAnswer, T> work) {
    RequestAnswer answer = spare.poll();
    if (answer == null) {
      answer =
          new RequestAnswer(model.requestScorer(table), rule, model.options().sequenceLength());
    }
    T result = work.apply(answer);
    spare.push(answer);
    return result;
  }

  /**
   * Waits until all changes are on the disk, so that they outlive the machine too.
   *
   * @throws IOException if they cannot be written
   */
  public void force() throws IOException {
    if (log.isPresent()) {
      log.get().force();
    }
  }

  @Override
  public void close() throws IOException {
    if (log.isPresent()) {
      log.get().close();
    }
  }
}
