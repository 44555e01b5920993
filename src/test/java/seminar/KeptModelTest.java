package seminar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import seminar.experiment.Pretrained;
import seminar.experiment.Protocol;
import seminar.experiment.Trained;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.model.ModelOptions;
import seminar.rank.RankingForm;
import seminar.search.Method;
import seminar.world.WorldOptions;

/** Models and search units that are kept in files and opened again. */
class KeptModelTest {
  private static final int HEADER = 24; // magic, format, length of the header

  private static Study lab;
  private static Pretrained unit;
  private static Trained model;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    lab = Seminar.world(WorldOptions.small()).withEpochs(1, 2);
    unit = lab.pretrain();
    model = lab.train(unit);
  }

  private static void assertSame(Trained one, Trained two) {
    assertEquals(one.rank(), two.rank());
    Map<String, float[]> first = one.model().parameters().snapshot();
    Map<String, float[]> second = two.model().parameters().snapshot();
    assertEquals(first.keySet(), second.keySet());
    first.forEach((name, values) -> assertArrayEquals(values, second.get(name), name));
  }

  private String refused(Executable opening) {
    String message = assertThrows(IOException.class, opening).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void aModelIsOpenedWithTheSameRanksAndTheRecordOfItsTraining() throws IOException {
    Path file = folder.resolve("my.model");
    model.write(file);
    Trained opened = lab.open(file);
    assertSame(model, opened);
    assertEquals(model.toString(), opened.toString());
    assertEquals(model.recommend(7, 5), opened.recommend(7, 5));
    assertEquals(model.run().epochs(), opened.run().epochs());
    assertEquals(model.run().pretraining(), opened.run().pretraining());
    assertEquals(model.run().setup(), opened.run().setup());
    assertEquals(model.run().identity(), opened.run().identity());
    assertEquals(model.run().provenance().version(), opened.run().provenance().version());
    assertTrue(Double.isNaN(opened.run().seconds().training()), "a file keeps no times");

    byte[] first = Files.readAllBytes(file);
    opened.write(file);
    assertArrayEquals(first, Files.readAllBytes(file), "kept again, the same file");
  }

  @Test
  void theSetupInTheFileDecidesHowTheModelIsMadeAndJudged() throws IOException {
    RankingForm popular = lab.setup().protocol().form().withAgainst(RankingForm.Against.POPULAR);
    Protocol other = lab.setup().protocol().withForm(popular);
    Study twins =
        lab.withEpochs(0, 1)
            .with(lab.withEpochs(0, 1).setup().withMethod(new Method.Twin()).withProtocol(other));
    Trained twin = twins.train();
    twin.write(folder.resolve("twin.model"));
    Trained opened = lab.open(folder.resolve("twin.model"));
    assertSame(twin, opened);
    assertEquals(twins.setup(), opened.run().setup());
    assertEquals(twins.experiment().test().hash(), opened.trained().held().hash());
    assertTrue(opened.toString().startsWith("TWIN: "), opened::toString);
    assertEquals(0, opened.run().seconds().pretraining(), "there was none");
  }

  @Test
  void optionsThatFilesLeaveUnsaidAreKeptWhereTheyAreNotAsBefore() throws IOException {
    ModelOptions options = lab.setup().model();
    options = options.withShortTerm(20).withRecency(6);
    options = options.withAttention(options.attention().withRecencyStart(0.5));
    Study other = lab.withEpochs(0, 1).with(lab.setup().withModel(options));
    other = other.with(other.setup().withTraining(other.setup().training().withWarmStart(1, 9)));
    Trained trained = other.train();
    Path file = folder.resolve("other.model");
    trained.write(file);
    Trained opened = lab.open(file);
    assertSame(trained, opened);
    assertEquals(other.setup(), opened.run().setup());
    assertEquals(options, opened.run().setup().model());
    assertEquals(trained.recommend(7, 5), opened.recommend(7, 5));
    String message =
        assertThrows(IllegalArgumentException.class, () -> lab.open(file, 19)).getMessage();
    assertTrue(message.contains("S is 20") && message.contains("L = 19"), message);
  }

  @Test
  void aUnitIsOpenedAndTrainsTheSameModel() throws IOException {
    Path file = folder.resolve("my.psu");
    unit.write(file);
    Pretrained opened = lab.openUnit(file);
    assertEquals(unit.epochs(), opened.epochs());
    assertEquals(unit.training(), opened.training());
    assertSame(model, lab.train(opened));
    assertEquals(model.trained().training(), lab.train(opened).trained().training());
    Study other = lab.withEpochs(3, 2);
    assertEquals(unit.training(), other.openUnit(file).training(), "its own setup counts");
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatToDo() throws IOException {
    Path kept = folder.resolve("my.model");
    model.write(kept);
    Path psu = folder.resolve("my.psu");
    unit.write(psu);
    Path none = folder.resolve("none.model");
    assertEquals(
        "there is no file %s: give one that holds a trained model".formatted(none),
        refused(() -> lab.open(none)));
    assertTrue(refused(() -> lab.openUnit(folder)).endsWith("holds a pretrained search unit"));
    assertTrue(refused(() -> lab.open(psu)).contains("holds a pretraining search unit: a SEMINAR"));
    assertTrue(refused(() -> lab.openUnit(kept)).contains("holds a SEMINAR: a pretraining search"));

    Study elsewhere = Seminar.world(WorldOptions.small().withUsers(41));
    String corpora = refused(() -> elsewhere.open(kept));
    for (String part :
        List.of(lab.corpus().hash(), elsewhere.corpus().hash(), "give the corpus it was")) {
      assertTrue(corpora.contains(part), corpora);
    }

    FeatureStore pairs = FeatureStore.of(2, new float[2 * lab.features().text().rows()]);
    Features narrow = new Features(pairs, lab.features().image());
    Study blind = Study.of(lab.corpus(), narrow, lab.setup());
    String features = refused(() -> blind.open(kept));
    assertTrue(features.contains("does not fit the features given here: parameter"), features);
    assertTrue(refused(() -> blind.openUnit(psu)).contains("does not fit the features"));

    byte[] bytes = Files.readAllBytes(kept);
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("damaged"), bytes);
    assertTrue(refused(() -> lab.open(folder.resolve("damaged"))).contains("checksum"));
    Files.write(folder.resolve("short"), Arrays.copyOf(bytes, 1000));
    assertTrue(refused(() -> lab.open(folder.resolve("short"))).contains("truncated or damaged"));
    Files.writeString(folder.resolve("text"), "This is a text and not a checkpoint. ".repeat(9));
    assertTrue(refused(() -> lab.open(folder.resolve("text"))).contains("is no checkpoint"));
  }

  @Test
  void optionsOfAnotherVersionAreSaid() throws Exception {
    Path kept = folder.resolve("my.model");
    model.write(kept);
    List<Consumer<ObjectNode>> changes =
        List.of(
            setup -> setup.put("magic", 1),
            setup -> setup.remove("restored"),
            setup -> ((ObjectNode) setup.get("model")).remove("dims"),
            setup -> ((ObjectNode) setup.get("method")).put("kind", "ORACLE"));
    for (Consumer<ObjectNode> change : changes) {
      Path file = folder.resolve("changed");
      Files.write(file, changed(Files.readAllBytes(kept), change));
      String message = refused(() -> lab.open(file));
      assertTrue(message.contains("was made by another version"), message);
      assertTrue(message.endsWith("train it anew"), message);
    }
  }

  /** The file with another setup in its header, whole again. */
  private static byte[] changed(byte[] file, Consumer<ObjectNode> change) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) in.getLong(HEADER - Long.BYTES);
    ObjectNode header =
        (ObjectNode) json.readTree(new String(file, HEADER, length, StandardCharsets.UTF_8));
    change.accept((ObjectNode) header.at("/run/options/setup"));
    byte[] text = json.writeValueAsBytes(header);
    int rest = file.length - HEADER - length - 32;
    ByteBuffer out = ByteBuffer.allocate(HEADER + text.length + rest + 32);
    out.order(ByteOrder.LITTLE_ENDIAN).put(file, 0, HEADER - Long.BYTES).putLong(text.length);
    out.put(text).put(file, HEADER + length, rest);
    byte[] body = Arrays.copyOf(out.array(), out.position());
    return out.put(MessageDigest.getInstance("SHA-256").digest(body)).array();
  }

  @Test
  void anOldFileStaysWhereNoneCanBeWritten() throws IOException {
    assertTrue(refused(() -> model.write(folder)).endsWith("is a folder: name a file"));
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThrows(IOException.class, () -> model.write(file.resolve("my.model")));
    assertEquals("old", Files.readString(file));
  }
}
