package seminar.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the numbers of a column of times count, since 1970 (UTC).
 *
 * <p>A log of clicks is not older than 1990 and not younger than 2100. Within these years the units
 * cannot be mistaken for each other: seconds have 9 or 10 digits, each smaller unit three more. So
 * a number that lies outside these years in its own unit and within them in another one is refused,
 * and so is every time from 2100 on. Other early times stay what they are: logs that were made, not
 * observed, often count from 0.
 */
public enum TimeUnits {
  /** Ten digits today. */
  SECONDS(1),
  /** Thirteen digits today. */
  MILLISECONDS(1000),
  /** Sixteen digits today. */
  MICROSECONDS(1_000_000),
  /** Nineteen digits today. */
  NANOSECONDS(1_000_000_000);

  private static final int END_YEAR = 2100;

  /** 1990-01-01 and 2100-01-01 in seconds. */
  private static final long BEGIN = 631_152_000;

  private static final long END = 4_102_444_800L;

  private static final long MILLIS = 1000;

  /** No number of seconds is longer. */
  private static final int LONGEST = 40;

  /** How long a date is. */
  private static final int DATE = "2005-04-02".length();

  private static final double SECONDS_A_YEAR = 365.2425 * 86_400;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[[ ]XXX][[ ]XX][[ ]X][ 'UTC'][ 'GMT']")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final long aSecond;

  TimeUnits(long aSecond) {
    this.aSecond = aSecond;
  }

  /**
   * The unit in which a number is a time from 1990 to 2100; empty where there is none. There is
   * never more than one.
   */
  public static Optional<TimeUnits> looksLike(long value) {
    return Arrays.stream(values()).filter(unit -> unit.plausible(value)).findFirst();
  }

  /** Whether a time in milliseconds since 1970 is before 1990. */
  static boolean isEarly(long millis) {
    return millis < BEGIN * MILLIS;
  }

  private boolean plausible(long value) {
    long second = Math.floorDiv(value, aSecond);
    return second >= BEGIN && second < END;
  }

  /**
   * A time in milliseconds since 1970, parts of one cut off.
   *
   * @param name the column, for messages
   * @param text a number of this unit, which may be written as {@code 12.0} or {@code 1.2e1}; of
   *     seconds it may have a fraction
   * @throws MalformedLine if it is none or negative, or its year cannot be meant; the message says
   *     which year it would be and which unit it looks like
   */
  public long millis(String name, String text) throws MalformedLine {
    int point = this == SECONDS ? text.indexOf('.') : -1;
    if (point > 0 && text.length() <= LONGEST && isFraction(text, point + 1)) {
      String whole = text.substring(0, point);
      String thousandths = (text.substring(point + 1) + "000").substring(0, 3);
      return millis(name, whole) + Integer.parseInt(thousandths);
    }
    return millis(name, MalformedLine.whole(name, text, 0));
  }

  private static boolean isFraction(String text, int from) {
    return text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  /** As {@link #millis(String, String)} for a number. */
  public long millis(String name, long value) throws MalformedLine {
    if (value < 0) {
      throw new MalformedLine("%s is %d, less than 0".formatted(name, value));
    }
    if (!plausible(value)) {
      Optional<TimeUnits> other = looksLike(value);
      if (other.isPresent() || value / aSecond >= END) {
        throw new MalformedLine(
            "%s is %d: as %s that is the year %d; it looks like %s"
                .formatted(
                    name,
                    value,
                    word(),
                    1970 + (long) (value / aSecond / SECONDS_A_YEAR),
                    other.map(TimeUnits::word).orElse("no time before " + END_YEAR)));
      }
    }
    return aSecond <= MILLIS ? value * (MILLIS / aSecond) : value / (aSecond / MILLIS);
  }

  /**
   * A time in milliseconds since 1970 that is written as a date, or as a date and a time with
   * {@code T} or a blank between them: {@code 2005-04-02 23:53:47}, {@code
   * 2005-04-02T23:53:47.25Z}, {@code 2005-04-02T23:53+02:00}. Where no offset is given it is UTC.
   *
   * @param name the column, for messages
   * @throws MalformedLine if it is no such time, or none from 1970 to 2100
   */
  public static long iso(String name, String text) throws MalformedLine {
    OffsetDateTime time;
    try {
      time = time(text.trim());
    } catch (DateTimeException e) {
      throw new MalformedLine(
          "%s is '%s', not a time such as 2005-04-02 23:53:47".formatted(name, text));
    }
    long second = time.toEpochSecond();
    if (second < 0 || second >= END) {
      throw new MalformedLine(
          "%s is '%s', not from 1970 to %d".formatted(name, text, END_YEAR - 1));
    }
    return second * MILLIS + time.getNano() / 1_000_000;
  }

  private static OffsetDateTime time(String text) {
    if (text.length() <= DATE) {
      return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    boolean blank = text.charAt(DATE) == ' ';
    String iso = blank ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1) : text;
    TemporalAccessor time = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof LocalDateTime local
        ? local.atOffset(ZoneOffset.UTC)
        : OffsetDateTime.from(time);
  }

  /** Whether a text begins with a date as {@link #iso} reads it. */
  public static boolean isIso(String text) {
    String date = text.trim();
    return date.length() >= DATE && date.charAt(4) == '-' && date.charAt(7) == '-';
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
