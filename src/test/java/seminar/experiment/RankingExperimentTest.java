package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.serve.ExplainedHistory;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

class RankingExperimentTest {
  @Test
  void aTrainedModelBeatsPopularityByFarAndLeavesARecord() throws Exception {
    World world = World.of(WorldOptions.quick());
    RankingExperiment experiment =
        new RankingExperiment(world.corpus(), Features.of(world), Workers.common(), 1);
    double popularity = experiment.popularity().ndcg(10);

    Trained trained =
        experiment.train(
            "recency",
            Setup.laptop(1)
                .withModel(ModelOptions.laptop().withRecency(8))
                .withTraining(TrainOptions.laptop(1).withEpochs(11)),
            Optional.empty(),
            TrainListener.silent());

    double ndcg = trained.ndcg(10);
    assertTrue(ndcg > popularity + 0.15, "NDCG@10 %f, popularity %f".formatted(ndcg, popularity));
    Run run = trained.run();
    assertTrue(run.epochs().getLast().loss() < 0.6 * run.epochs().getFirst().loss());
    JsonNode json = new ObjectMapper().valueToTree(run.told(experiment.corpusOf()));
    assertEquals(world.corpus().hash(), json.get("corpus").get("hash").asText());
    assertEquals(ndcg, json.get("test").get("NDCG@10").asDouble());
    assertEquals(1, json.get("setup").get("training").get("seed").asLong());
    assertEquals(11, json.get("epochs").size());
    assertTrue(json.get("provenance").get("commit").asText().length() >= 7);

    Table table = ResultTable.rankings("t", Map.of("recency", run.report().summary()));
    assertEquals(ndcg, table.doubleColumn("NDCG@10").get(0));

    ExplainedHistory history =
        ExplainedHistory.telling(trained.model(), world.corpus(), experiment.test(), 64);
    assertTrue(history.events().size() >= 64);
    double attention = history.events().stream().mapToDouble(ExplainedHistory.Event::weight).sum();
    assertEquals(1, attention, 1e-4);
  }
}
