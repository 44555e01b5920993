package seminar;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JupyterLab of the tests, on a port of its own, without asking and without windowing. */
public final class JupyterLab implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final String TOKEN = "tests";

  private final Process server;
  private final int port;

  /**
   * @param jupyter the program with its environment, without arguments
   * @param folder of notebooks
   */
  JupyterLab(ProcessBuilder jupyter, Path folder) throws Exception {
    Path settings = folder.resolve(".settings/@jupyterlab");
    // All cells are in the page, not those on the screen alone.
    set(settings.resolve("notebook-extension/tracker"), "{\"windowingMode\": \"none\"}");
    // JupyterLab shows no completion that takes a busy machine longer than this, in ms.
    set(settings.resolve("completer-extension/manager"), "{\"providerTimeout\": 60000}");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    jupyter
        .command()
        .addAll(
            List.of(
                "lab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=" + port,
                "--ServerApp.root_dir=" + folder,
                "--IdentityProvider.token=" + TOKEN,
                "--LabApp.user_settings_dir=" + folder.resolve(".settings"),
                "--LabApp.workspaces_dir=" + folder.resolve(".workspaces"),
                "--LabApp.news_url=None",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.expose_app_in_browser=True"));
    Path log = folder.resolve(".lab.log");
    server = jupyter.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; !answers(client); i++) {
        if (i > 5 * START_SECONDS || !server.isAlive()) {
          close();
          throw new IOException("JupyterLab did not start: " + Files.readString(log));
        }
        Thread.sleep(200);
      }
    }
  }

  private static void set(Path plugin, String settings) throws IOException {
    Files.createDirectories(plugin.getParent());
    Files.writeString(
        plugin.resolveSibling(plugin.getFileName() + ".jupyterlab-settings"), settings);
  }

  private boolean answers(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address("api"))).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  private String address(String path) {
    return "http://127.0.0.1:%d/%s?token=%s".formatted(port, path, TOKEN);
  }

  /** Where a notebook of the folder is shown. */
  public String notebook(String name) {
    return address("lab/tree/" + name);
  }

  /** Ends the server and its kernels. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> kernels = server.descendants().toList();
    server.destroy();
    if (!server.waitFor(java.time.Duration.ofSeconds(20))) {
      server.destroyForcibly().waitFor();
    }
    kernels.forEach(ProcessHandle::destroyForcibly);
  }
}
