package seminar.source;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import seminar.file.TemporaryFolder;

/**
 * An embedded database for one piece of work: it sorts and joins, writes to a folder of its own
 * what does not fit into its share of memory, and is gone when closed. See:
 *
 * <pre>
 * M. Raasveldt, H. Mühleisen. "DuckDB: an embeddable analytical database". SIGMOD, 2019.</pre>
 */
final class Workbench implements AutoCloseable {
  /** Its share of memory; beyond it the database works on disk. */
  private static final String MEMORY = "3GB";

  private final TemporaryFolder folder;
  private final DuckDBConnection connection;
  private final List<Rows> open = new ArrayList<>();
  private final Thread sweeper = new Thread(this::sweep);

  Workbench() throws IOException {
    folder = TemporaryFolder.of("seminar-sort");
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("temp_directory", folder.path().toString());
    try {
      connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
      Runtime.getRuntime().addShutdownHook(sweeper);
    } catch (SQLException e) {
      folder.close();
      throw failed(e);
    }
  }

  /** An answer, row by row. */
  record Answer(Connection connection, Statement statement, ResultSet rows)
      implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      try (connection;
          statement) {
        rows.close();
      }
    }
  }

  void run(String sql) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  long number(String sql) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Asks a question whose answer may be long and is read row by row. */
  Answer ask(String sql) throws IOException {
    try {
      return open(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** As {@link #ask} for a question to a file, which may be at fault itself. */
  Answer open(String sql) throws SQLException {
    Connection own = connection.duplicate();
    Statement statement = own.createStatement();
    return new Answer(own, statement, statement.executeQuery(sql));
  }

  /** Rows to be added to a table. */
  Rows rows(String table) throws IOException {
    try {
      Rows rows = new Rows(connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table));
      open.add(rows);
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  static IOException failed(SQLException cause) {
    return new IOException(
        "the embedded database cannot go on (%s): is there room in the folder for temporary files?"
            .formatted(cause.getMessage()),
        cause);
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      for (Rows rows : open) {
        rows.close();
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(sweeper);
      folder.close();
    }
  }

  /** The program ends in the middle of the work: what lies on disk is of no use to anybody. */
  private void sweep() {
    try {
      folder.close();
    } catch (IOException e) {
      // Nobody is left who could be told.
      return;
    }
  }

  /** Adds rows to a table, value by value. */
  static final class Rows {
    private final DuckDBAppender appender;
    private boolean closed;

    private Rows(DuckDBAppender appender) {
      this.appender = appender;
    }

    @FunctionalInterface
    private interface Step {
      void run() throws SQLException;
    }

    private Rows step(Step step) throws IOException {
      try {
        step.run();
        return this;
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    Rows begin() throws IOException {
      return step(appender::beginRow);
    }

    Rows add(long value) throws IOException {
      return step(() -> appender.append(value));
    }

    Rows add(int value) throws IOException {
      return step(() -> appender.append(value));
    }

    Rows add(byte value) throws IOException {
      return step(() -> appender.append(value));
    }

    Rows add(boolean value) throws IOException {
      return step(() -> appender.append(value));
    }

    Rows add(String value) throws IOException {
      return step(() -> appender.append(value));
    }

    Rows end() throws IOException {
      return step(appender::endRow);
    }

    /** Puts what was added into the table. */
    void close() throws IOException {
      if (!closed) {
        closed = true;
        step(appender::close);
      }
    }
  }
}
