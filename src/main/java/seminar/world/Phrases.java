package seminar.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The queries that people type: a noun of the topic, two times in three with an adjective before
 * it, and, where there are more intents than topics, one time in two with the style word.
 *
 * <p>Topics share words, so a phrase may come from several intents; {@link #chance} says how likely
 * it is under each.
 */
final class Phrases {
  /** Browsing: nothing is typed. */
  static final int NONE = -1;

  private static final int BARE_EVERY = 3;

  private final int intents;
  private final int styles;
  private final List<String> texts = new ArrayList<>();
  private final List<float[]> chances = new ArrayList<>();
  private final int[][] numbers; // [intents][style, adjective or none, noun]

  Phrases(int intents) {
    this.intents = intents;
    this.styles = intents > Topics.TOPICS ? 2 : 1;
    this.numbers = new int[intents][];
    Map<String, Integer> known = new HashMap<>();
    for (int intent = 0; intent < intents; intent++) {
      Topics.Topic topic = Topics.of(intent);
      numbers[intent] = new int[styles * (topic.adjectives().size() + 1) * topic.nouns().size()];
      for (int code = 0; code < numbers[intent].length; code++) {
        int number = known.computeIfAbsent(text(intent, code), this::add);
        numbers[intent][code] = number;
        boolean bare = adjective(topic, code) == 0;
        double choice = bare ? 1 : (BARE_EVERY - 1.0) / topic.adjectives().size();
        chances.get(number)[intent] +=
            (float) (choice / BARE_EVERY / styles / topic.nouns().size());
      }
    }
  }

  private int add(String text) {
    texts.add(text);
    chances.add(new float[intents]);
    return texts.size() - 1;
  }

  private static int adjective(Topics.Topic topic, int code) {
    return code / topic.nouns().size() % (topic.adjectives().size() + 1);
  }

  private static String text(int intent, int code) {
    Topics.Topic topic = Topics.of(intent);
    int adjective = adjective(topic, code);
    String noun = topic.nouns().get(code % topic.nouns().size());
    String words = adjective == 0 ? noun : topic.adjectives().get(adjective - 1) + " " + noun;
    boolean styled = code >= (topic.adjectives().size() + 1) * topic.nouns().size();
    return styled ? Topics.style(intent) + " " + words : words;
  }

  /** How many phrases there are. */
  int size() {
    return texts.size();
  }

  String text(int phrase) {
    return texts.get(phrase);
  }

  /** How likely someone who looks for the intent types this phrase. */
  double chance(int phrase, int intent) {
    return chances.get(phrase)[intent];
  }

  /** A phrase for something of the intent. */
  int draw(SplittableRandom rng, int intent) {
    Topics.Topic topic = Topics.of(intent);
    int nouns = topic.nouns().size();
    int noun = rng.nextInt(nouns);
    int adjective = rng.nextInt(BARE_EVERY) == 0 ? 0 : 1 + rng.nextInt(topic.adjectives().size());
    int style = rng.nextInt(styles);
    return numbers[intent][(style * (topic.adjectives().size() + 1) + adjective) * nouns + noun];
  }
}
