package io.pouchtwin.app;

import io.pouchtwin.app.config.AppConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags by which every command takes its configuration. */
final class ConfigOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML configuration file; 'pouchtwin config' prints all keys with their defaults")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "sets one key over the file, for example --set api.port=8081; may be repeated")
    private List<String> assignments = List.of();

    AppConfig read() {
        return AppConfig.read(file, System.getenv(), assignments);
    }
}
