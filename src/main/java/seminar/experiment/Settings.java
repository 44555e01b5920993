package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import seminar.options.OptionPaths;

/**
 * What is set for a corpus and for the models on it, told apart by path: one that begins with a
 * component of {@link Setup}, such as {@code training.epochs}, is an option of the setup; any other
 * is a dial of the planted world or an option of the reader.
 *
 * @param corpus options of the world or of the reader
 * @param setup options of the setup
 */
public record Settings(Map<String, String> corpus, Map<String, String> setup) {
  private static final Set<String> GROUPS = new TreeSet<>();

  static {
    OptionPaths.paths(Setup.laptop(1)).forEach(path -> GROUPS.add(group(path)));
  }

  /** Tells them apart. */
  public static Settings of(Map<String, String> settings) {
    Settings apart = new Settings(new LinkedHashMap<>(), new LinkedHashMap<>());
    settings.forEach(
        (path, value) -> (ofSetup(path) ? apart.setup : apart.corpus).put(path, value));
    return apart;
  }

  /** Whether a path is one of the setup. */
  public static boolean ofSetup(String path) {
    return GROUPS.contains(group(path));
  }

  private static String group(String path) {
    return path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
  }
}
