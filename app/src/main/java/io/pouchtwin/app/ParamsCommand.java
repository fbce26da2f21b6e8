package io.pouchtwin.app;

import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pouchtwin params}: the parameter sets of the shipped cells, with unit, source and spread of every value. */
@Command(
        name = "params",
        description = "Lists, shows, compares and validates the parameter sets of the shipped cells.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show DESIGN | compare A B | validate)")
final class ParamsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        list();
    }

    @Command(description = "One line for each shipped cell.", mixinStandardHelpOptions = true)
    void list() {
        PrintWriter out = out();
        for (ParameterLibrary.Entry entry : ParameterLibrary.shipped().list()) {
            out.printf("%-24s %-16s %s%n", entry.design(), entry.kind().label(), entry.title());
        }
    }

    @Command(
            description = "Every value of one cell, with unit, spread, status and source.",
            mixinStandardHelpOptions = true)
    void show(@Parameters(paramLabel = "DESIGN", description = "name of a cell, see 'params list'") String design) {
        ParameterSet set = ParameterLibrary.shipped().load(design);
        PrintWriter out = out();
        out.printf("%s: %s (%s)%n", set.design(), set.title(), set.kind().label());
        if (!set.note().isBlank()) {
            out.println(set.note().strip());
        }
        out.println();
        for (ParameterValue value : set.values().values()) {
            out.printf(
                    "%-44s %-32s %-11s %s%n",
                    value.key(), shown(value), value.status().name().toLowerCase(Locale.ROOT), value.source());
            if (!value.note().isBlank()) {
                out.printf("%-44s   %s%n", "", value.note().strip());
            }
        }
    }

    @Command(description = "The values in which two cells differ.", mixinStandardHelpOptions = true)
    void compare(
            @Parameters(paramLabel = "A", description = "name of a cell") String left,
            @Parameters(paramLabel = "B", description = "name of another cell") String right) {
        List<ParameterLibrary.Difference> differences =
                ParameterLibrary.shipped().compare(left, right);
        PrintWriter out = out();
        out.printf("%-44s %-28s %s%n", "", left, right);
        for (ParameterLibrary.Difference difference : differences) {
            out.printf("%-44s %-28s %s%n", difference.key(), difference.left(), difference.right());
        }
        if (differences.isEmpty()) {
            out.println("no difference");
        }
    }

    @Command(
            description = "Checks every shipped cell; exit status 1 if one cannot be used.",
            mixinStandardHelpOptions = true)
    int validate() {
        PrintWriter out = out();
        boolean allOk = true;
        for (ParameterLibrary.Check check : ParameterLibrary.shipped().validate()) {
            allOk &= check.ok();
            out.printf("%-24s %s%n", check.design(), check.ok() ? check.values() + " values, ok" : check.problem());
        }
        return allOk ? 0 : 1;
    }

    private static String shown(ParameterValue value) {
        if (value.isLaw()) {
            return value.law();
        }
        String spread = switch (value.spread().law()) {
            case NONE -> "";
            case NORMAL -> " +- " + number(value.spread().sigma());
            case LOGNORMAL -> " */ " + number(Math.exp(value.spread().sigma()));
        };
        return number(value.value()) + spread + " " + value.unit().symbol();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value)
                .replaceAll("(\\.\\d*?)0+($|e)", "$1$2")
                .replaceAll("\\.($|e)", "$1");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
