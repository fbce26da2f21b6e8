package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CathodeLoss;
import io.pouchtwin.cell.ageing.ContactLoss;
import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.CyclingProtocol;
import io.pouchtwin.cell.ageing.LithiumInventory;
import io.pouchtwin.cell.ageing.ReducedCycler;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.calibration.Datum.Relation;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The pouch: material and exponents of the ageing laws from the coins, its own contact, film, loading and speed of ageing.
 *
 * <p>Its fade per cycle is 4 to 12 times the coins', which is why it may have its own constants; one retention cannot tell film, cathode and lithium apart, and the posterior carries that.
 */
public final class PouchProblem implements Problem {
    private static final double RATE = 0.2;
    private static final int CYCLES = 100;
    private static final int LIFE_STEPS = 6;
    private static final double OHM_CM2 = 1e-4;

    /** What is unknown about the pouch. */
    enum PouchUnknown {
        /** Contact resistance. */
        CONTACT(Unknown.positive(
                "contact_resistance_ohm_cm2", "ohm cm2", 0.8, 0.4, "tabs, foils and contacts of a small pouch")),
        /** Film resistance of the fresh cell. */
        FILM(Unknown.positive("film_resistance_ohm_cm2", "ohm cm2", 0.8, 0.5, "as in the coins")),
        /** Loading relative to 22 mg/cm2. */
        LOADING(Unknown.positive("loading_factor", "1", 1, 0.015, "conditions of fact:pouch523.capacity")),
        /** Transport in the pores relative to the parameter set's. */
        PORES(Unknown.positive("pore_transport_factor", "1", 1, 0.3, "catholyte is assumed")),
        /** Film growth relative to what the coins' law gives at the pouch's load. */
        FILM_GROWTH(Unknown.positive(
                "film_growth_ohm_cm2_per_cycle",
                "ohm cm2",
                0.3,
                1.2,
                "at 4 mAh/cm2 per half cycle, nine times the coins' charge: too far to extrapolate")),
        /** Cathode loss relative to the coins'. */
        CATHODE_LOSS(Unknown.positive(
                "cathode_loss_relative_to_coin", "1", 3, 0.8, "pouch fade per cycle is 4 to 12 times the coins'")),
        /** Lithium lost per plated lithium. */
        LITHIUM_LOSS(Unknown.positive(
                "lithium_loss_share",
                "1",
                0.008,
                0.3,
                "at most 1.02 % on average, else a 20 um foil ends before cycle 100 (fact:pouch523.ret)"));

        // a record of names, numbers and an enum
        @SuppressWarnings("ImmutableEnumChecker")
        private final Unknown unknown;

        PouchUnknown(Unknown unknown) {
            this.unknown = unknown;
        }

        Unknown unknown() {
            return unknown;
        }

        @SuppressWarnings("EnumOrdinal")
        double in(double[] values) {
            return values[ordinal()];
        }
    }

    private final ReducedCell cell;
    private final CoinCells coinCells;
    private final double[] coin;
    private final List<Datum> data;

    /** A pouch whose material is that of coins with these values of their unknowns. */
    public PouchProblem(double[] coinValues) {
        this(coinValues, ReducedOptions.THICK.withLongSubSteps(CoinProblem.COARSE));
    }

    private PouchProblem(double[] coinValues, ReducedOptions options) {
        PaperFacts facts = PaperFacts.load();
        cell = ReducedCell.of(ParameterLibrary.shipped().cell("pouch-ncm523-ppla"), options);
        coinCells = new CoinCells(facts);
        coin = coinValues.clone();
        data = data(facts);
    }

    private PouchProblem(PouchProblem other, double[] coinValues) {
        cell = other.cell;
        coinCells = other.coinCells;
        data = other.data;
        coin = coinValues.clone();
    }

    /** The same pouch with the time steps that the twin uses. */
    PouchProblem fine() {
        return new PouchProblem(coin, ReducedOptions.THICK);
    }

    /** The same pouch with another material. */
    PouchProblem withCoin(double[] coinValues) {
        return new PouchProblem(this, coinValues);
    }

    private static List<Datum> data(PaperFacts facts) {
        return List.of(
                new Datum(
                        "pouch_capacity",
                        "pouch523.capacity",
                        "Ah",
                        Relation.EQUAL,
                        CoinFacts.number(facts, "pouch523.capacity"),
                        0.04),
                new Datum(
                        "pouch_0.2C_100",
                        "pouch523.ret",
                        "%",
                        Relation.EQUAL,
                        CoinFacts.number(facts, "pouch523.ret"),
                        CoinFacts.RETENTION_SIGMA));
    }

    @Override
    public String name() {
        return "pouch";
    }

    @Override
    public List<Unknown> unknowns() {
        return Arrays.stream(PouchUnknown.values()).map(PouchUnknown::unknown).toList();
    }

