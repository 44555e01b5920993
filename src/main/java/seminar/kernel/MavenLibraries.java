package seminar.kernel;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import java.io.File;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.filter.ScopeDependencyFilter;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;

/**
 * Finds libraries by their names in Maven repositories, with what they need to run.
 *
 * <p>The user's {@code settings.xml} (mirrors, proxies, a local repository elsewhere) and the local
 * repository count as they do for Maven. What is in the local repository needs no network.
 */
final class MavenLibraries {
  private final List<RemoteRepository> added = new ArrayList<>();

  /** The folder of {@code settings.xml}; null for the user's own. */
  private final Path home;

  MavenLibraries() {
    this(null);
  }

  MavenLibraries(Path home) {
    this.home = home;
  }

  /**
   * A library that was found.
   *
   * @param name group and artifact, with the classifier if it has one
   * @param version which one was chosen
   * @param file the jar
   */
  record Library(String name, String version, Path file) {}

  /** Looks into one more repository from now on. */
  void addRepository(String id, String url) {
    added.add(new RemoteRepository.Builder(id, "default", url).build());
  }

  /**
   * Libraries and all that these need to run, each once.
   *
   * @param coordinates {@code group:artifact:version}, {@code group:artifact:extension:version} or
   *     {@code group:artifact:extension:classifier:version} each
   * @throws IllegalArgumentException if one is no such text, or is not found: what was asked, where
   *     it was looked for, and what to do
   */
  List<Library> named(List<String> coordinates) {
    List<Dependency> wanted = new ArrayList<>();
    for (String one : coordinates) {
      try {
        wanted.add(new Dependency(new DefaultArtifact(one), "runtime"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'%s' is no library: write group:artifact:version, such as org.apache.commons:commons-csv:1.14.1"
                .formatted(one));
      }
    }
    CollectRequest request = new CollectRequest();
    request.setDependencies(wanted);
    return resolve(request, String.join(", ", coordinates));
  }

  /**
   * The libraries that a project needs to compile and run.
   *
   * @param pom the project's {@code pom.xml}
   * @throws IllegalArgumentException if it cannot be read, or a library is not found
   */
  List<Library> ofPom(Path pom) {
    try (Context context = context(false)) {
      ArtifactDescriptorResult project =
          descriptor(new MavenModelReader(context), pom.toAbsolutePath(), context);
      CollectRequest request = new CollectRequest();
      request.setDependencies(
          project.getDependencies().stream()
              .filter(one -> !List.of("test", "provided").contains(one.getScope()))
              .toList());
      request.setManagedDependencies(project.getManagedDependencies());
      request.setRepositories(project.getRepositories());
      return resolve(request, "the libraries of " + pom.getFileName());
    }
  }

  private static ArtifactDescriptorResult descriptor(
      MavenModelReader reader, Path pom, Context context) {
    try {
      var model =
          reader.readModel(
              ModelRequest.builder()
                  .setPomFile(pom)
                  .setRepositories(context.remoteRepositories())
                  .build());
      return model.toArtifactDescriptorResult(model.getEffectiveModel());
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(pom.getFileName(), lastMessage(e)), e);
    }
  }

  /** First without the network, which most often is not needed, then with it. */
  private List<Library> resolve(CollectRequest request, String asked) {
    try (Context offline = context(true)) {
      return resolve(offline, request);
    } catch (DependencyResolutionException e) {
      try (Context online = context(false)) {
        return resolve(online, request);
      } catch (DependencyResolutionException failure) {
        throw new IllegalArgumentException(explained(failure, asked), failure);
      }
    }
  }

  private List<Library> resolve(Context context, CollectRequest wanted)
      throws DependencyResolutionException {
    DefaultRepositorySystemSession session =
        new DefaultRepositorySystemSession(context.repositorySystemSession());
    // A library that was not there a minute ago may be there now.
    session.setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false));
    List<RemoteRepository> repositories = new ArrayList<>(context.remoteRepositories());
    repositories.addAll(
        context.repositorySystem().newResolutionRepositories(session, allAdded(wanted)));
    CollectRequest request = new CollectRequest();
    request.setDependencies(wanted.getDependencies());
    request.setManagedDependencies(wanted.getManagedDependencies());
    request.setRepositories(repositories);
    DependencyRequest all =
        new DependencyRequest(request, new ScopeDependencyFilter("test", "provided"));
    return context
        .repositorySystem()
        .resolveDependencies(session, all)
        .getArtifactResults()
        .stream()
        .map(ArtifactResult::getArtifact)
        .filter(artifact -> artifact.getExtension().equals("jar"))
        .map(MavenLibraries::library)
        .toList();
  }

  private List<RemoteRepository> allAdded(CollectRequest wanted) {
    List<RemoteRepository> all = new ArrayList<>(added);
    all.addAll(wanted.getRepositories());
    return all;
  }

  private static Library library(Artifact artifact) {
    String classifier = artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier();
    File file = artifact.getFile();
    return new Library(
        artifact.getGroupId() + ":" + artifact.getArtifactId() + classifier,
        artifact.getVersion(),
        file.toPath());
  }

  private Context context(boolean offline) {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    if (home != null) {
      overrides.withMavenUserHomeOverride(home);
    }
    if (offline) {
      overrides.offline(true);
    }
    return Runtimes.INSTANCE.getRuntime().create(overrides.build());
  }

  private String explained(DependencyResolutionException failure, String asked) {
    String missing =
        failure.getResult() == null
            ? ""
            : failure.getResult().getArtifactResults().stream()
                .filter(ArtifactResult::isMissing)
                .map(result -> result.getRequest().getArtifact().toString())
                .collect(Collectors.joining(", "));
    String found = missing.isEmpty() ? lastMessage(failure) : "not found: " + missing;
    try (Context context = context(false)) {
      String places =
          context.remoteRepositories().stream()
              .map(repository -> repository.getId() + " (" + repository.getUrl() + ")")
              .collect(Collectors.joining(", "));
      return """
      %s cannot be had: %s.
      Looked in %s and %s.
      Check group, artifact and version; without a network only what is in the first can be had; \
      a mirror or proxy belongs into %s, another repository into %%mavenRepo ID URL.\
      """
          .formatted(
              asked,
              found,
              context.repositorySystemSession().getLocalRepository().getBasedir(),
              places,
              context.mavenUserHome().settingsXml());
    }
  }

  private static String lastMessage(Throwable failure) {
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
