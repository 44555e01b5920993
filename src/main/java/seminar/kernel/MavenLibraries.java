package seminar.kernel;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.filter.ScopeDependencyFilter;

/**
 * Finds libraries by their names in Maven repositories, with what they need to run.
 *
 * <p>The user's {@code settings.xml} (mirrors, proxies, a local repository elsewhere) and the local
 * repository count as they do for Maven. What is in the local repository needs no network.
 */
final class MavenLibraries {
  private final MavenRepositories repositories;

  MavenLibraries() {
    this(new MavenRepositories());
  }

  MavenLibraries(MavenRepositories repositories) {
    this.repositories = repositories;
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
    repositories.add(id, url);
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
    CollectRequest request = new CollectRequest();
    request.setDependencies(
        coordinates.stream()
            .map(one -> new Dependency(MavenRepositories.artifact(one), "runtime"))
            .toList());
    return resolve(request, String.join(", ", coordinates));
  }

  /**
   * The libraries that a project needs to compile and run.
   *
   * @param pom the project's {@code pom.xml}
   * @throws IllegalArgumentException if it cannot be read, or a library is not found
   */
  List<Library> ofPom(Path pom) {
    try (Context context = repositories.context(false)) {
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
          "%s cannot be read: %s".formatted(pom.getFileName(), MavenRepositories.lastMessage(e)),
          e);
    }
  }

  /** First without the network, which most often is not needed, then with it. */
  private List<Library> resolve(CollectRequest request, String asked) {
    try (Context offline = repositories.context(true)) {
      return resolve(offline, request);
    } catch (DependencyResolutionException e) {
      try (Context online = repositories.context(false)) {
        return resolve(online, request);
      } catch (DependencyResolutionException failure) {
        throw new IllegalArgumentException(
            repositories.explained(asked, found(failure))
                + "\nAnother repository belongs into %mavenRepo ID URL.",
            failure);
      }
    }
  }

  private List<Library> resolve(Context context, CollectRequest wanted)
      throws DependencyResolutionException {
    DefaultRepositorySystemSession session = MavenRepositories.session(context);
    CollectRequest request = new CollectRequest();
    request.setDependencies(wanted.getDependencies());
    request.setManagedDependencies(wanted.getManagedDependencies());
    request.setRepositories(repositories.all(context, session, wanted.getRepositories()));
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

  private static Library library(Artifact artifact) {
    String classifier = artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier();
    File file = artifact.getFile();
    return new Library(
        artifact.getGroupId() + ":" + artifact.getArtifactId() + classifier,
        artifact.getVersion(),
        file.toPath());
  }

  private static String found(DependencyResolutionException failure) {
    String missing =
        failure.getResult() == null
            ? ""
            : failure.getResult().getArtifactResults().stream()
                .filter(ArtifactResult::isMissing)
                .map(result -> result.getRequest().getArtifact().toString())
                .collect(Collectors.joining(", "));
    return missing.isEmpty() ? MavenRepositories.lastMessage(failure) : "not found: " + missing;
  }
}
