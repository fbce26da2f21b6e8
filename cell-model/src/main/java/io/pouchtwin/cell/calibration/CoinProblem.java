package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.CyclingProtocol;
import io.pouchtwin.cell.ageing.LithiumInventory;
import io.pouchtwin.cell.ageing.ReducedCycler;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.ShortingDamage;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All coin and symmetric cells of the paper, with one set of mechanisms and constants.
 *
 * <p>Coins are charged and discharged at the same constant current between 2.8 V and the unknown upper limit: the paper's text does not give the protocol. Started from a full charge instead, every discharge would end by diffusion
 * alone, and neither film nor contact could cost capacity.
 */
public final class CoinProblem implements Problem {
    /** Rates of the table [C]. */
    static final double[] RATES = {0.2, 0.5, 1, 2, 5, 10};

    static final double VOLTAGE_MIN = 2.8;
    static final double AMBIENT_K = 298.15;
    static final int LIFE_STEPS = 10;
    /** Charge per sub-step while fitting: twice as fast as the twin's steps and 0.14 mAh/g from them at most. */
    static final double COARSE = 0.002;

    private static final double PLENTY = 1e9;
    /** Damage that counts seconds of plating. */
    static final ShortingDamage PLATING_CLOCK = new ShortingDamage(1, 1, 0);

    private static final double DEAD_BELOW = 0.2;

    private final CoinCells cells;
    private final Map<Membrane, ReducedCell> coins = new EnumMap<>(Membrane.class);
    private final ReducedCell thick;
    private final List<Datum> data;
    private final PartCache cache = new PartCache();

    /** With the time steps that fitting uses. */
    public CoinProblem() {
        this(options -> options.withLongSubSteps(COARSE));
    }

    /** With the time steps that the twin uses: the same cells, slower. */
    static CoinProblem fine() {
        return new CoinProblem(options -> options);
    }

    /** Reads parameter sets and facts that come with the program. */
    private CoinProblem(UnaryOperator<ReducedOptions> steps) {
        PaperFacts facts = PaperFacts.load();
        ParameterLibrary library = ParameterLibrary.shipped();
        cells = new CoinCells(facts);
        coins.put(Membrane.PPLA, coin(library, "coin-ncm523-ppla", steps));
        coins.put(Membrane.PPL, coin(library, "coin-ncm523-ppl", steps));
        coins.put(Membrane.PL, coin(library, "coin-ncm523-pl", steps));
        CellParameters heavy = library.cell("coin-ncm523-ppla-15mg");
        thick = ReducedCell.of(heavy, steps.apply(ReducedOptions.standard(heavy)));
        data = CoinFacts.data(facts);
    }

    private static ReducedCell coin(ParameterLibrary library, String design, UnaryOperator<ReducedOptions> steps) {
        // a 10 um cathode: one particle gives what four give, to 0.03 mAh/g at 10 C
        return ReducedCell.of(library.cell(design), steps.apply(ReducedOptions.THIN.withNodes(1)));
    }

    @Override
    public String name() {
        return "coins";
    }

    @Override
    public List<Unknown> unknowns() {
        return CoinUnknown.all();
    }

    @Override
    public List<Datum> data() {
        return data;
    }

