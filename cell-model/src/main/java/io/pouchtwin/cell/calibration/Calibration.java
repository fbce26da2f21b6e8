package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Fits the parameter sets to the paper's numbers: {@code pouchtwin calibrate}. */
public final class Calibration {
    private Calibration() {}

    /**
     * How much, and from which seed.
     *
     * @param seed of all random draws
     * @param members of the posterior ensembles
     */
    public record Options(long seed, int members) {
        /** What the shipped files were made with. */
        public static Options standard() {
            return new Options(523, 64);
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
            List<Posterior> posteriors) {}

    /** Runs the whole calibration; the progress receives a line whenever a new part begins. */
    public static Result run(Options options, Consumer<String> progress) {
        DenseAlgebra algebra = new Nd4jAlgebra();
        CoinProblem coins = new CoinProblem();
        progress.accept("coins: most probable values of " + coins.unknowns().size() + " unknowns from "
                + coins.data().size() + " facts");
        MapEstimate coinFit = MapEstimate.find(coins, coins.data(), CoinProblem.start());
        progress.accept(String.format(
                Locale.ROOT,
                "coins: misfit %.1f, prior %.1f; drawing %d members",
                coinFit.dataCost(),
                coinFit.priorCost(),
                options.members()));
        Cloud coinCloud =
                new PosteriorSampler(coins, coins.data(), algebra, options.seed()).draw(coinFit, options.members());
        progress.accept("coins: " + coinCloud.rejected() + " draws rejected; pouch");
        PouchProblem pouch = new PouchProblem(coins.values(coinFit.scores()));
        MapEstimate pouchFit = MapEstimate.find(
                pouch, pouch.data(), new double[pouch.unknowns().size()]);
        List<double[]> materials = coinCloud.scores();
        Cloud pouchCloud = new PosteriorSampler(
                        k -> pouch.withCoin(coins.values(materials.get(k % materials.size()))),
                        pouch.data(),
                        algebra,
                        options.seed())
                .draw(pouchFit, options.members());
        progress.accept("pouch: " + pouchCloud.rejected() + " draws rejected");
        Identifiability identifiability = Identifiability.of(coinFit.jacobian(), algebra);
        PosteriorTables tables = new PosteriorTables(options, coins, coinFit, coinCloud, pouch, pouchFit, pouchCloud);
        return new Result(
                options, coins, coinFit, coinCloud, pouch, pouchFit, pouchCloud, identifiability, tables.all());
    }

    /** Writes one file per design into a folder; returns the files. */
    public static List<Path> write(Result result, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = result.posteriors().stream()
                .map(p -> folder.resolve(p.design() + ".csv"))
                .toList();
        for (int k = 0; k < files.size(); k++) {
            Files.writeString(
                    files.get(k), PosteriorFile.text(result.posteriors().get(k)), StandardCharsets.UTF_8);
        }
        return files;
    }
}
