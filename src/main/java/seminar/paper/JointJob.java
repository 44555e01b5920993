package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.data.Corpus;
import seminar.data.TestMode;
import seminar.experiment.Contender;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.experiment.TwoTasks;
import seminar.experiment.TwoTasks.Learned;
import seminar.search.Method;
import tech.tablesaw.api.Table;

/** Recommendation and search from the same histories: one model of both beside two of one each. */
final class JointJob {
  private final Reproduction.Plan plan;
  private final SeededGrid grid;
  private final Setup setup;

  /**
   * A job on one corpus.
   *
   * @param setup what all models share
   */
  JointJob(Reproduction.Plan plan, SeededGrid grid, Setup setup) {
    this.plan = plan;
    this.grid = grid;
    this.setup = setup;
  }

  private static Map<String, Method> methods() {
    Map<String, Method> methods = new LinkedHashMap<>();
    methods.put("SEMINAR", new Method.Seminar());
    methods.put("QIN", new Method.Qin());
    methods.put("USER", new Method.User());
    methods.put("SESRec", new Method.Sesrec());
    return methods;
  }

  /** Histories to be passed through in training; a model of both tasks passes them twice. */
  double work() {
    int trainings = methods().size() * (Learned.values().length + 1);
    return (double) trainings
        * grid.seeds().size()
        * setup.training().epochs()
        * grid.corpus().histories().users();
  }

  /**
   * Trains what is missing and writes {@code joint_recommendation} and {@code joint_search}, each
   * as a figure, its numbers and a table.
   *
   * @return both tables
   */
  List<Table> run() throws IOException {
    RankingExperiment experiment = grid.under(setup);
    Corpus corpus = grid.corpus();
    List<Contender> contenders = new ArrayList<>();
    methods()
        .forEach(
            (name, method) ->
                contenders.addAll(
                    TwoTasks.contenders(name, method, setup, corpus, experiment.split())));
    TwoTasks tasks = new TwoTasks(experiment, plan.out().resolve("runs").resolve("joint"));
    TwoTasks.Result result = tasks.run(contenders, grid.seeds(), grid.listener());
    Map<String, Object> made = grid.made(result.recommendation());
    return List.of(
        grid.draw(
            result.table(TestMode.RECOMMENDATION, grid.name(), grid.seeds()),
            made,
            "joint_recommendation"),
        grid.draw(result.table(TestMode.SEARCH, grid.name(), grid.seeds()), made, "joint_search"));
  }
}
