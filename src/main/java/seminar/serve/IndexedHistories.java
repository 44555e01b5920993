package seminar.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.Json;
import seminar.file.Progress;
import seminar.file.Provenance;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.CodebookFile;
import seminar.quantize.Quantizer;
import seminar.retrieve.IndexPack;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.RetrievalIndex;
import seminar.retrieve.Subset;
import seminar.search.ChoiceRule;
import seminar.search.PairVectors;

/**
 * The histories of a corpus as indexes on disk, in the vectors of a trained model: one codebook for
 * all, and packs of many histories (paper §3.3.3, with keys fused before they are quantized). The
 * model's own heads search them, since W_Q and W_K fold into what a head looks for.
 *
 * <p>Files: {@code codebook.bin}, {@code histories-0000.pack} and so on of about 256 MB, {@code
 * index.json}, which says of which model and corpus they are, and {@code changes.log}, which {@link
 * Recommender} writes. Immutable and thread-safe but for {@link #search}, which encodes with the
 * model: one thread at a time.
 */
public final class IndexedHistories {
  private static final String CODEBOOK = "codebook.bin";
  private static final String ABOUT = "index.json";
  private static final String LOG = "changes.log";

  private final PairVectors vectors;
  private final Corpus corpus;
  private final Quantizer quantizer;
  private final String of;
  private final Path folder;
  private final List<IndexPack> packs;

  private IndexedHistories(
      PairVectors vectors,
      Corpus corpus,
      Quantizer quantizer,
      String of,
      Path folder,
      List<IndexPack> packs) {
    this.vectors = vectors;
    this.corpus = corpus;
    this.quantizer = quantizer;
    this.of = of;
    this.folder = folder;
    this.packs = packs;
  }

  /**
   * How histories are indexed.
   *
   * @param subspaces pieces of a key, each of which gets one code of four bits
   * @param sample events that the codebook is learned from, at most
   * @param seed of the sample and the centroids
   */
  public record Options(int subspaces, int sample, long seed) {
    /** Centroids of a four-bit code. */
    public static final int CENTROIDS = 16;

    /** Checks the numbers. */
    public Options {
      Checks.atLeast(1, "subspaces", subspaces);
      Checks.atLeast(CENTROIDS, "sample", sample);
    }
  }

  /**
   * What the files are of.
   *
   * @param model hash of the model's file
   * @param corpus hash of the corpus
   * @param options how histories were indexed
   * @param users how many users' histories are there
   * @param packs in how many files
   * @param provenance code and machine
   */
  public record About(
      String model, String corpus, Options options, int users, int packs, Provenance provenance) {}

