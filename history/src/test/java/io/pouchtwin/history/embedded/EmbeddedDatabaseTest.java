package io.pouchtwin.history.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pouchtwin.history.Database;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.HistorySchema;
import io.pouchtwin.history.Retention;
import io.pouchtwin.history.schema.HistoryTables;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path directory;

    private DatabaseSettings settings(int pgPort) {
        return new DatabaseSettings(directory, 0, pgPort, "writer", "secret", "reader", "reader", 256 << 20);
    }

    @Test
    void itKeepsItsTablesAcrossARestartAndLetsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(settings(0))) {
            Database database = new Database(server.address());
            new HistorySchema(database, Retention.FOR_EVER).ensure();
            new HistorySchema(database, Retention.FOR_EVER).ensure();
            DatabaseAddress stranger = new DatabaseAddress(server.address().url(), "", "");
            assertThatThrownBy(() -> new Database(stranger).execute("SELECT 1")).hasMessageContaining("401");
        }
        try (EmbeddedDatabase server = EmbeddedDatabase.start(settings(0))) {
            Database database = new Database(server.address());
            for (var table : HistoryTables.all()) {
                assertThat(database.execute("SELECT count() FROM " + table.name())
                                .at("/dataset/0/0")
                                .asLong())
                        .isZero();
            }
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsTurnedAway() {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(settings(0))) {
            assertThat(server.pgPort()).isPositive();
            assertThatThrownBy(() -> EmbeddedDatabase.start(settings(0)))
                    .isInstanceOfSatisfying(
                            DatabaseStartException.class,
                            e -> assertThat(e.code()).isEqualTo(DatabaseStartException.Code.DIRECTORY_IN_USE));
        }
    }

    @Test
    void aPortInUseIsNamedWithTheFlagThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(settings(taken.getLocalPort())))
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("--set history.pg-port=");
        }
    }
}
