package seminar.train;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import seminar.math.Checks;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * What a checkpoint says of itself: everything but the numbers of the parameters.
 *
 * @param run what was trained
 * @param batch how many batches of the epoch after the last row are done
 * @param steps how many steps the optimiser did
 * @param lossSum sum of the losses of these batches, in nats
 * @param termSums sum of each term of the loss over these batches, in nats
 * @param epochs one row for each epoch that is done
 * @param best whether the parameters of the best epoch follow those of the last step
 * @param parameters the parameters in the order of the file
 */
public record CheckpointHeader(
    RunIdentity run,
    int batch,
    int steps,
    double lossSum,
    Map<String, Double> termSums,
    List<TrainListener.Epoch> epochs,
    boolean best,
    List<Shape> parameters) {
  /** Checks that the numbers are possible and names are there once. */
  public CheckpointHeader {
    if (run == null) {
      throw new IllegalArgumentException("a checkpoint belongs to a run: there is none");
    }
    Checks.atLeast(0, "batch", batch);
    Checks.atLeast(0, "steps", steps);
    if (termSums.values().stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a term of the loss has no sum: " + termSums);
    }
    termSums = Collections.unmodifiableMap(new LinkedHashMap<>(termSums));
    epochs = List.copyOf(epochs);
    parameters = List.copyOf(parameters);
    Set<String> names = new HashSet<>();
    for (Shape shape : parameters) {
      if (!names.add(shape.name())) {
        throw new IllegalArgumentException("there are two parameters called " + shape.name());
      }
    }
  }

  /**
   * A parameter in the file.
   *
   * @param name its name in the model
   * @param rows its rows
   * @param cols its columns
   * @param frozen whether training left it as it was
   * @param moments whether the optimiser's moments follow its values
   */
  public record Shape(String name, int rows, int cols, boolean frozen, boolean moments) {
    /** Checks that it has a name and no negative size. */
    public Shape {
      if (name == null) {
        throw new IllegalArgumentException("a parameter has no name");
      }
      Checks.atLeast(0, "rows of " + name, rows);
      Checks.atLeast(0, "cols of " + name, cols);
    }

    long floats() {
      return (long) rows * cols;
    }

    /** How many matrices of this shape the file holds. */
    int copies(boolean best) {
      return 1 + (moments ? 2 : 0) + (best ? 1 : 0);
    }

    @Override
    public String toString() {
      return "%s [%d × %d]".formatted(name, rows, cols);
    }
  }

  /** The header of a model that is no longer trained. */
  static CheckpointHeader of(TrainingRecord training, Parameters parameters) {
    List<Shape> shapes = parameters.all().stream().map(p -> shapeOf(p, false)).toList();
    return new CheckpointHeader(
        training.run(), 0, training.steps(), 0, Map.of(), training.epochs(), false, shapes);
  }

  /**
   * The first parameter in which a model differs from the file, in name or shape; empty if all are
   * the same.
   */
  public Optional<String> difference(Parameters model) {
    List<String> inFile = parameters.stream().map(Shape::toString).toList();
    List<String> here = model.all().stream().map(p -> shapeOf(p, false).toString()).toList();
    for (int i = 0; i < Math.max(inFile.size(), here.size()); i++) {
      String one = i < inFile.size() ? inFile.get(i) : "missing";
      String two = i < here.size() ? here.get(i) : "missing";
      if (!one.equals(two)) {
        return Optional.of("parameter %d is %s in the file, %s here".formatted(i + 1, one, two));
      }
    }
    return Optional.empty();
  }

  /** Whether the file holds what the optimiser remembers of any parameter. */
  boolean optimiser() {
    return parameters.stream().anyMatch(Shape::moments);
  }

  /** The header of a training that stands here. */
  static CheckpointHeader of(RunIdentity run, TrainState state) {
    List<Shape> shapes =
        state.parameters().all().stream()
            .map(p -> shapeOf(p, state.adam().moments(p).isPresent()))
            .toList();
    return new CheckpointHeader(
        run,
        state.batch(),
        state.adam().steps(),
        state.lossSum(),
        state.termSums(),
        state.epochs(),
        !state.best().isEmpty(),
        shapes);
  }

  private static Shape shapeOf(Parameter parameter, boolean moments) {
    return new Shape(
        parameter.name(),
        parameter.value().rows(),
        parameter.value().cols(),
        parameter.frozen(),
        moments);
  }
}
