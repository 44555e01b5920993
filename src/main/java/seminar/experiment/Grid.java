package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * Many settings of a model on one corpus, each with several seeds, each under its own protocol.
 *
 * <p>Every finished run is a file in one folder. A grid that was cut off goes on where it stopped,
 * two grids that share a setting share its runs, and a setting that fails is a line with its error
 * while the others go on.
 *
 * <p>Not thread-safe.
 */
public final class Grid {
  /** What a life takes in an epoch of training on two cores, and each of its events besides. */
  private static final double SECONDS_PER_LIFE = 3e-4;

  private static final double SECONDS_PER_EVENT = 1.05e-5;

  /** Events of a life that usual settings see. */
  private static final double MOST_EVENTS = 200;

  private final Corpus corpus;
  private final Features features;
  private final Workers workers;
  private final long seed;
  private final Path folder;
  private final Map<Protocol, Comparison> comparisons = new LinkedHashMap<>();

  /**
   * A grid whose runs lie in a folder.
   *
   * @param seed seed of the negatives
   */
  public Grid(Corpus corpus, Features features, Workers workers, long seed, Path folder) {
    this.corpus = corpus;
    this.features = features;
    this.workers = workers;
    this.seed = seed;
    this.folder = folder;
  }

  /** The corpus of all settings. */
  public Corpus corpus() {
    return corpus;
  }

  /** All runs under one protocol, with the plain rankers that belong to it. */
  public Comparison under(Protocol protocol) {
    return comparisons.computeIfAbsent(
        protocol, p -> new Comparison(corpus, features, workers, p, seed, folder));
  }

  /**
   * About how many seconds a life of this corpus takes in an epoch of training on two cores: 1/600
   * with 131 events, 1/2,500 with nine.
   */
  public static double secondsPerLife(Corpus corpus) {
    double events = (double) corpus.histories().events() / Math.max(1, corpus.histories().users());
    return SECONDS_PER_LIFE + SECONDS_PER_EVENT * Math.min(MOST_EVENTS, events);
  }

  /**
   * Lives that are still to be passed through in training, one in pretraining counted twice: what
   * the time that is left is proportional to.
   *
   * @throws IOException if a run cannot be read
   */
  public double missingWork(List<Contender> settings, List<Long> seeds) throws IOException {
    double epochs = 0;
    for (Contender each : settings) {
      epochs += comparison(each).missingWork(List.of(each), seeds);
    }
    return epochs * corpus.histories().users();
  }

  /**
   * Trains what is missing.
   *
   * @return one line for each setting, in their order
   * @throws IOException if a file cannot be read or written
   */
  public List<Comparison.Line> run(
      List<Contender> settings, List<Long> seeds, Comparison.Listener listener) throws IOException {
    double epochs = missingWork(settings, seeds) / Math.max(1, corpus.histories().users());
    List<Comparison.Line> lines = new ArrayList<>();
    for (Contender each : settings) {
      lines.add(comparison(each).line(each, seeds, 1 / Math.max(1, epochs), listener));
    }
    return lines;
  }

  /** Is told how a grid goes: by any thread, but one at a time. */
  public interface Listener {
    /** A run begins, perhaps beside others. */
    void begins(String name);

    /** How much of all that was missing is done, 0 to 1. */
    void at(double fraction);
  }

  /**
   * The setting of each run that is still to be made.
   *
   * @throws IOException if a run cannot be read
   */
  public List<Contender> missing(List<Contender> settings, List<Long> seeds) throws IOException {
    return jobs(settings, seeds).stream().map(SideBySide.Job::contender).toList();
  }

  /** About how many bytes one run of a setting takes at most ({@link RunMemory}). */
  public long memory(Contender setting) {
    return RunMemory.bytes(corpus, features, setting);
  }

  /**
   * Trains what is missing, several runs at once, each with its share of the threads. Lines and
   * bits are the same for any number.
   *
   * @param parallel how many runs at once
   * @return one line for each setting, in their order
   * @throws IOException if a file cannot be read or written
   */
  public List<Comparison.Line> run(
      List<Contender> settings, List<Long> seeds, int parallel, Listener listener)
      throws IOException {
    Checks.atLeast(1, "parallel", parallel);
    Map<SideBySide.Job, String> failures =
        new SideBySide(jobs(settings, seeds), listener).run(parallel, workers.threads());
    List<Comparison.Line> lines = new ArrayList<>();
    for (Contender each : settings) {
      Optional<String> failure = failure(each, seeds, failures);
      lines.add(
          failure.isPresent()
              ? new Comparison.Line(each.name(), List.of(), failure)
              : comparison(each).line(each, seeds));
    }
    return lines;
  }

  /** Runs that are missing; one that two settings share is there once. */
  private List<SideBySide.Job> jobs(List<Contender> settings, List<Long> seeds) throws IOException {
    List<SideBySide.Job> jobs = new ArrayList<>();
    for (Contender each : settings) {
      for (long seed : seeds) {
        SideBySide.Job job = new SideBySide.Job(comparison(each), each, seed);
        if (comparison(each).isMissing(each, seed) && jobs.stream().noneMatch(job::sameAs)) {
          jobs.add(job);
        }
      }
    }
    return jobs;
  }

  /** Why a setting has no line: that of its first seed that failed. */
  private Optional<String> failure(
      Contender setting, List<Long> seeds, Map<SideBySide.Job, String> failures) {
    if (setting.missing().isPresent()) {
      return Optional.of("not applicable, because " + setting.missing().get());
    }
    return seeds.stream()
        .map(seed -> new SideBySide.Job(comparison(setting), setting, seed))
        .flatMap(job -> failures.keySet().stream().filter(job::sameAs))
        .findFirst()
        .map(failures::get);
  }

  private Comparison comparison(Contender setting) {
    return under(setting.setup().protocol());
  }

  /** The commits whose code made these lines; more than one deserves a remark. */
  public static List<String> commits(List<Comparison.Line> lines) {
    TreeSet<String> commits = new TreeSet<>();
    lines.forEach(line -> line.runs().forEach(run -> commits.add(run.provenance().commit())));
    return List.copyOf(commits);
  }
}
