package seminar.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

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
    String section, String text, String file, String part, Reader reader, String why) {
  /** Finds our numbers in a file of results. */
  @FunctionalInterface
  public interface Reader {
    /**
     * What they say about the claim.
     *
     * @throws IOException if the file does not hold what its part writes
     */
    Finding apply(JsonNode result) throws IOException;
  }
}
