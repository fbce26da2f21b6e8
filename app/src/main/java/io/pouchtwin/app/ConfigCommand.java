package io.pouchtwin.app;

import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ConfigReader;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pouchtwin config}: the configuration as it would be used, after file, environment and flags; checked. */
@Command(
        name = "config",
        description = "Checks the configuration and prints it whole, defaults included.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        AppConfig config = options.read();
        PrintWriter out = spec.commandLine().getOut();
        out.print(new ConfigReader(config).toYaml());
        out.flush();
    }
}
