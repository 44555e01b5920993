package seminar.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A claim of the paper, and how it is held against our results.
 *
 * @param section of the paper
 * @param text the claim, with the paper's numbers
 * @param file the result that it is held against, without {@code .json}
 * @param part what makes that file: the argument of {@code reproduce --only}
 * @param reader finds our numbers in the file
 * @param why what to know beside the numbers
 */
public record Claim(
    String section,
    String text,
    String file,
    String part,
    Function<JsonNode, Finding> reader,
    String why) {}
