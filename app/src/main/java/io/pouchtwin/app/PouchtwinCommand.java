package io.pouchtwin.app;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code pouchtwin} command. Exit status 0 only on success: 1 when something failed, 2 when the call or the configuration is wrong. */
@Command(
        name = "pouchtwin",
        description = "A real-time digital twin of fast-charging battery cells under test.",
        mixinStandardHelpOptions = true,
        versionProvider = PouchtwinCommand.Version.class,
        footer = {
            "",
            "'./pouchtwin test' builds and runs every check.",
            "'./pouchtwin COMMAND --help' explains a command."
        },
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            RoleCommands.GatewayRole.class,
            RoleCommands.IngestRole.class,
            RoleCommands.EngineRole.class,
            RoleCommands.HistoryRole.class,
            RoleCommands.ApiRole.class,
            ParamsCommand.class,
            CalibrateCommand.class,
            ValidateCommand.class,
            BenchCommand.class,
            ApiKeyCommand.class,
            ConfigCommand.class,
            WatchdogCommand.class
        })
public final class PouchtwinCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        return new CommandLine(new PouchtwinCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureReport());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    /** The version that stands in the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PouchtwinCommand.class.getPackage().getImplementationVersion();
            return new String[] {"pouchtwin " + Objects.requireNonNullElse(version, "(not from a jar)")};
        }
    }
}
