package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.options.OptionPaths;
import seminar.source.movielens.MovieLensReader;

/** The options of readers by name, as command lines and manifests have them. */
class ReaderOptionsTest {
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
    HistoryOptions histories = HistoryOptions.ofAtLeast(4);
    MovieLensReader.Options options = new MovieLensReader.Options(histories, 3.5);
    MovieLensReader.Options changed = OptionPaths.set(options, "maxLength", "20");
    assertEquals(histories.withMaxLength(20), changed.histories());
    assertEquals(3.5, changed.threshold());
  }

  @Test
  void aTimeIsADayAMomentOrMilliseconds() {
    HistoryOptions histories = HistoryOptions.ofAtLeast(4);
    assertEquals(86_400_000L, OptionPaths.set(histories, "from", "1970-01-02").from());
    assertEquals(
        86_400_001L, OptionPaths.set(histories, "from", "1970-01-02T00:00:00.001Z").from());
    assertEquals(-7L, OptionPaths.set(histories, "from", "-7").from());
  }

  @Test
  void whatCannotBeSetIsNamed() {
    HistoryOptions histories = HistoryOptions.ofAtLeast(4);
    for (String[] wrong :
        List.of(
            new String[] {"colour", "red", "no option 'colour': there is minUserEvents, "},
            new String[] {"maxLength", "many", "maxLength cannot be 'many': it is 2147483647"},
            new String[] {"maxLength", "0", "maxLength"},
            new String[] {"exposures", "perhaps", "exposures cannot be 'perhaps': it is false"},
            new String[] {"from", "yesterday", "a date such as"},
            new String[] {"malformedShare", "2", "malformedShare"})) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> OptionPaths.set(histories, wrong[0], wrong[1]));
      assertTrue(e.getMessage().contains(wrong[2]), e.getMessage());
    }
  }
}