    @Override
    public List<Datum> data() {
        return data;
    }

    @Override
    public double[] predict(double[] v) {
        CycleLife.Life life = life(v, CYCLES, LIFE_STEPS);
        double first =
                life.points().get(0).dischargeCPerM2() * cell.parameters().areaM2() / 3600;
        return new double[] {first, 100 * life.retention(CYCLES)};
    }

    /** The pouch's life at 0.2 C, as if it could not short. */
    CycleLife.Life life(double[] v, int cycles, int steps) {
        CellParameters p = cell.parameters();
        AgeingLaws laws = laws(v);
        ReducedCycler cycler = new ReducedCycler(
                cell,
                new CellVariation(members(v), PouchUnknown.LOADING.in(v), 0),
                laws,
                CyclingProtocol.symmetric(
                        RATE * p.oneCAmpere(),
                        CoinProblem.VOLTAGE_MIN,
                        CoinUnknown.UPPER_VOLTAGE.in(coin),
                        CoinProblem.AMBIENT_K));
        double foil = LithiumInventory.ofFoil(
                        p.lithium().thicknessM(), p.lithium().molarVolumeM3PerMol())
                .foilCPerM2();
        return CycleLife.run(
                laws,
                SlowState.fresh(foil),
                cycler,
                new CycleLife.Limits(cycles, 0.05, false),
                CycleLife.Stepping.fixed(steps));
    }

    /** The pouch in full order. */
    FullOrderCoin fullOrder(double[] v) {
        return new FullOrderCoin(
                cell.parameters().design(),
                new CellVariation(members(v), PouchUnknown.LOADING.in(v), 0),
                CoinUnknown.UPPER_VOLTAGE.in(coin));
    }

    /** What the pouch differs from its parameter set in. */
    Map<MemberParameter, Double> members(double[] v) {
        Map<MemberParameter, Double> p = CoinCells.material(coin);
        p.put(MemberParameter.CONTACT_RESISTANCE, PouchUnknown.CONTACT.in(v) * OHM_CM2);
        p.put(MemberParameter.FILM_RESISTANCE, PouchUnknown.FILM.in(v) * OHM_CM2);
        p.put(MemberParameter.PORE_TRANSPORT_FACTOR, PouchUnknown.PORES.in(v));
        return p;
    }

    /** The pouch's ageing. */
    AgeingLaws laws(double[] v) {
        return CoinCells.laws(
                growthAtReferenceOhmM2(v),
                lossAtReference(v),
                CoinUnknown.FILM_CHARGE_EXPONENT.in(coin),
                CoinUnknown.FILM_CURRENT_EXPONENT.in(coin),
                new ContactLoss(CoinUnknown.SETTLING_SHARE.in(coin), CoinUnknown.SETTLING_CYCLES.in(coin), 0),
                new CathodeLoss(
                        cathodeLoss(v),
                        CoinUnknown.DEPTH_EXPONENT.in(coin),
                        CoinCells.REFERENCE_DEPTH,
                        CoinCells.CATHODE_ACTIVATION_J_PER_MOL),
                coinCells.shorting(coin, Membrane.PPLA),
                cell.parameters().lithium());
    }

    double cathodeLoss(double[] v) {
        return CoinUnknown.CATHODE_LOSS.in(coin) * PouchUnknown.CATHODE_LOSS.in(v);
    }

    /** Film growth per cycle of the coins' reference load that gives the pouch's at its own [ohm m2]. */
    double growthAtReferenceOhmM2(double[] v) {
        return PouchUnknown.FILM_GROWTH.in(v) * OHM_CM2 / (chargeRatio() * filmLoad());
    }

    /** Loss share at the coins' reference load that gives the pouch's at its own. */
    double lossAtReference(double[] v) {
        double atOwnLoad = CoinCells.DEAD_SHARE + (1 - CoinCells.DEAD_SHARE) * filmLoad();
        return PouchUnknown.LITHIUM_LOSS.in(v) / atOwnLoad;
    }

    private double chargeRatio() {
        return cell.parameters().nominalCapacityC() / cell.parameters().areaM2() / CoinCells.REFERENCE_CHARGE_C_PER_M2;
    }

    /** How much more of the plated charge the film binds at the pouch's load than at the reference. */
    private double filmLoad() {
        double current =
                RATE * cell.parameters().oneCAmpere() / cell.parameters().areaM2();
        return CoinCells.power(chargeRatio(), CoinUnknown.FILM_CHARGE_EXPONENT.in(coin))
                * CoinCells.power(
                        current / CoinCells.REFERENCE_CURRENT_A_PER_M2, CoinUnknown.FILM_CURRENT_EXPONENT.in(coin));
    }

    ReducedCell cell() {
        return cell;
    }
}
