package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.experiment.ModelFile;
import seminar.experiment.RankingExperiment;
import seminar.feature.Features;
import seminar.file.Sha256;
import seminar.math.Workers;
import seminar.search.PairVectors;
import seminar.terminal.Console;

/** The corpus and the model that an index is made of. */
final class IndexSource {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The corpus that the model was trained on.")
  private Path data;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A model, as 'train' writes it; SEMINAR or TWIN.")
  private Path model;

  /**
   * Both, opened.
   *
   * @param hash hash of the model's file
   */
  record Opened(Corpus corpus, String hash, PairVectors vectors) {}

  /**
   * Opens both.
   *
   * @throws IOException if a file cannot be read or they do not belong together
   * @throws IllegalArgumentException if the model does not choose events by inner products
   */
  Opened open(Console console, long seed) throws IOException {
    console.step("opening " + data, 0.2);
    Corpus corpus = CorpusFolder.read(data);
    ModelFile file = ModelFile.read(model, ModelFile.Kind.MODEL, corpus);
    RankingExperiment experiment =
        new RankingExperiment(
            corpus, Features.of(corpus), Workers.common(), file.setup().protocol(), seed);
    return new Opened(corpus, Sha256.of(model), file.model(experiment).vectors());
  }
}
