package seminar.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import seminar.math.Workers;

/**
 * Runs of a grid in lanes beside each other, each lane with its share of the threads. Runs begin in
 * their order, and what comes out is the same for any number of lanes.
 */
final class SideBySide {
  private final List<Job> jobs;
  private final Grid.Listener listener;
  private final double work;
  private final Map<Job, Double> done = new HashMap<>();
  private final Map<Job, String> failures = new HashMap<>();
  private int next;

  /**
   * A training that is to be made.
   *
   * @param comparison makes it
   * @param contender what is trained
   * @param seed seed of training
   */
  record Job(Comparison comparison, Contender contender, long seed) {
    /** Whether both are the same training, whatever they are called. */
    boolean sameAs(Job other) {
      return seed == other.seed && sameSetting(other);
    }

    private boolean sameSetting(Job other) {
      return contender.pretrained() == other.contender.pretrained()
          && contender.setup().equals(other.contender.setup());
    }
  }

  /** Jobs in their order, no two the same. */
  SideBySide(List<Job> jobs, Grid.Listener listener) {
    this.jobs = List.copyOf(jobs);
    this.listener = listener;
    work = jobs.stream().mapToDouble(job -> job.contender().work()).sum();
  }

  /**
   * Makes all runs; after one that cannot be made, later seeds of its setting are not tried.
   *
   * @param most how many at once
   * @param threads of all lanes together
   * @return why runs could not be made
   * @throws IOException if a file cannot be read or written; runs that have begun are made, others
   *     not
   */
  Map<Job, String> run(int most, int threads) throws IOException {
    int lanes = Math.max(1, Math.min(most, jobs.size()));
    ExecutorService pool =
        Executors.newFixedThreadPool(
            lanes, task -> Thread.ofPlatform().daemon().name("run").unstarted(task));
    List<Future<?>> ends = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int share = Math.max(1, threads / lanes + (lane < threads % lanes ? 1 : 0));
      ends.add(pool.submit(() -> lane(share)));
    }
    pool.shutdown();
    List<Throwable> errors = new ArrayList<>();
    for (Future<?> end : ends) {
      await(end, errors);
    }
    switch (errors.isEmpty() ? null : errors.getFirst()) {
      case null -> {}
      case IOException error -> throw error;
      case RuntimeException error -> throw error;
      case Error error -> throw error;
      case Throwable error -> throw new IllegalStateException(error);
    }
    return failures;
  }

  /** Waits for a lane to end. */
  private void await(Future<?> end, List<Throwable> errors) throws IOException {
    try {
      end.get();
    } catch (ExecutionException e) {
      errors.add(e.getCause());
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: call again to go on with the runs that are missing", e);
    }
  }

  private Void lane(int share) throws IOException {
    try (Workers workers = Workers.of(share)) {
      for (Optional<Job> job = begin(); job.isPresent(); job = begin()) {
        make(job.get(), workers);
      }
      return null;
    } finally {
      end();
    }
  }

  private void make(Job job, Workers workers) throws IOException {
    Comparison.Listener progress =
        Comparison.Listener.of((name, share) -> {}, fraction -> at(job, fraction));
    Optional<String> failure =
        job.comparison().with(workers).attempt(job.contender(), job.seed(), progress);
    failure.ifPresent(reason -> failed(job, reason));
    at(job, 1);
  }

  private synchronized Optional<Job> begin() {
    while (next < jobs.size()) {
      Job job = jobs.get(next++);
      if (failures.keySet().stream().noneMatch(job::sameSetting)) {
        listener.begins(job.contender().name() + ", seed " + job.seed());
        return Optional.of(job);
      }
      at(job, 1);
    }
    return Optional.empty();
  }

  /** No other run begins. */
  private synchronized void end() {
    next = jobs.size();
  }

  private synchronized void failed(Job job, String reason) {
    failures.put(job, reason);
  }

  private synchronized void at(Job job, double fraction) {
    done.put(job, fraction * job.contender().work());
    double sum = done.values().stream().mapToDouble(value -> value).sum();
    listener.at(sum / Math.max(1, work));
  }
}
