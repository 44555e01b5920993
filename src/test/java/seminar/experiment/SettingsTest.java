package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.options.OptionPaths;
import seminar.source.Sources;
import seminar.world.WorldOptions;

class SettingsTest {
  @Test
  void noOptionOfACorpusCouldBeOneOfTheSetup() {
    List<String> corpus = new ArrayList<>(OptionPaths.paths(WorldOptions.quick()));
    Sources.all().forEach(reader -> corpus.addAll(reader.options().keySet()));
    corpus.forEach(path -> assertFalse(Setup.Settings.ofSetup(path), path));
    OptionPaths.paths(Setup.laptop(1))
        .forEach(path -> assertTrue(Setup.Settings.ofSetup(path), path));
  }

  @Test
  void eachGoesWhereItBelongs() {
    Setup.Settings settings =
        Setup.Settings.of(Map.of("users", "50", "restored", "all", "model.dims", "8"));
    assertEquals(Map.of("users", "50"), settings.corpus());
    assertEquals(Map.of("restored", "all", "model.dims", "8"), settings.setup());
  }
}