  /**
   * Learns a codebook and writes an index of each history.
   *
   * @param model hash of the model's file
   * @param users numbers of users
   * @throws IOException if a file cannot be written
   */
  public static IndexedHistories write(
      PairVectors vectors,
      String model,
      Corpus corpus,
      Options options,
      int[] users,
      Path folder,
      Workers workers,
      Progress progress)
      throws IOException {
    Quantizer quantizer = IndexWriting.learn(vectors, corpus, options, workers);
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(ABOUT)); // what is half of another model opens no more
    CodebookFile.write(quantizer, folder.resolve(CODEBOOK));
    IndexWriting writing = new IndexWriting(vectors, corpus, quantizer, users, workers, progress);
    int packs = 0;
    for (int from = 0; from < users.length; packs++) {
      from = writing.pack(from, pack(folder, packs));
    }
    for (int old = packs; Files.deleteIfExists(pack(folder, old)); old++) {}
    Provenance here = Provenance.here(workers.threads());
    Json.writePretty(
        folder.resolve(ABOUT), new About(model, corpus.hash(), options, users.length, packs, here));
    return open(vectors, model, corpus, folder);
  }

  private static Path pack(Path folder, int number) {
    return folder.resolve("histories-%04d.pack".formatted(number));
  }

  /**
   * Opens what {@link #write} wrote.
   *
   * @param model hash of the model's file
   * @throws IOException if a file is missing, damaged, or of another model or corpus
   */
  public static IndexedHistories open(PairVectors vectors, String model, Corpus corpus, Path folder)
      throws IOException {
    Path file = folder.resolve(ABOUT);
    if (!Files.exists(file)) {
      throw new IOException("%s is missing: make the index with 'index'".formatted(file));
    }
    About about = Json.read(file, About.class, "make the index anew with 'index'");
    if (!about.model().equals(model) || !about.corpus().equals(corpus.hash())) {
      throw new IOException(
          "%s is an index of another %s: make it anew with 'index'"
              .formatted(folder, about.model().equals(model) ? "corpus" : "model"));
    }
    Quantizer quantizer = CodebookFile.read(folder.resolve(CODEBOOK));
    List<IndexPack> packs = new ArrayList<>();
    for (int number = 0; number < about.packs(); number++) {
      packs.add(IndexPack.open(pack(folder, number), quantizer));
    }
    return new IndexedHistories(
        vectors, corpus, quantizer, of(model, corpus), folder, List.copyOf(packs));
  }

  private static String of(String model, Corpus corpus) {
    return "model %s, corpus %s".formatted(model, corpus.hash());
  }

  /** Which model and corpus this is of. */
  String of() {
    return of;
  }

  /** What the codes were made with. */
  Quantizer quantizer() {
    return quantizer;
  }

  /** Where changes are written that came after. */
  Path log() {
    return folder.resolve(LOG);
  }

  /** The keys of events by their numbers in all histories [n, d]. */
  static float[] keys(PairVectors vectors, Histories histories, int[] events) {
    return vectors.keys(
        Arrays.stream(events).map(histories::item).toArray(),
        Arrays.stream(events).map(histories::query).toArray());
  }

  /**
   * What a head found in a history.
   *
   * @param events positions in the history, best first
   * @param scores {@code k_l · r_h}, exact, and the recency bias of the head
   * @param parts what text, image, attributes and query add to each score [K][4]
   * @param recency what the distance from the end of the history adds to each [K]; zeros for a
   *     model that is blind to it
   * @param byCodes share of the exact K best that four-bit codes alone would keep
   * @param recall share of them that was found, after the best by codes were scored exactly
   */
  public record Found(
      int[] events,
      float[] scores,
      float[][] parts,
      float[] recency,
      double byCodes,
      double recall) {}

  /**
   * Searches a history with every head of the model by its scores; the latest events that some
   * models keep whatever their score are not asked for.
   *
   * @param user number of a user who was indexed
   * @param item the candidate
   * @param query its query; 0 for none
   * @param k how many events each head keeps; all if the history has fewer
   * @return one for each head
   * @throws IOException if the index of the history is missing or damaged
   */
  public List<Found> search(int user, int item, int query, int k) throws IOException {
    Checks.atLeast(1, "K", k);
    RetrievalIndex index = index(user);
    float[] keys = index.keys();
    int kept = Math.min(k, index.size());
    RefinedRetriever refined = index.refined(RefinedRetriever.Options.standard());
    List<Found> found = new ArrayList<>();
    ChoiceRule rule = vectors.rule();
    float[][] headQueries = vectors.headQueries(item, query);
    for (int h = 0; h < headQueries.length; h++) {
      float[] r = headQueries[h];
      Subset all = rule.withLatest(0).among(h, 0, index.size());
      int[] exact = exact(keys, r, kept, all);
      int[] codes = index.scan().search(r, kept, all).top().indices();
      TopK top = refined.search(r, kept, all).top();
      float[] recency = new float[top.size()];
      for (int i = 0; i < recency.length; i++) {
        recency[i] = all.offsets().at(top.indices()[i]);
      }
      found.add(
          new Found(
              top.indices(),
              top.scores(),
              parts(user, top.indices(), r),
              recency,
              Recall.of(codes, exact),
              Recall.of(top.indices(), exact)));
    }
    return found;
  }

  /** The index of a history, if it is there. */
  Optional<RetrievalIndex> find(int user) throws IOException {
    for (IndexPack pack : packs) {
      if (pack.contains(user)) {
        return Optional.of(pack.index(user));
      }
    }
    return Optional.empty();
  }

  /** The index of a history. */
  RetrievalIndex index(int user) throws IOException {
    return find(user)
        .orElseThrow(
            () ->
                new IOException(
                    "the history of user %s is not in %s: index it"
                        .formatted(corpus.histories().userId(user), folder)));
  }

  /** What histories are indexed in. */
  PairVectors vectors() {
    return vectors;
  }

  private static int[] exact(float[] keys, float[] r, int k, Subset all) {
    float[] scores = new float[keys.length / r.length];
    for (int l = 0; l < scores.length; l++) {
      scores[l] = Vectors.dot(keys, l * r.length, r, 0, r.length) + all.offsets().at(l);
    }
    return TopK.of(scores, k).indices();
  }

  private float[][] parts(int user, int[] events, float[] r) {
    Histories histories = corpus.histories();
    long start = histories.start(user);
    int[] items = Arrays.stream(events).map(e -> histories.item(start + e)).toArray();
    int[] queries = Arrays.stream(events).map(e -> histories.query(start + e)).toArray();
    float[][] channels = vectors.parts(items, queries);
    float[][] parts = new float[events.length][channels.length];
    for (int i = 0; i < events.length; i++) {
      for (int c = 0; c < channels.length; c++) {
        parts[i][c] = Vectors.dot(channels[c], i * r.length, r, 0, r.length);
      }
    }
    return parts;
  }
}
