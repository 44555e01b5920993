package seminar.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Json;
import seminar.math.Workers;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Attention and agreement can start sharp. */
class SharpStartTest {
  private final Backend backend = Backends.cpu().on(Workers.of(1));

  private float[] query(AttentionOptions attention) {
    Parameters parameters = new Parameters(1);
    ModelOptions options = ModelOptions.laptop().withDims(4).withAttention(attention);
    new TargetAttention(backend, parameters, options);
    return parameters.get("attention/query").value().toArray();
  }

  @Test
  void theProjectionOfTargetsStartsSoManyTimesAsLarge() {
    AttentionOptions usual = AttentionOptions.paper(5);
    float[] expected = query(usual);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 32;
    }
    assertArrayEquals(expected, query(usual.withSharpness(32)));
    AttentionOptions released = usual.withProjections(AttentionOptions.Projections.RELEASED);
    assertArrayEquals(query(released), query(released.withSharpness(32)));
  }

  @Test
  void theFactorOfTheAgreementStartsAsAsked() {
    for (double start : new double[] {1, 8}) {
      Parameters parameters = new Parameters(1);
      ModelOptions laptop = ModelOptions.laptop();
      new ClickHead(
          backend, parameters, 10, laptop.withHead(laptop.head().withAgreementStart(start)));
      assertEquals(start, parameters.get("head/agreement").value().toArray()[0]);
    }
  }

  @Test
  void theItemsOwnVectorsStartAsSmallAsAsked() throws IOException {
    float[] usual = items(1);
    float[] small = items(0.05);
    for (int i = 0; i < usual.length; i++) {
      assertEquals(0.05 * usual[i], small[i], 1e-8);
    }
    for (double start : new double[] {-1, 1e-4, 1e9, Double.NaN}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> ChannelOptions.paper().withItemStart(start))
              .getMessage();
      assertTrue(message.contains("itemStart"), message);
    }
    assertEquals(ChannelOptions.paper(), ChannelOptions.paper().withItemStart(0));
  }

  private float[] items(double start) throws IOException {
    World world = World.of(WorldOptions.small().withUsers(2));
    ModelOptions laptop = ModelOptions.laptop();
    ModelOptions options = laptop.withChannels(laptop.channels().withItemStart(start));
    Parameters parameters = new Parameters(1);
    new Channels(
        backend,
        parameters,
        world.corpus().catalog(),
        world.corpus().queries(),
        Features.of(world),
        options);
    return parameters.get("channel/item").value().toArray();
  }

  @Test
  void zeroIsReadAsTheUsualStartAndNumbersOutOfRangeAreRefused() {
    AttentionOptions usual = AttentionOptions.paper(5);
    assertEquals(usual, usual.withSharpness(0));
    assertEquals(ModelOptions.laptop().head(), ModelOptions.laptop().head().withAgreementStart(0));
    for (double factor : new double[] {-1, 1e9, Double.NaN}) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> usual.withSharpness(factor))
              .getMessage()
              .contains("sharpness"));
      assertThrows(
          IllegalArgumentException.class, () -> HeadOptions.paper().withAgreementStart(factor));
    }
  }

  @Test
  void filesLeaveTheUsualStartOutAndKeepAnother() throws Exception {
    String usual = Json.writer().writeValueAsString(Setup.laptop(1));
    assertTrue(
        !usual.contains("sharpness")
            && !usual.contains("itemStart")
            && !usual.contains("agreementStart"),
        usual);
    assertEquals(Setup.laptop(1), Json.reader().readValue(usual, Setup.class));
    String sharp = Json.writer().writeValueAsString(Setup.lifelong(1));
    assertTrue(
        sharp.contains("\"sharpness\":128") && sharp.contains("\"agreementStart\":8"), sharp);
    assertEquals(Setup.lifelong(1), Json.reader().readValue(sharp, Setup.class));
  }
}
