package seminar.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import seminar.math.Workers;
import seminar.search.InterestModel;

/**
 * Makes runs in lanes beside each other, each lane with its share of the threads; one lane is the
 * thread that calls. Runs begin in their order, and what comes out is the same for any number of
 * lanes. After a run that cannot be made, later seeds of its setting are not tried.
 */
final class RunLanes {
  private final List<Request> requests;
  private final Maker maker;
  private final Comparison.Listener listener;
  private final double before;
  private final double work;
  private final Map<Request, Double> done = new HashMap<>();
  private final Map<Request, String> failures = new LinkedHashMap<>();
  private int next;

  /** A run that is to be made. */
  record Request(Contender contender, long seed) {
    /** Whether both are the same run, whatever they are called. */
    boolean sameAs(Request other) {
      return seed == other.seed && isOf(other.contender);
    }

    boolean isOf(Contender other) {
      return contender.pretrained() == other.pretrained()
          && contender.setup().equals(other.setup());
    }
  }

  /** Makes a run and keeps it. */
  interface Maker {
    /**
     * The trained model.
     *
     * @param workers threads of the lane
     * @param progress hears how much of the run is done, 0 to 1
     */
    InterestModel make(Request request, Workers workers, DoubleConsumer progress)
        throws IOException;
  }

  /**
   * Requests in their order, no two the same.
   *
   * @param before the share of the listener's whole that was done before
   */
  RunLanes(List<Request> requests, Maker maker, double before, Comparison.Listener listener) {
    this.before = before;
    this.requests = List.copyOf(requests);
    this.maker = maker;
    this.listener = listener;
    work = requests.stream().mapToDouble(request -> request.contender().work()).sum();
  }

  /**
   * Makes all runs.
   *
   * @param most how many at once
   * @param workers whose threads all lanes share
   * @return why runs could not be made
   * @throws IOException if a file cannot be read or written; runs that have begun are made, others
   *     not
   */
  Map<Request, String> run(int most, Workers workers) throws IOException {
    int lanes = Math.max(1, Math.min(most, requests.size()));
    if (lanes == 1) {
      lane(workers);
    } else {
      runBeside(lanes, workers.threads());
    }
    return failures;
  }

  private void runBeside(int lanes, int threads) throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            lanes, task -> Thread.ofPlatform().daemon().name("run").unstarted(task));
    List<Future<?>> ends = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int share = Math.max(1, threads / lanes + (lane < threads % lanes ? 1 : 0));
      ends.add(
          pool.submit(
              () -> {
                try (Workers own = Workers.of(share)) {
                  lane(own);
                }
                return null;
              }));
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

  private void lane(Workers workers) throws IOException {
    try {
      for (Optional<Request> some = begin(); some.isPresent(); some = begin()) {
        Request request = some.get();
        try {
          ends(request, maker.make(request, workers, fraction -> at(request, fraction)));
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
          failed(request, e.getMessage());
        }
        at(request, 1);
      }
    } finally {
      end();
    }
  }

  private synchronized Optional<Request> begin() {
    while (next < requests.size()) {
      Request request = requests.get(next++);
      if (failures.keySet().stream().noneMatch(failed -> failed.isOf(request.contender()))) {
        listener.begins(request.contender().name() + ", seed " + request.seed());
        return Optional.of(request);
      }
      at(request, 1);
    }
    return Optional.empty();
  }

  /** No other run begins. */
  private synchronized void end() {
    next = requests.size();
  }

  private synchronized void ends(Request request, InterestModel model) {
    listener.trained(request.contender().name(), request.seed(), model);
  }

  private synchronized void failed(Request request, String reason) {
    failures.put(request, "failed with seed %d: %s".formatted(request.seed(), reason));
  }

  private synchronized void at(Request request, double fraction) {
    done.put(request, fraction * request.contender().work());
    double sum = done.values().stream().mapToDouble(value -> value).sum();
    listener.at(before + (1 - before) * sum / Math.max(1, work));
  }
}
