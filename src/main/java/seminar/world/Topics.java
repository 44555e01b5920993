package seminar.world;

import java.util.List;

/**
 * The words that titles and queries are made of. Intent k belongs to topic {@code k mod 24}; where
 * there are more intents than topics, a style word tells apart the intents of one topic.
 */
final class Topics {
  /** The most intents: 24 topics in 4 styles. */
  static final int MAX_INTENTS = 96;

  private static final List<String> STYLES = List.of("classic", "modern", "vintage", "compact");

  /** Each row: the topic, then adjectives, a bar, and nouns. */
  private static final List<String> ROWS =
      List.of(
          "lighting: walnut warm brass linen glass dimmable | lamp lantern sconce pendant shade"
              + " bulb",
          "running: light cushioned breathable trail reflective carbon | shoes shorts socks vest"
              + " belt jersey",
          "coffee: ceramic stovetop double ground roasted steel | grinder kettle mug espresso"
              + " filter beans",
          "garden: clay climbing perennial potted organic solar | planter trowel seeds trellis hose"
              + " rake",
          "camping: folding waterproof insulated down ultralight canvas | tent stove hammock"
              + " lantern mattress rope",
          "photography: prime wide telephoto padded manual instant | lens tripod camera strap"
              + " filter flash",
          "painting: watercolour acrylic fine stretched gouache hog | brush palette easel canvas"
              + " pigment sketchbook",
          "baking: silicone springform rolled nonstick whole fluted | tin whisk flour spatula yeast"
              + " oven",
          "cycling: gravel tubeless disc alloy clipless chain | helmet saddle tyre pedal pump"
              + " handlebar",
          "music: acoustic maple electric bass nylon vintage | guitar amplifier pick strings pedal"
              + " stand",
          "aquarium: tropical freshwater planted submersible coral glass | tank filter gravel"
              + " heater fish moss",
          "yoga: cork foldable natural thick woven soft | mat block bolster strap towel cushion",
          "tea: loose green jasmine smoked iron porcelain | teapot infuser leaves caddy cup tray",
          "astronomy: refractor equatorial solar wide lunar star | telescope eyepiece binoculars"
              + " chart mount finder",
          "knitting: merino chunky circular bamboo mohair worsted | yarn needles pattern hook gauge"
              + " skein",
          "fishing: braided floating spinning fly hollow barbless | rod reel lure hooks bobber"
              + " waders",
          "skiing: alpine waxed thermal mirrored touring carved | skis goggles boots poles gloves"
              + " bindings",
          "woodwork: hardened oak dovetail cordless sharp bench | chisel saw plane vise drill"
              + " mallet",
          "toys: wooden stacking plush magnetic rainbow pullalong | blocks puzzle train bear kite"
              + " marbles",
          "chess: rosewood weighted tournament rollup digital carved | board clock pieces notation"
              + " king case",
          "perfume: amber citrus floral woody powdery vanilla | spray candle soap oil sachet balm",
          "robotics: programmable servo tracked ultrasonic brushless modular | robot sensor motor"
              + " battery kit gripper",
          "pottery: glazed stoneware thrown bisque speckled raku | bowl vase wheel kiln apron slip",
          "sailing: braced nautical brass marine knotted offshore | compass anchor sail jacket"
              + " winch charts");

  /**
   * What a topic is made of.
   *
   * @param name a word
   * @param adjectives words that go before the nouns
   * @param nouns things
   */
  record Topic(String name, List<String> adjectives, List<String> nouns) {}

  private static final List<Topic> ALL = ROWS.stream().map(Topics::parsed).toList();

  static final int TOPICS = ALL.size();

  private Topics() {}

  private static Topic parsed(String row) {
    String[] parts = row.split(": | \\| ");
    return new Topic(parts[0], List.of(parts[1].split(" ")), List.of(parts[2].split(" ")));
  }

  /** The topic of an intent. */
  static Topic of(int intent) {
    return ALL.get(intent % TOPICS);
  }

  /** The name of an intent, such as {@code coffee} or {@code modern coffee}. */
  static String name(int intent) {
    String topic = of(intent).name();
    return intent < TOPICS ? topic : style(intent) + " " + topic;
  }

  /** The style word of an intent. */
  static String style(int intent) {
    return STYLES.get(intent / TOPICS);
  }
}
