package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DescribedTest {
  static List<CorpusReader> readers() {
    return Sources.all();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void everyOptionOfAReaderCanBeSetToWhatItIs(CorpusReader reader) {
    assertTrue(reader.options().containsKey("minUserEvents"), reader.name());
    for (Map.Entry<String, String> option : reader.options().entrySet()) {
      assertEquals(
          reader.options(),
          reader.with(option.getKey(), option.getValue()).options(),
          reader.name());
    }
  }

  @Test
  void aNestedOptionIsSetAndTheOthersStay() {
    LifeOptions lives = LifeOptions.ofAtLeast(4);
    MovieLensReader.Options options = new MovieLensReader.Options(lives, 3.5);
    MovieLensReader.Options changed = Described.with(options, "maxLength", "20");
    assertEquals(lives.withMaxLength(20), changed.lives());
    assertEquals(3.5, changed.threshold());
  }

  @Test
  void aTimeIsADayAMomentOrMilliseconds() {
    LifeOptions lives = LifeOptions.ofAtLeast(4);
    assertEquals(86_400_000L, Described.with(lives, "from", "1970-01-02").from());
    assertEquals(86_400_001L, Described.with(lives, "from", "1970-01-02T00:00:00.001Z").from());
    assertEquals(-7L, Described.with(lives, "from", "-7").from());
  }

  @Test
  void whatCannotBeSetIsNamed() {
    LifeOptions lives = LifeOptions.ofAtLeast(4);
    for (String[] wrong :
        List.of(
            new String[] {"colour", "red", "no option is called colour"},
            new String[] {"maxLength", "many", "maxLength is 'many'"},
            new String[] {"maxLength", "0", "maxLength"},
            new String[] {"exposures", "perhaps", "exposures is 'perhaps'"},
            new String[] {"from", "yesterday", "a date such as"},
            new String[] {"malformedShare", "2", "malformedShare"})) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> Described.with(lives, wrong[0], wrong[1]));
      assertTrue(e.getMessage().contains(wrong[2]), e.getMessage());
    }
  }
}
