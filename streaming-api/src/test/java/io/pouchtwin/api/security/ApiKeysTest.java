package io.pouchtwin.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    @TempDir
    private Path directory;

    @Test
    void aKeyIsKnownByItsHashAlone() {
        NewApiKey made = NewApiKey.make("anna@lab", Role.OPERATOR);
        ApiKeys keys = ApiKeys.parse("# keys\n\n" + made.line() + "  # since May\n");
        assertThat(keys.find(made.key())).contains(new Caller("anna@lab", Role.OPERATOR, Caller.Kind.KEY));
        assertThat(made.line()).doesNotContain(made.key()).contains("sha256:");
        assertThat(made.toString()).doesNotContain(made.key());
    }

    @Test
    void theHashItselfIsNoKey() {
        NewApiKey made = NewApiKey.make("anna", Role.VIEWER);
        ApiKeys keys = ApiKeys.parse(made.line());
        assertThat(keys.find(ApiKeys.hash(made.key()))).isEmpty();
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find(made.key() + " ")).isEmpty();
    }

    @Test
    void keysAreLongAndNeverTheSame() {
        assertThat(NewApiKey.make("a", Role.VIEWER).key())
                .hasSizeGreaterThanOrEqualTo(46)
                .isNotEqualTo(NewApiKey.make("a", Role.VIEWER).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "anna operator",
                "anna admin sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "anna operator hunter2",
                "a,b viewer sha256:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void aWrongLineIsNamedByItsNumberAndNotShown(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.parse("# remark\n" + line))
                .withMessageContaining("line 2")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void aKeyIsWithdrawnByDeletingItsLine() throws IOException {
        NewApiKey stays = NewApiKey.make("stays", Role.VIEWER);
        NewApiKey goes = NewApiKey.make("goes", Role.VIEWER);
        Path file = Files.writeString(directory.resolve("keys"), stays.line() + "\n" + goes.line());
        KeyFile keys = new KeyFile(file);
        assertThat(keys.keys().find(goes.key())).isPresent();
        Files.writeString(file, stays.line());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        keys.refresh();
        assertThat(keys.keys().find(goes.key())).isEmpty();
        assertThat(keys.keys().find(stays.key())).isPresent();
    }

    @Test
    void aFileThatBreaksWhileRunningChangesNothing() throws IOException {
        NewApiKey made = NewApiKey.make("anna", Role.VIEWER);
        Path file = Files.writeString(directory.resolve("keys"), made.line());
        KeyFile keys = new KeyFile(file);
        Files.writeString(file, "nonsense");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        keys.refresh();
        assertThat(keys.keys().find(made.key())).isPresent();
    }

    @Test
    void aFileWithoutAKeyOrNoFileIsRefusedAtTheStart() throws IOException {
        Path empty = Files.writeString(directory.resolve("keys"), "# nobody\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyFile(empty))
                .withMessageContaining("api.access.keys-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyFile(directory.resolve("none")))
                .withMessageContaining("api.access.keys-file");
    }
}
