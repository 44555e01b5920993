package seminar.source;

import java.util.Map;
import java.util.Optional;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;

/**
 * The histories that a reader found.
 *
 * @param histories histories in rising order of user ids
 * @param queries what was typed in them
 * @param exposures what was shown, where that is kept
 * @param counts what was left out, by name
 */
public record ReadLog(
    Histories histories,
    Queries queries,
    Optional<Exposures> exposures,
    Map<String, Long> counts) {}
