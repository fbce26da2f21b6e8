package io.pouchtwin.app;

import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.app.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pouchtwin api-key}: makes a key for a caller of the API. The key itself is shown once and kept nowhere; the server knows its hash. */
@Command(
        name = "api-key",
        description = "Makes an API key and the line by which the server knows it.",
        mixinStandardHelpOptions = true)
final class ApiKeyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "of the caller: letters, digits and . _ @ -")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "viewer or operator (default: ${DEFAULT-VALUE})")
    private Role role = Role.VIEWER;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "file of api.access.keys-file, to which the line is added; without, the line is printed")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        NewApiKey made;
        try {
            made = NewApiKey.make(name, role);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("flag", "NAME is \"" + name + "\": " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter notes = spec.commandLine().getErr();
        if (file == null) {
            notes.println(
                    "For the caller, as Authorization: Bearer KEY (shown once), then the line for the file of api.access.keys-file:");
            out.println(made.key());
            out.println(made.line());
        } else {
            Files.writeString(
                    file, made.line() + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            notes.println(file + " has its line; a running API reads it within 10 s. For the caller (shown once):");
            out.println(made.key());
        }
        out.flush();
        notes.flush();
        return 0;
    }
}
