package seminar.kernel;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;

/**
 * The Maven repositories of a person: the local one, those of {@code settings.xml} with its mirrors
 * and proxies, and some that were added.
 */
final class MavenRepositories {
  private final List<RemoteRepository> added = new ArrayList<>();

  /** The folder of {@code settings.xml}; null for the user's own. */
  private final Path home;

  MavenRepositories() {
    this(null);
  }

  MavenRepositories(Path home) {
    this.home = home;
  }

  /** Looks into one more repository from now on. */
  void add(String id, String url) {
    added.add(new RemoteRepository.Builder(id, "default", url).build());
  }

  /** One offline has the local repository alone. */
  Context context(boolean offline) {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    if (home != null) {
      overrides.withMavenUserHomeOverride(home);
    }
    if (offline) {
      overrides.offline(true);
    }
    return Runtimes.INSTANCE.getRuntime().create(overrides.build());
  }

  /** A library that was not there a minute ago may be there now. */
  static DefaultRepositorySystemSession session(Context context) {
    DefaultRepositorySystemSession session =
        new DefaultRepositorySystemSession(context.repositorySystemSession());
    session.setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false));
    return session;
  }

  /** Those of the settings, those that were added, and some more. */
  List<RemoteRepository> all(
      Context context, DefaultRepositorySystemSession session, List<RemoteRepository> more) {
    List<RemoteRepository> others = new ArrayList<>(added);
    others.addAll(more);
    List<RemoteRepository> all = new ArrayList<>(context.remoteRepositories());
    all.addAll(context.repositorySystem().newResolutionRepositories(session, others));
    return all;
  }

  static Artifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no library: write group:artifact:version, such as org.apache.commons:commons-csv:1.14.1"
              .formatted(coordinates));
    }
  }

  /**
   * The file of a library alone, without what it needs.
   *
   * @param bytes hears how many bytes have come, 0 before the first; nothing if the local
   *     repository has the file
   * @throws IllegalArgumentException if it is not found: where it was looked for and what to do
   */
  Path file(String coordinates, LongConsumer bytes) {
    Artifact wanted = artifact(coordinates);
    try (Context offline = context(true)) {
      return file(offline, wanted, session(offline));
    } catch (ArtifactResolutionException e) {
      bytes.accept(0);
      try (Context online = context(false)) {
        DefaultRepositorySystemSession session = session(online);
        session.setTransferListener(
            new AbstractTransferListener() {
              @Override
              public void transferProgressed(TransferEvent event) {
                bytes.accept(event.getTransferredBytes());
              }
            });
        return file(online, wanted, session);
      } catch (ArtifactResolutionException failure) {
        boolean missing = failure.getResults().stream().anyMatch(ArtifactResult::isMissing);
        String found = missing ? "not found" : lastMessage(failure);
        throw new IllegalArgumentException(explained(coordinates, found), failure);
      }
    }
  }

  private Path file(Context context, Artifact wanted, DefaultRepositorySystemSession session)
      throws ArtifactResolutionException {
    return context
        .repositorySystem()
        .resolveArtifact(
            session, new ArtifactRequest(wanted, all(context, session, List.of()), null))
        .getArtifact()
        .getFile()
        .toPath();
  }

  /** What could not be had, where it was looked for, and what to do. */
  String explained(String asked, String found) {
    try (Context context = context(false)) {
      String places =
          context.remoteRepositories().stream()
              .map(repository -> repository.getId() + " (" + repository.getUrl() + ")")
              .collect(Collectors.joining(", "));
      return """
      %s cannot be had: %s.
      Looked in %s and %s.
      Check group, artifact and version; without a network only what is in the first can be had; \
      a mirror or proxy belongs into %s.\
      """
          .formatted(
              asked,
              found,
              context.repositorySystemSession().getLocalRepository().getBasedir(),
              places,
              context.mavenUserHome().settingsXml());
    }
  }

  /** What lies behind a failure. */
  static String lastMessage(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String message = last.getMessage();
    if (last instanceof UnknownHostException) {
      return "no way to the host " + message;
    }
    return message == null ? last.getClass().getSimpleName() : message.strip();
  }
}
