package seminar.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence on standard error why a command did not do its work. */
final class Failures {
  private Failures() {}

  /** A command threw; exit code 1. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    CommandLine root = root(command);
    if (root.getCommand() instanceof Main main && main.stacktrace()) {
      failure.printStackTrace(err);
    } else {
      err.println("seminar: " + sentence(failure));
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The arguments are wrong; exit code 2. */
  static int wrongArguments(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    err.println("seminar: %s; see %s".formatted(complaint(failure), help));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String complaint(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && failure.getCommandLine().getParent() == null) {
      List<String> near = unmatched.getSuggestions();
      String hint = near.isEmpty() ? "" : " (did you mean %s?)".formatted(near.getFirst());
      return "there is no command '%s'%s".formatted(unmatched.getUnmatched().getFirst(), hint);
    }
    String message = failure.getMessage().lines().findFirst().orElse("wrong arguments");
    message = message.replace("option option", "option"); // picocli says it twice
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  /** Errors that we foresee explain themselves; of others the kind is part of the message. */
  private static String sentence(Exception failure) {
    String message = failure.getMessage();
    if (failure instanceof FileSystemException file) {
      return file(file);
    }
    boolean foreseen =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure.getClass() == java.io.IOException.class
            || failure instanceof java.io.UncheckedIOException;
    return foreseen && message != null
        ? message
        : "%s (--stacktrace shows where)".formatted(failure);
  }

  /** Errors of the file system name the file; what is wrong with it is in their kind. */
  private static String file(FileSystemException failure) {
    String where = failure.getFile() == null ? "a file" : failure.getFile();
    if (failure instanceof NoSuchFileException) {
      return "there is no file %s: check the path".formatted(where);
    } else if (failure instanceof AccessDeniedException) {
      return "%s may not be read or written: check its permissions".formatted(where);
    } else if (failure instanceof FileAlreadyExistsException) {
      return "%s is there already and is no folder: name another one".formatted(where);
    }
    String reason = failure.getReason() == null ? failure.toString() : failure.getReason();
    return "%s: %s (--stacktrace shows where)".formatted(where, reason);
  }

  private static CommandLine root(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root;
  }
}
