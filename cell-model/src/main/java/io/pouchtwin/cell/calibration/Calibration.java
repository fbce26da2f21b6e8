package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Fits the parameter sets to the paper's numbers: {@code pouchtwin calibrate}. */
public final class Calibration {
    /** The designs that get a posterior. */
    public static final List<String> DESIGNS = List.of(
            "coin-ncm523-ppla",
            "coin-ncm523-ppl",
            "coin-ncm523-pl",
            "pouch-ncm523-ppla",
            "coin-ncm523-ppla-15mg",
            "pouch-5c-ncm523-ppla",
            "pouch-ncm811-ppla",
            "coin-lrm-ppla");

    private Calibration() {}

    /**
     * How much, and from which seed.
     *
     * @param seed of all random draws
     * @param members of the posterior ensembles
     * @param walkSteps of each member's Markov chain
     */
    public record Options(long seed, int members, int walkSteps) {
        /** What the shipped files were made with. */
        public static Options standard() {
            return new Options(523, 64, 20);
        }

        /** The command that repeats it. */
        String command() {
            return "pouchtwin calibrate --seed " + seed + " --members " + members + " --walk " + walkSteps;
        }
    }

    /**
     * What came out.
     *
     * @param options that it was made with
     * @param coins the coins' problem
     * @param coinFit most probable values of the coins' unknowns
     * @param coinCloud their posterior
     * @param pouch the pouch's problem, with the material of the most probable coin
     * @param pouchFit most probable values of the pouch's unknowns
     * @param pouchCloud their posterior
     * @param identifiability of the coins' unknowns
     * @param posteriors one per design
     */
    public record Result(
            Options options,
            CoinProblem coins,
            MapEstimate coinFit,
            Cloud coinCloud,
            PouchProblem pouch,
            MapEstimate pouchFit,
            Cloud pouchCloud,
            Identifiability identifiability,
            List<Posterior> posteriors) {
        /** What a person wants to know first: facts beside the most probable cell. */
        public String summary() {
            StringBuilder text = new StringBuilder();
            lines(text, coins.data(), coinFit);
            lines(text, pouch.data(), pouchFit);
            text.append(String.format(
                    Locale.ROOT,
                    "the facts see %d of %d directions; the others keep what was believed before%n",
                    identifiability.seen(),
                    identifiability.directions().size()));
            return text.toString();
        }

        private static void lines(StringBuilder text, List<Datum> data, MapEstimate fit) {
            for (int k = 0; k < data.size(); k++) {
                Datum d = data.get(k);
                text.append(String.format(
                        Locale.ROOT,
                        "%-20s %s %8.5g %-6s  model %8.5g%n",
                        d.key(),
                        d.relation() == Datum.Relation.AT_LEAST_LOG ? "at least" : "        ",
                        d.value(),
                        d.unit(),
                        fit.predictions()[k]));
            }
        }
    }

    /** Runs the whole calibration; the progress receives a line whenever something worth telling is done. */
    public static Result run(Options options, Consumer<String> progress) {
        DenseAlgebra algebra = new Nd4jAlgebra();
        CoinProblem coins = new CoinProblem();
        progress.accept("coins: most probable values of " + coins.unknowns().size() + " unknowns from "
                + coins.data().size() + " facts");
        MapEstimate coinFit = MapEstimate.find(coins, coins.data(), CoinProblem.start());
        progress.accept(fitted("coins", coinFit));
        Cloud coinCloud = new PosteriorSampler(coins, coins.data(), algebra, manner(options, "coins", progress))
                .draw(coinFit, options.members());
        progress.accept(drawn("coins", coinCloud));
        PouchProblem pouch = new PouchProblem(coins.values(coinFit.scores()));
        MapEstimate pouchFit = MapEstimate.find(
                pouch, pouch.data(), new double[pouch.unknowns().size()]);
        progress.accept(fitted("pouch", pouchFit));
        List<double[]> materials = coinCloud.scores();
        Cloud pouchCloud = new PosteriorSampler(
                        k -> pouch.withCoin(coins.values(materials.get(k % materials.size()))),
                        pouch.data(),
                        algebra,
                        manner(options, "pouch", progress))
                .draw(pouchFit, options.members());
        progress.accept(drawn("pouch", pouchCloud));
        Identifiability identifiability = Identifiability.of(coinFit.jacobian(), algebra);
        PosteriorTables tables = new PosteriorTables(options, coins, coinFit, coinCloud, pouch, pouchFit, pouchCloud);
        List<Posterior> posteriors = tables.all();
        progress.accept("posteriors of " + posteriors.size() + " designs are ready");
        return new Result(options, coins, coinFit, coinCloud, pouch, pouchFit, pouchCloud, identifiability, posteriors);
    }

    private static PosteriorSampler.Manner manner(Options options, String what, Consumer<String> progress) {
        return new PosteriorSampler.Manner(
                options.seed(), options.walkSteps(), line -> progress.accept(what + ": " + line));
    }

    private static String fitted(String what, MapEstimate fit) {
        return String.format(
                Locale.ROOT,
                "%s: misfit %.2f, prior %.2f after %d evaluations; drawing members",
                what,
                fit.dataCost(),
                fit.priorCost(),
                fit.evaluations());
    }

    private static String drawn(String what, Cloud cloud) {
        return String.format(
                Locale.ROOT,
                "%s: %d beginnings thrown away, %.0f %% of the walks' steps taken",
                what,
                cloud.rejected(),
                100 * cloud.accepted());
    }

    /** Writes one file per design that is wanted into a folder; returns the files. */
    public static List<Path> write(Result result, Path folder, Predicate<String> wanted) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (Posterior posterior : result.posteriors()) {
            if (wanted.test(posterior.design())) {
                Path file = folder.resolve(posterior.design() + ".csv");
                Files.writeString(file, PosteriorFile.text(posterior), StandardCharsets.UTF_8);
                files.add(file);
            }
        }
        return List.copyOf(files);
    }
}
