package seminar.cli;

import static seminar.figure.Report.number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.experiment.NormRecall;
import seminar.experiment.Provenance;
import seminar.experiment.ResultTable;
import seminar.experiment.Run;
import seminar.figure.Report;
import tech.tablesaw.api.Table;

/** The report page of a {@link Reproduction}: what was run, what came out, what to notice. */
record ReproductionReport(
    Reproduction.Plan plan,
    Corpus corpus,
    Table rankings,
    List<Run> runs,
    List<NormRecall.Result> recall,
    boolean pictures) {

  void write(Path file) throws IOException {
    Report report = new Report("Seminar: " + corpus.manifest().name());
    report.text(
        "Corpus %s (hash %s), seed %d."
            .formatted(corpus.manifest().name(), corpus.hash(), plan.seed()));
    corpusSection(report);
    rankingSection(report);
    recallSection(report);
    provenanceSection(report);
    report.write(file);
  }

  private void corpusSection(Report report) throws IOException {
    CorpusStatistics s = corpus.statistics();
    report.section("The corpus");
    report.table(
        "Sizes (paper Table 1)",
        List.of(
            "users",
            "items",
            "queries",
            "events",
            "mean length",
            "longest",
            "with query",
            "with text",
            "with picture"),
        List.of(
            List.of(
                "%,d".formatted(s.users()),
                "%,d".formatted(s.items()),
                "%,d".formatted(s.queries()),
                "%,d".formatted(s.events()),
                number(s.meanLength(), 1),
                "%,d".formatted(s.maxLength()),
                percent(s.queryShare()),
                percent(s.textShare()),
                percent(s.imageShare()))));
    if (pictures) {
      report.picture(
          plan.out().resolve("life.png"),
          "A life, and what the model looked at to rank the next item. Chosen because the model"
              + " does well on it.");
    }
  }

  private static String percent(double share) {
    return number(100 * share, 1) + " %";
  }

  private void rankingSection(Report report) throws IOException {
    report.section("Ranking (paper Table 2, first rows)");
    Reproduction.add(report, rankings);
    report.text(
        "Every candidate has the empty query (recommendation mode). Popularity is the control that"
            + " the paper lacks: uniform negatives make it strong. The paper's attention does not"
            + " see the order of events; recency is one learned bias for each head and log2"
            + " distance. One seed: differences of a hundredth mean little.");
    report.picture(
        plan.out().resolve("learning.png"),
        "Training loss and validation NDCG@10 after each epoch; the best epoch is kept.");
    for (Run run : runs) {
      report.text(
          "%s: %,d parameters, %.0f s of training with validation, %.1f s for the test of %,d users."
              .formatted(
                  run.name(),
                  run.parameters(),
                  run.seconds().training(),
                  run.seconds().test(),
                  run.testUsers()));
    }
  }

  private void recallSection(Report report) throws IOException {
    report.section("Retrieval (paper Figure 2, same norms and weights, L = 2000)");
    report.picture(
        plan.out().resolve("fig2_norm_recall.png"),
        "Recall@K of product quantisation against two-stage search, at the settings of the released"
            + " script and at those that the paper prints.");
    recall.forEach(result -> Reproduction.add(report, ResultTable.recall(result)));
    report.text(
        "The published shape belongs to the script's setting (16 numbers, one for each sub-vector)."
            + " At the printed setting (64 numbers, 8 sub-vectors of 512 centroids) symmetric"
            + " product quantisation is below the two-stage search; fusing the channels before"
            + " quantising repairs it at the same number of bytes.");
  }

  private void provenanceSection(Report report) {
    report.section("Made by");
    Provenance made = runs.getFirst().provenance();
    report.text(
        "Seminar %s, commit %s, Java %s, %s, %d threads."
            .formatted(
                made.version(), made.commit(), made.java(), made.platform(), made.threads()));
  }
}