    @Override
    public double[] predict(double[] v) {
        List<Double> p = new ArrayList<>();
        for (double rate : RATES) {
            p.add(rateCapacity(v, rate));
        }
        p.add(thickCapacity(v));
        CycleLife.Life oneC = life(v, Test.PPLA_1C);
        CycleLife.Life fiveC = life(v, Test.PPLA_5C);
        CycleLife.Life tenC = life(v, Test.PPLA_10C);
        CycleLife.Life ppl = life(v, Test.PPL_1C);
        p.add(startCapacity(v, fiveC, Test.PPLA_5C));
        p.add(startCapacity(v, tenC, Test.PPLA_10C));
        p.add(100 * oneC.retention(500));
        p.add(100 * fiveC.retention(1000));
        p.add(100 * tenC.retention(1300));
        p.add(100 * ppl.retention(500));
        p.add(lifeCycles(v, Test.PL_1C));
        double current = CoinUnknown.SYMMETRIC_CURRENT.in(v) * 10;
        for (Membrane m : Membrane.values()) {
            p.add(cells.shorting(v, m).symmetricLifeS(current) / 3600);
        }
        p.add(shortCycle(v, oneC, Test.PPLA_1C));
        p.add(shortCycle(v, fiveC, Test.PPLA_5C));
        p.add(shortCycle(v, tenC, Test.PPLA_10C));
        p.add(shortCycle(v, ppl, Test.PPL_1C));
        return p.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Standard scores to start the optimiser from: the prior's middle, but a poor contact in the 10 C cell and a film that grows much faster in PPL, without which the way is long. */
    static double[] start() {
        double[] z = new double[CoinUnknown.values().length];
        set(z, CoinUnknown.CONTACT_10C, 1.9);
        set(z, CoinUnknown.LOADING_10C, -1);
        set(z, CoinUnknown.LOADING_5C, 1);
        set(z, CoinUnknown.LOSS_POWER, 1.7);
        set(z, CoinUnknown.SETTLING_SHARE, 2);
        return z;
    }

    @SuppressWarnings("EnumOrdinal")
    private static void set(double[] scores, CoinUnknown unknown, double score) {
        scores[unknown.ordinal()] = score;
    }

    /** The long tests on coins. */
    enum Test {
        PPLA_1C(Membrane.PPLA, 1, 500, CoinUnknown.LOADING_1C, CoinUnknown.CONTACT_1C),
        PPLA_5C(Membrane.PPLA, 5, 1000, CoinUnknown.LOADING_5C, CoinUnknown.CONTACT_5C),
        PPLA_10C(Membrane.PPLA, 10, 1300, CoinUnknown.LOADING_10C, CoinUnknown.CONTACT_10C),
        PPL_1C(Membrane.PPL, 1, 500, CoinUnknown.LOADING_1C, CoinUnknown.CONTACT_1C),
        PL_1C(Membrane.PL, 1, 150, CoinUnknown.LOADING_1C, CoinUnknown.CONTACT_1C);

        final Membrane membrane;
        final double rate;
        final int cycles;
        final CoinUnknown loading;
        final CoinUnknown contact;

        Test(Membrane membrane, double rate, int cycles, CoinUnknown loading, CoinUnknown contact) {
            this.membrane = membrane;
            this.rate = rate;
            this.cycles = cycles;
            this.loading = loading;
            this.contact = contact;
        }
    }

    /** Discharge capacity of the rate-table cell [mAh/g]. */
    double rateCapacity(double[] v, double rate) {
        return cache.value("rate" + rate, v, CoinUnknown.DIFFUSIVITY, CoinUnknown.MEMBRANE, List.of(), () -> {
            ReducedCell cell = coin(Membrane.PPLA);
            ReducedCycler cycler = cycler(v, cell, CoinCells.cell(v, 1, 1), Membrane.PPLA, rate);
            double charge = cycler.resolve(SlowState.fresh(PLENTY)).dischargeCPerM2();
            return specific(charge, cell.parameters(), CoinUnknown.LOADING.in(v));
        });
    }

    /** Discharge capacity of the 15 mg/cm2 cell at its unknown rate [mAh/g]; its loading is stated. */
    private double thickCapacity(double[] v) {
        return cache.value(
                "thick", v, CoinUnknown.DIFFUSIVITY, CoinUnknown.MEMBRANE, List.of(CoinUnknown.RATE_15MG), () -> {
                    CellVariation cell = new CellVariation(CoinCells.material(v), 1, 0);
                    ReducedCycler cycler = cycler(v, thick, cell, Membrane.PPLA, CoinUnknown.RATE_15MG.in(v));
                    double charge = cycler.resolve(SlowState.fresh(PLENTY)).dischargeCPerM2();
                    return specific(charge, thick.parameters(), 1);
                });
    }

    /** The life of a test's cell as if it could not short; its damage counts the seconds of plating. */
    CycleLife.Life life(double[] v, Test test) {
        List<CoinUnknown> own = test.membrane == Membrane.PPLA
                ? List.of(test.loading, test.contact)
                : List.of(test.loading, test.contact, CoinUnknown.LOSS_POWER);
        return cache.value(
                test.name(),
                v,
                CoinUnknown.DIFFUSIVITY,
                CoinUnknown.SETTLING_CYCLES,
                own,
                () -> live(v, test, test.cycles, LIFE_STEPS));
    }

    /** The same, not from the cache and with other steps. */
    CycleLife.Life live(double[] v, Test test, int cycles, int steps) {
        ReducedCell cell = coin(test.membrane);
        CellParameters.Lithium lithium = cell.parameters().lithium();
        CellVariation variation = CoinCells.cell(v, test.loading.in(v), test.contact.in(v));
        double foil = LithiumInventory.ofFoil(lithium.thicknessM(), lithium.molarVolumeM3PerMol())
                .foilCPerM2();
        return CycleLife.run(
                cells.laws(v, test.membrane, lithium).withShorting(PLATING_CLOCK),
                SlowState.fresh(foil),
                cycler(v, cell, variation, test.membrane, test.rate),
                new CycleLife.Limits(cycles, DEAD_BELOW, false),
                CycleLife.Stepping.fixed(steps));
    }

    /** Cycle at which a test's cell ends, by a short or by falling below a fifth of its capacity, whichever is first. */
    double lifeCycles(double[] v, Test test) {
        CycleLife.Life life = life(v, test);
        double shorted = shortCycle(v, life, test);
        return life.end() == CycleLife.End.CAPACITY ? Math.min(shorted, life.endCycle()) : shorted;
    }

    /** Cycle at which damage reaches 1; beyond the life lived, at its last pace. */
    double shortCycle(double[] v, CycleLife.Life life, Test test) {
        CellParameters cell = coin(test.membrane).parameters();
        double density = test.rate * cell.oneCAmpere() / cell.areaM2() * CoinUnknown.LOADING.in(v) * test.loading.in(v);
        double seconds = 1 / cells.shorting(v, test.membrane).rate(density);
        List<CycleLife.Point> points = life.points();
        int k = 1;
        while (k < points.size() - 1 && points.get(k).state().damage() < seconds) {
            k++;
        }
        CycleLife.Point a = points.get(k - 1);
        CycleLife.Point b = points.get(k);
        double pace = (b.cycle() - a.cycle()) / (b.state().damage() - a.state().damage());
        return a.cycle() + pace * (seconds - a.state().damage());
    }

    /** A test's cell in full order. */
    FullOrderCoin fullOrder(double[] v, Test test) {
        return fullOrder(v, test.membrane, CoinCells.cell(v, test.loading.in(v), test.contact.in(v)));
    }

    /** The rate-table cell in full order. */
    FullOrderCoin fullOrderRates(double[] v) {
        return fullOrder(v, Membrane.PPLA, CoinCells.cell(v, 1, 1));
    }

    private static FullOrderCoin fullOrder(double[] v, Membrane membrane, CellVariation cell) {
        return new FullOrderCoin(
                "coin-ncm523-" + membrane.name().toLowerCase(Locale.ROOT), cell, CoinUnknown.UPPER_VOLTAGE.in(v));
    }

    /** The 15 mg/cm2 cell in full order. */
    FullOrderCoin fullOrderThick(double[] v) {
        return new FullOrderCoin(
                "coin-ncm523-ppla-15mg",
                new CellVariation(CoinCells.material(v), 1, 0),
                CoinUnknown.UPPER_VOLTAGE.in(v));
    }

    /** The mechanisms of a membrane's coin. */
    AgeingLaws laws(double[] v, Membrane membrane) {
        return cells.laws(v, membrane, coin(membrane).parameters().lithium());
    }

    ReducedCell coin(Membrane membrane) {
        ReducedCell cell = coins.get(membrane);
        if (cell == null) {
            throw new IllegalArgumentException(membrane + " has no coin");
        }
        return cell;
    }

    CoinCells cells() {
        return cells;
    }

    private ReducedCycler cycler(
            double[] v, ReducedCell cell, CellVariation variation, Membrane membrane, double rate) {
        return new ReducedCycler(
                cell,
                variation,
                cells.laws(v, membrane, cell.parameters().lithium()),
                CyclingProtocol.symmetric(
                        rate * cell.parameters().oneCAmpere(),
                        VOLTAGE_MIN,
                        CoinUnknown.UPPER_VOLTAGE.in(v),
                        AMBIENT_K));
    }

    private double startCapacity(double[] v, CycleLife.Life life, Test test) {
        double loading = CoinUnknown.LOADING.in(v) * test.loading.in(v);
        return specific(
                life.points().get(0).dischargeCPerM2(), coin(test.membrane).parameters(), loading);
    }

    private static double specific(double dischargeCPerM2, CellParameters cell, double loadingFactor) {
        return dischargeCPerM2 / (cell.requireCathode().loadingKgPerM2() * loadingFactor) / 3600;
    }
}
