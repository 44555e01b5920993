package seminar.lesson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.file.Progress;
import seminar.loss.LossTerms.Weights;
import seminar.search.PretrainingSearchUnit;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;

/**
 * What each pretraining loss fixes alone, and what all three fix together (paper §3.3.1, the idea
 * of Table 3): search units that differ in their losses alone, probed after every epoch.
 *
 * @param curves one for each unit
 */
public record ThreeLosses(List<Curve> curves) {
  /** Copies the curves. */
  public ThreeLosses {
    curves = List.copyOf(curves);
  }

  /**
   * How one unit learns.
   *
   * @param name of the losses it learns from
   * @param setup how it was made
   * @param probes what it has learned before training and after each epoch
   */
  public record Curve(String name, Setup setup, List<LossProbe.Result> probes) {
    /** Copies the probes. */
    public Curve {
      probes = List.copyOf(probes);
    }
  }

  /** The three losses, each alone and all together. */
  public static Map<String, Setup> alone(Setup setup) {
    Map<String, Setup> setups = new LinkedHashMap<>();
    setups.put("next pair alone", with(setup, new Weights(1, 0, 0)));
    setups.put("alignment alone", with(setup, new Weights(0, 1, 0)));
    setups.put("relevance alone", with(setup, new Weights(0, 0, 1)));
    setups.put("all three", with(setup, new Weights(1, 1, 1)));
    return setups;
  }

  private static Setup with(Setup setup, Weights weights) {
    return setup.withPsu(setup.psu().withWeights(weights));
  }

  /** Pretrains a unit of each setup and probes it. */
  public static ThreeLosses run(
      RankingExperiment experiment, Map<String, Setup> setups, Progress progress) {
    List<Curve> curves = new ArrayList<>();
    setups.forEach(
        (name, setup) -> {
          progress.at(name, curves.size(), setups.size());
          TrainOptions last = setup.pretraining().withKeep(TrainOptions.Keep.LAST);
          curves.add(curve(experiment, name, setup.withPretraining(last)));
        });
    progress.at("probed", curves.size(), setups.size());
    return new ThreeLosses(curves);
  }

  private static Curve curve(RankingExperiment experiment, String name, Setup setup) {
    List<LossProbe.Result> probes = new ArrayList<>();
    PretrainingSearchUnit unit = experiment.unit(setup);
    probes.add(LossProbe.of(experiment, unit));
    experiment.pretrain(
        unit, setup, TrainListener.epochs(epoch -> probes.add(LossProbe.of(experiment, unit))));
    return new Curve(name, setup, probes);
  }
}
