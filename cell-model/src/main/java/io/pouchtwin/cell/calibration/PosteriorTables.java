package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.Calibration.Options;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PouchProblem.PouchUnknown;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/** Turns the clouds of unknowns into one table per cell design. */
final class PosteriorTables {
    private static final double OHM_CM2 = 1e-4;

    private final Options options;
    private final CoinProblem coins;
    private final MapEstimate coinFit;
    private final Cloud coinCloud;
    private final PouchProblem pouch;
    private final MapEstimate pouchFit;
    private final Cloud pouchCloud;

    PosteriorTables(
            Options options,
            CoinProblem coins,
            MapEstimate coinFit,
            Cloud coinCloud,
            PouchProblem pouch,
            MapEstimate pouchFit,
            Cloud pouchCloud) {
        this.options = options;
        this.coins = coins;
        this.coinFit = coinFit;
        this.coinCloud = coinCloud;
        this.pouch = pouch;
        this.pouchFit = pouchFit;
        this.pouchCloud = pouchCloud;
    }

    List<Posterior> all() {
        Posterior coin = coin("coin-ncm523-ppla", Membrane.PPLA);
        Posterior fitted = pouch("pouch-ncm523-ppla", "fitted to capacity and 0.2 C retention of the 1.2 Ah pouch");
        List<Posterior> all = new ArrayList<>(
                List.of(coin, coin("coin-ncm523-ppl", Membrane.PPL), coin("coin-ncm523-pl", Membrane.PL), fitted));
        all.addAll(new SisterDesigns(options.seed()).of(coin, fitted));
        return List.copyOf(all);
    }

    private Posterior coin(String design, Membrane membrane) {
        String basis = membrane == Membrane.PPLA
                ? "fitted to six rates, three retentions, 15 mg/cm2 cell, symmetric lives"
                : "material of the PPLA coins; film growth by the power of the Li||Cu loss that fits PPL's retention";
        List<double[]> rows = coinCloud.scores().stream()
                .map(z -> coinRow(coins.values(z), membrane))
                .toList();
        return new Posterior(
                design, provenance(basis), columns(), coinRow(coins.values(coinFit.scores()), membrane), rows);
    }

    private Posterior pouch(String design, String basis) {
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < pouchCloud.scores().size(); k++) {
            int material = pouchCloud.numbers().get(k) % coinCloud.scores().size();
            double[] coin = coins.values(coinCloud.scores().get(material));
            rows.add(pouchRow(coin, pouch.values(pouchCloud.scores().get(k))));
        }
        double[] most = pouchRow(coins.values(coinFit.scores()), pouch.values(pouchFit.scores()));
        return new Posterior(design, provenance(basis), columns(), most, rows);
    }

    private Map<String, String> provenance(String basis) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("command", "pouchtwin calibrate --seed " + options.seed() + " --members " + options.members());
        p.put(
                "facts",
                "facts.csv with CRC-32 " + factsChecksum() + ", Nie et al., Adv. Mater. 2025, 10.1002/adma.202504092");
        p.put("basis", basis);
        p.put("units", "SI");
        return p;
    }

    /** Which version of the facts the files were made from. */
    static String factsChecksum() {
        try (InputStream in = PaperFacts.class.getResourceAsStream("/io/pouchtwin/cell/facts.csv")) {
            CRC32 sum = new CRC32();
            sum.update(Objects.requireNonNull(in, "facts.csv").readAllBytes());
            return String.format(Locale.ROOT, "%08x", sum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (MemberParameter p : MEMBER_COLUMNS) {
            columns.add(Posterior.column(p));
        }
        columns.addAll(Posterior.AGEING);
        columns.add("upper_voltage_v");
        return List.copyOf(columns);
    }

    private static final List<MemberParameter> MEMBER_COLUMNS = List.of(
            MemberParameter.DIFFUSIVITY_FACTOR,
            MemberParameter.DIFFUSIVITY_SLOPE_CHANGE,
            MemberParameter.CATHODE_EXCHANGE_FACTOR,
            MemberParameter.ACTIVE_FRACTION_FACTOR,
            MemberParameter.LITHIUM_EXCHANGE_FACTOR,
            MemberParameter.MEMBRANE_RESISTANCE_FACTOR,
            MemberParameter.PORE_TRANSPORT_FACTOR,
            MemberParameter.FILM_RESISTANCE,
            MemberParameter.CONTACT_RESISTANCE,
            MemberParameter.PLATING_EFFICIENCY);

    private double[] coinRow(double[] v, Membrane membrane) {
        double ratio = coins.cells().lossRatio(membrane);
        Map<MemberParameter, Double> p = CoinCells.material(v);
        p.put(MemberParameter.ACTIVE_FRACTION_FACTOR, CoinUnknown.LOADING.in(v));
        p.put(MemberParameter.PORE_TRANSPORT_FACTOR, 1.0);
        double loss = CoinUnknown.LITHIUM_LOSS.in(v) * ratio;
        p.put(MemberParameter.PLATING_EFFICIENCY, 1 - loss);
        double growth = CoinUnknown.FILM_GROWTH.in(v) * CoinCells.power(ratio, CoinUnknown.LOSS_POWER.in(v));
        return row(p, v, membrane, growth * OHM_CM2, loss, CoinUnknown.CATHODE_LOSS.in(v));
    }

    private double[] pouchRow(double[] coin, double[] v) {
        PouchProblem own = pouch.withCoin(coin);
        Map<MemberParameter, Double> p = own.members(v);
        p.put(MemberParameter.ACTIVE_FRACTION_FACTOR, PouchUnknown.LOADING.in(v));
        p.put(MemberParameter.PLATING_EFFICIENCY, 1 - PouchUnknown.LITHIUM_LOSS.in(v));
        return row(p, coin, Membrane.PPLA, own.growthAtReferenceOhmM2(v), own.lossAtReference(v), own.cathodeLoss(v));
    }

    private double[] row(
            Map<MemberParameter, Double> p,
            double[] coin,
            Membrane membrane,
            double growthOhmM2,
            double lossShare,
            double cathodeLoss) {
        List<Double> row = new ArrayList<>();
        for (MemberParameter m : MEMBER_COLUMNS) {
            Double value = p.get(m);
            if (value == null) {
                throw new IllegalStateException("no value for " + m);
            }
            row.add(value);
        }
        row.add(growthOhmM2);
        row.add(lossShare);
        row.add(CoinUnknown.FILM_CHARGE_EXPONENT.in(coin));
        row.add(CoinUnknown.FILM_CURRENT_EXPONENT.in(coin));
        row.add(CoinUnknown.SETTLING_SHARE.in(coin));
        row.add(CoinUnknown.SETTLING_CYCLES.in(coin));
        row.add(cathodeLoss);
        row.add(CoinUnknown.DEPTH_EXPONENT.in(coin));
        row.add(coins.cells().shorting(coin, membrane).criticalCurrentDensity());
        row.add(CoinUnknown.DAMAGE_LIFE.in(coin) * 3600);
        row.add(CoinUnknown.DAMAGE_EXPONENT.in(coin));
        row.add(CoinUnknown.UPPER_VOLTAGE.in(coin));
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
