package seminar.source.kuaisar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import seminar.source.MalformedLine;

/**
 * The type of what a search shows as part of its id.
 *
 * <p>The log of browsing and the file of items name items by numbers alone, so what the feed shows,
 * videos, albums, live broadcasts and adverts, shares these numbers. Users, goods and music are
 * shown by searches only and have numbers of their own: user 7 is no video 7. Such an item is
 * called {@code USER:7}. In the event log it is a number below 0, which no item of the feed has.
 */
final class KuaiSarTypes {
  private static final Set<String> OF_THE_FEED =
      Set.of("VIDEO", "IMAGE_ATLAS", "LIVE", "ADVERT", "AD", "NORMAL", KuaiSarFormat.UNKNOWN);

  /** Bits of the number of a typed item. */
  private static final int BITS = 48;

  /** Types in the order of their numbers; those that are not known are put behind as they come. */
  private final List<String> types = new ArrayList<>(List.of("USER", "COMMODITY", "MUSIC"));

  /** The item of this type and number, as a number that no other item has. */
  long item(String type, long number) throws MalformedLine {
    String name = type.strip().toUpperCase(Locale.ROOT);
    if (KuaiSarItems.isNothing(name) || OF_THE_FEED.contains(name)) {
      return number;
    }
    if (number >= 1L << BITS) {
      throw new MalformedLine(
          "item_id is %d, too large for an item of the type %s".formatted(number, name));
    }
    if (!types.contains(name)) {
      types.add(name);
    }
    return -1 - ((long) types.indexOf(name) << BITS | number);
  }

  /** The id of an item of the event log. */
  String id(String item) {
    if (!item.startsWith("-")) {
      return item;
    }
    long number = -1 - Long.parseLong(item);
    return types.get((int) (number >> BITS)) + ":" + (number & (1L << BITS) - 1);
  }
}
