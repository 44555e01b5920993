package seminar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import seminar.data.Corpus;
import seminar.experiment.Provenance;
import seminar.experiment.Setup;
import seminar.train.Checkpoint;
import seminar.train.RunIdentity;

/**
 * A file of {@code pretrain} or {@code train}: the checkpoint of its training, finished or not.
 *
 * @param path where it lies
 * @param setup how its model was made
 * @param weights what a finished training leaves in the model
 */
record ModelFile(Path path, Setup setup, Checkpoint.Weights weights) {
  /** What a file of {@code pretrain} holds. */
  static final String UNIT = "pretraining search unit";

  /** What a file of {@code train} holds. */
  static final String MODEL = "SEMINAR";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file of the given kind that was trained on this corpus.
   *
   * @throws IOException if the file is damaged, holds another kind of model, or was trained on
   *     another corpus; the message says which and what to do
   */
  static ModelFile read(Path path, String kind, Corpus corpus) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          "there is no file %s: give the one that '%s' wrote"
              .formatted(path, kind.equals(UNIT) ? "pretrain" : "train"));
    }
    Checkpoint.Weights weights = Checkpoint.weights(path);
    RunIdentity run = weights.header().run();
    if (!run.model().equals(kind)) {
      throw new IOException("%s holds a %s: a %s is needed".formatted(path, run.model(), kind));
    }
    if (!run.corpus().equals(corpus.hash())) {
      throw new IOException(
          "%s was trained on the corpus %s, this one is %s: give the corpus it was trained on"
              .formatted(path, brief(run.corpus()), brief(corpus.hash())));
    }
    return new ModelFile(path, setup(path, run), weights);
  }

  private static Setup setup(Path path, RunIdentity run) throws IOException {
    try {
      return JSON.treeToValue(run.options().path("setup"), Setup.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s was made by another version, %s: its options cannot be read (%s)"
              .formatted(path, run.version(), e.getOriginalMessage()),
          e);
    }
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  /** How many epochs its training has done. */
  int epochs() {
    return weights.header().epochs().size();
  }

  /** What a training is a training of. */
  static RunIdentity identity(String kind, Setup setup, Map<String, String> more, Corpus corpus) {
    Map<String, Object> options = new LinkedHashMap<>(more);
    options.put("setup", setup);
    return RunIdentity.of(kind, options, corpus.hash(), Provenance.here(1).version());
  }

  /**
   * Checks before long work that its file can be written.
   *
   * @param option the option that names it
   * @throws IOException if not
   */
  static Path writable(Path file, String option) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a folder: name a file with %s".formatted(file, option));
    }
    OutputFolder.prepare(file.toAbsolutePath().getParent());
    return file;
  }
}
