package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seminar.loss.NextItemOptions;
import seminar.model.CodedChoice;
import seminar.model.ItemCodes;
import seminar.model.ItemCodes.InsteadOf;
import seminar.model.ModelOptions;
import seminar.model.SequenceOptions;
import seminar.search.Method;
import seminar.train.TrainOptions;

/**
 * What files hold of a setup, to the letter: finished runs are found by the hash of this text, and
 * kept models are made anew from it. {@code setups.tsv} has a name and a text in each line.
 */
class SetupJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> KEPT = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws Exception {
    for (String line : Files.readAllLines(Path.of("src/test/resources/json/setups.tsv"))) {
      String[] columns = line.split("\t");
      KEPT.put(columns[0], columns[1]);
    }
    assertEquals(32, KEPT.size());
  }

  @Test
  void aSetupIsWrittenAsItAlwaysWas() throws Exception {
    Setup laptop = Setup.laptop(1);
    assertWritten("laptop", laptop);
    assertWritten("paper", Setup.paper(1));
    assertWritten("laptop as released", Fidelity.AS_RELEASED.of(laptop));
    for (Method.Kind kind : Method.Kind.values()) {
      assertWritten(kind.name(), laptop.withMethod(Method.of(kind)));
      assertWritten(kind + " released", laptop.withMethod(Method.released(kind)));
    }
  }

  @Test
  void theOptionsOfAMethodStandWhereTheyStood() throws Exception {
    Setup laptop = Setup.laptop(1);
    assertWritten(
        "ETA knobs", laptop.withMethod(new Method.Eta().withHashBits(64).withRedrawn(true)));
    assertWritten(
        "QIN knobs", laptop.withMethod(new Method.Qin().withFirstK(24).withFusedFields(true)));
    assertWritten("SDIM knobs", laptop.withMethod(new Method.Sdim(Method.Form.PAPER, 8, 4, false)));
    assertWritten("STCA knobs", laptop.withMethod(new Method.Stca(Method.Form.PAPER, 3, 32)));
    assertWritten("SIM_SOFT knobs", laptop.withMethod(new Method.SimSoft().withAuxiliary(0.5)));
  }

  @Test
  void aSetupThatIsReadIsWrittenAsItWas() throws Exception {
    for (Map.Entry<String, String> kept : KEPT.entrySet()) {
      assertWritten(kept.getKey(), JSON.readValue(kept.getValue(), Setup.class));
    }
  }

  @Test
  void optionsThatCameLaterAreWrittenWhereTheyAreNotAsBefore() throws Exception {
    Setup laptop = Setup.laptop(1);
    ModelOptions model = laptop.model().withShortTerm(20).withRecency(8);
    model = model.withAttention(model.attention().withRecencyStart(0.5));
    Setup changed =
        laptop
            .withModel(model)
            .withTraining(laptop.training().withWarmStart(2, 50).withOlderEpochs(3));
    String text = JSON.writeValueAsString(changed);
    for (String said :
        List.of(
            "\"shortTerm\":20",
            "\"recencyStart\":0.5",
            "\"warmEpochs\":2,\"warmLength\":50",
            "\"olderEpochs\":3")) {
      assertTrue(text.contains(said), text);
    }
    assertEquals(changed, JSON.readValue(text, Setup.class));
  }

  @Test
  void negativesThatDifferAreWrittenWhereTheyAreAskedFor() throws Exception {
    Setup laptop = Setup.laptop(1);
    Setup setup =
        laptop.withTraining(
            laptop.training().withCandidates(laptop.training().candidates().withDistinct(true)));
    String text = JSON.writeValueAsString(setup);
    assertTrue(text.contains("\"pool\":\"ITEMS\",\"distinct\":true}"), text);
    assertEquals(KEPT.get("laptop"), text.replace(",\"distinct\":true", ""));
    assertEquals(setup, JSON.readValue(text, Setup.class));
  }

  @Test
  void theLatestQueryOfQinIsWrittenWhereItIsAsked() throws Exception {
    Setup qin = Setup.laptop(1).withMethod(new Method.Qin().withLatestQuery(true));
    String text = JSON.writeValueAsString(qin);
    assertTrue(text.contains("\"auxiliary\":1.0,\"latestQuery\":true}"), text);
    assertEquals(qin, JSON.readValue(text, Setup.class));
    assertEquals(
        KEPT.get("QIN"), text.replace(",\"latestQuery\":true", ""), "and nothing else changes");
  }

  @Test
  void theLatestOfKAreWrittenWhereThereAreAny() throws Exception {
    Setup laptop = Setup.laptop(1);
    ModelOptions model = laptop.model();
    Setup keeping = laptop.withModel(model.withAttention(model.attention().withLatest(10)));
    String text = JSON.writeValueAsString(keeping);
    assertEquals(
        KEPT.get("laptop").replace("\"padding\":\"NONE\"}", "\"padding\":\"NONE\",\"latest\":10}"),
        text);
    assertEquals(keeping, JSON.readValue(text, Setup.class));
  }

  @Test
  void aChoiceByCodesIsWrittenWhereThereIsOne() throws Exception {
    Setup laptop = Setup.laptop(1);
    Setup coded = coded(laptop, new CodedChoice(100, 16, 256));
    String text = JSON.writeValueAsString(coded);
    assertEquals(
        KEPT.get("laptop")
            .replace(
                "\"padding\":\"NONE\"}",
                "\"padding\":\"NONE\",\"coded\":{\"every\":100,\"subspaces\":16,\"centroids\":256}}"),
        text);
    assertEquals(coded, JSON.readValue(text, Setup.class));
    assertWritten("laptop", coded(laptop, new CodedChoice(0, 8, 16)));
  }

  @Test
  void codesOfItemsAreWrittenWhereThereAreAny() throws Exception {
    Setup laptop = Setup.laptop(1);
    Setup coded = coded(laptop, new ItemCodes(ItemCodes.Kind.PRODUCT, 8, 32, InsteadOf.BOTH));
    String text = JSON.writeValueAsString(coded);
    assertEquals(
        KEPT.get("laptop")
            .replace(
                "\"unit\":false}",
                "\"unit\":false,\"codes\":{\"kind\":\"PRODUCT\",\"columns\":8,\"centroids\":32,"
                    + "\"insteadOf\":\"BOTH\"}}"),
        text);
    assertEquals(coded, JSON.readValue(text, Setup.class));
    assertWritten("laptop", coded(laptop, ItemCodes.OFF.withCentroids(4)));
  }

  private static Setup coded(Setup setup, ItemCodes codes) {
    ModelOptions model = setup.model();
    return setup.withModel(model.withChannels(model.channels().withCodes(codes)));
  }

  @Test
  void aSequenceAndItsLossAreWrittenWhereThereAreAny() throws Exception {
    Setup sasRec = Setup.gSasRec(1);
    String text = JSON.writeValueAsString(sasRec);
    String sequence = "\"sequence\":{\"layers\":2,\"heads\":1,\"dropout\":0.2,\"input\":\"IDS\"}";
    assertTrue(text.contains(sequence), text);
    assertTrue(text.contains("\"nextItem\":{\"negatives\":256,\"shared\":\"HISTORY\""), text);
    assertEquals(sasRec, JSON.readValue(text, Setup.class));
    Setup without = Setup.laptop(1);
    without =
        without
            .withModel(without.model().withSequence(SequenceOptions.none().withHeads(4)))
            .withTraining(
                without.training().withNextItem(NextItemOptions.none().withCalibration(0.5)));
    assertWritten("laptop", without);
  }

  @Test
  void theWeightOfSearchIsWrittenWhereItIsLearned() throws Exception {
    Setup laptop = Setup.laptop(1);
    TrainOptions training = laptop.training();
    Setup both =
        laptop.withTraining(training.withCandidates(training.candidates().withSearch(0.5)));
    String text = JSON.writeValueAsString(both);
    assertTrue(text.contains("\"pool\":\"ITEMS\",\"search\":0.5}"), text);
    assertEquals(both, JSON.readValue(text, Setup.class));
  }

  private static Setup coded(Setup setup, CodedChoice choice) {
    return setup.withModel(
        setup.model().withAttention(setup.model().attention().withCoded(choice)));
  }

  private static void assertWritten(String name, Setup setup) throws Exception {
    assertEquals(KEPT.get(name), JSON.writeValueAsString(setup), name);
  }
}
