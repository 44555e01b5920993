package seminar.cli;

import picocli.CommandLine.Command;

/** As {@link SearchCommand}, with what each channel adds to each score. */
@Command(
    name = "explain",
    description =
        "Shows why events were chosen: what text, picture, attributes and query add to each score,"
            + " and what four-bit codes alone would have missed.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  ${sys:seminar.invocation} explain --data my-corpus --model my.model --index my-index"
          + " --user 17 --item 204"
    })
final class ExplainCommand extends SearchCommand {
  @Override
  boolean apart() {
    return true;
  }
}
