package seminar.source.table;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import seminar.source.MalformedLine;
import seminar.source.TimeUnits;
import seminar.source.table.TableOptions.TimeUnit;

/** How the times of a log are read. */
@FunctionalInterface
interface TableTimes {
  /** Milliseconds since 1970, or any number that orders events where they have no times. */
  long millis(String field) throws MalformedLine;

  /**
   * As the options say it.
   *
   * @param unit not {@link TimeUnit#AUTO}
   */
  static TableTimes of(String name, TimeUnit unit, String format) {
    if (!format.isEmpty()) {
      return written(name, format);
    }
    return switch (unit) {
      case ISO -> field -> TimeUnits.iso(name, field);
      case ORDER -> field -> MalformedLine.whole(name, field, Long.MIN_VALUE);
      default -> {
        TimeUnits counted = TimeUnits.valueOf(unit.name());
        yield field -> counted.millis(name, field);
      }
    };
  }

  private static TableTimes written(String name, String format) {
    DateTimeFormatter formatter;
    try {
      formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "timeFormat is '%s', not a pattern such as M/d/yyyy h:mm:ss a (%s)"
              .formatted(format, e.getMessage()),
          e);
    }
    return field -> {
      try {
        TemporalAccessor time =
            formatter.parseBest(
                field.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        OffsetDateTime at =
            switch (time) {
              case LocalDateTime local -> local.atOffset(ZoneOffset.UTC);
              case LocalDate day -> day.atStartOfDay().atOffset(ZoneOffset.UTC);
              default -> OffsetDateTime.from(time);
            };
        return at.toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        throw new MalformedLine("%s is '%s', not written as %s".formatted(name, field, format));
      }
    };
  }

  /**
   * The unit that most of some times are in.
   *
   * @param name the column
   * @param sample some of its fields
   * @throws IOException if they are no times from 1990 to 2100 in any unit
   */
  static TimeUnit told(Table table, String name, List<String> sample) throws IOException {
    Map<TimeUnit, Long> votes = new TreeMap<>();
    for (String field : sample) {
      unit(field).ifPresent(unit -> votes.merge(unit, 1L, Long::sum));
    }
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                new IOException(
                    ("%s: %s holds %s, which are times from 1990 to 2100 in no unit: set timeUnit"
                         + " to seconds, milliseconds, ... or to order if they only order events,"
                         + " or timeFormat to how they are written")
                        .formatted(
                            table.file(),
                            name,
                            sample.stream()
                                .distinct()
                                .limit(3)
                                .collect(Collectors.joining(", ")))));
  }

  /** The unit that one field looks like. */
  static Optional<TimeUnit> unit(String field) {
    if (TimeUnits.isIso(field)) {
      return Optional.of(TimeUnit.ISO);
    }
    try {
      return TimeUnits.looksLike(MalformedLine.whole("time", field, 0))
          .map(unit -> TimeUnit.valueOf(unit.name()));
    } catch (MalformedLine e) {
      return Optional.empty();
    }
  }
}
