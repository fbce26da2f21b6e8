package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.Calibration.Options;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.calibration.PouchProblem.PouchUnknown;
import io.pouchtwin.cell.math.Philox;
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
    private final CellToCell cells;

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
        this.cells = new CellToCell(options.seed());
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
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < coinCloud.scores().size(); k++) {
            rows.add(coinRow(coins.values(coinCloud.scores().get(k)), membrane, pores(k), cells.pace(k)));
        }
        return new Posterior(
                design, provenance(basis), columns(), coinRow(coins.values(coinFit.scores()), membrane, 1, 1), rows);
    }

    private Posterior pouch(String design, String basis) {
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < pouchCloud.scores().size(); k++) {
            int material = pouchCloud.numbers().get(k) % coinCloud.scores().size();
            double[] coin = coins.values(coinCloud.scores().get(material));
            rows.add(pouchRow(coin, pouch.values(pouchCloud.scores().get(k)), cells.pace(k)));
        }
        double[] most = pouchRow(coins.values(coinFit.scores()), pouch.values(pouchFit.scores()), 1);
        return new Posterior(design, provenance(basis), columns(), most, rows);
    }

    private Map<String, String> provenance(String basis) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("command", options.command());
        p.put(
                "facts",
                "facts.csv with CRC-32 " + factsChecksum() + ", Nie et al., Adv. Mater. 2025, 10.1002/adma.202504092");
        p.put("basis", basis);
        p.put(
                "cell to cell",
                "a cell like the one tested, at its own pace of ageing: the rates of ageing contain the column ageing_pace, whose logarithm has the assumed standard deviation "
                        + CellToCell.PACE_SIGMA + "; coins also differ in loading (standard deviation of the logarithm "
                        + CoinUnknown.LOADING_SPREAD + ") and first contact (" + CoinUnknown.CONTACT_SPREAD
                        + "), which is not in these rows");
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
        columns.add("ageing_pace");
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

    /** Transport in the pores relative to the parameter set's: a coin's thin cathode does not see it, so its members have the spread of {@link PouchUnknown#PORES} from before the data. */
    private double pores(int member) {
        return PouchUnknown.PORES
                .unknown()
                .value(Philox.of(options.seed(), "pores").normal(member, 0, 0, 0));
    }

    private double[] coinRow(double[] values, Membrane membrane, double pores, double pace) {
        double[] v = CellToCell.paced(values, pace);
        double ratio = coins.cells().lossRatio(membrane);
        Map<MemberParameter, Double> p = CoinCells.material(v);
        p.put(MemberParameter.ACTIVE_FRACTION_FACTOR, CoinUnknown.LOADING.in(v));
        p.put(MemberParameter.PORE_TRANSPORT_FACTOR, pores);
        double loss = CoinUnknown.LITHIUM_LOSS.in(v) * ratio;
        p.put(MemberParameter.PLATING_EFFICIENCY, 1 - loss);
        double growth = CoinUnknown.FILM_GROWTH.in(v) * CoinCells.power(ratio, CoinUnknown.LOSS_POWER.in(v));
        return row(p, v, membrane, new Rates(growth * OHM_CM2, loss, CoinUnknown.CATHODE_LOSS.in(v), pace));
    }

    private double[] pouchRow(double[] coin, double[] v, double pace) {
        PouchProblem own = pouch.withCoin(coin);
        Map<MemberParameter, Double> p = own.members(v);
        p.put(MemberParameter.ACTIVE_FRACTION_FACTOR, PouchUnknown.LOADING.in(v));
        p.put(MemberParameter.PLATING_EFFICIENCY, 1 - pace * PouchUnknown.LITHIUM_LOSS.in(v));
        Rates rates = new Rates(
                pace * own.growthAtReferenceOhmM2(v), pace * own.lossAtReference(v), pace * own.cathodeLoss(v), pace);
        return row(p, CellToCell.paced(coin, pace), Membrane.PPLA, rates);
    }

    /**
     * How fast a cell ages.
     *
     * @param growthOhmM2 of the film per cycle of the reference load [ohm m2]
     * @param lossShare of lithium per plated lithium there [1]
     * @param cathodeLoss per cycle of the reference depth [1]
     * @param pace that these three already contain [1]
     */
    private record Rates(double growthOhmM2, double lossShare, double cathodeLoss, double pace) {}

    private double[] row(Map<MemberParameter, Double> p, double[] coin, Membrane membrane, Rates rates) {
        List<Double> row = new ArrayList<>();
        for (MemberParameter m : MEMBER_COLUMNS) {
            Double value = p.get(m);
            if (value == null) {
                throw new IllegalStateException("no value for " + m);
            }
            row.add(value);
        }
        row.add(rates.growthOhmM2());
        row.add(rates.lossShare());
        row.add(CoinUnknown.FILM_CHARGE_EXPONENT.in(coin));
        row.add(CoinUnknown.FILM_CURRENT_EXPONENT.in(coin));
        row.add(CoinUnknown.SETTLING_SHARE.in(coin));
        row.add(CoinUnknown.SETTLING_CYCLES.in(coin));
        row.add(rates.cathodeLoss());
        row.add(CoinUnknown.DEPTH_EXPONENT.in(coin));
        row.add(coins.cells().shorting(coin, membrane).criticalCurrentDensity());
        row.add(CoinUnknown.DAMAGE_LIFE.in(coin) * 3600);
        row.add(CoinUnknown.DAMAGE_EXPONENT.in(coin));
        row.add(CoinUnknown.UPPER_VOLTAGE.in(coin));
        row.add(rates.pace());
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
