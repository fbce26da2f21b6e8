package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CathodeLoss;
import io.pouchtwin.cell.ageing.ContactLoss;
import io.pouchtwin.cell.ageing.DeadLithium;
import io.pouchtwin.cell.ageing.ElectrolyteConsumption;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.SeiFilm;
import io.pouchtwin.cell.ageing.ShortingDamage;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.EnumMap;
import java.util.Map;

/** Turns values of the {@link CoinUnknown}s into cells and ageing laws. */
final class CoinCells {
    /** Loads at which growth constants are given: the 1 C test's. */
    static final double REFERENCE_CHARGE_C_PER_M2 = 0.45 * 36_000;

    static final double REFERENCE_CURRENT_A_PER_M2 = 6;
    static final double REFERENCE_DEPTH = 0.6;
    /** Share of the lost lithium that is dead; the rest is in the film (12 against 19 uAh per cycle). */
    static final double DEAD_SHARE = 0.4;

    /** Energies that the paper does not give [J/mol]. */
    static final double FILM_ACTIVATION_J_PER_MOL = 40_000;

    static final double CATHODE_ACTIVATION_J_PER_MOL = 30_000;
    /** Film charge that uses up the consumable electrolyte [C/m2]; at half use conductivity is hardly touched. */
    static final double ELECTROLYTE_CAPACITY_C_PER_M2 = 1e5;

    private static final double OHM_CM2 = 1e-4;

    private final PaperFacts facts;

    CoinCells(PaperFacts facts) {
        this.facts = facts;
    }

    /** The membranes, by the names that the facts use. */
    enum Membrane {
        PPLA(CoinUnknown.CCD_PPLA),
        PPL(CoinUnknown.CCD_PPL),
        PL(CoinUnknown.CCD_PL);

        final CoinUnknown criticalCurrent;

        Membrane(CoinUnknown criticalCurrent) {
            this.criticalCurrent = criticalCurrent;
        }
    }

    /** The rate-table cell: what it differs from the parameter set in. */
    static Map<MemberParameter, Double> material(double[] v) {
        Map<MemberParameter, Double> p = new EnumMap<>(MemberParameter.class);
        p.put(MemberParameter.DIFFUSIVITY_FACTOR, CoinUnknown.DIFFUSIVITY.in(v));
        p.put(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE, CoinUnknown.SLOPE.in(v));
        p.put(MemberParameter.CATHODE_EXCHANGE_FACTOR, CoinUnknown.CATHODE_EXCHANGE.in(v));
        p.put(MemberParameter.CONTACT_RESISTANCE, CoinUnknown.CONTACT.in(v) * OHM_CM2);
        p.put(MemberParameter.FILM_RESISTANCE, CoinUnknown.FILM.in(v) * OHM_CM2);
        p.put(MemberParameter.LITHIUM_EXCHANGE_FACTOR, CoinUnknown.LITHIUM_EXCHANGE.in(v));
        p.put(MemberParameter.MEMBRANE_RESISTANCE_FACTOR, CoinUnknown.MEMBRANE.in(v));
        p.put(MemberParameter.PLATING_EFFICIENCY, 1.0);
        return p;
    }

    /** A cell of a test: loading and contact relative to the rate-table cell's. */
    static CellVariation cell(double[] v, double loadingRelative, double contactRelative) {
        double excess = CoinUnknown.CONTACT.in(v) * (contactRelative - 1) * OHM_CM2;
        return new CellVariation(material(v), CoinUnknown.LOADING.in(v) * loadingRelative, excess);
    }

    /** Loss of lithium in a Li||Cu cell relative to PPLA's. */
    double lossRatio(Membrane membrane) {
        return (1 - facts.si("ce." + membrane.name())) / (1 - facts.si("ce.PPLA"));
    }

    /** The mechanisms of a membrane's cell. */
    AgeingLaws laws(double[] v, Membrane membrane, CellParameters.Lithium lithium) {
        double loss = CoinUnknown.LITHIUM_LOSS.in(v) * lossRatio(membrane);
        double growth =
                CoinUnknown.FILM_GROWTH.in(v) * OHM_CM2 * power(lossRatio(membrane), CoinUnknown.LOSS_POWER.in(v));
        return laws(
                growth,
                loss,
                CoinUnknown.FILM_CHARGE_EXPONENT.in(v),
                CoinUnknown.FILM_CURRENT_EXPONENT.in(v),
                new ContactLoss(CoinUnknown.SETTLING_SHARE.in(v), CoinUnknown.SETTLING_CYCLES.in(v), 0),
                new CathodeLoss(
                        CoinUnknown.CATHODE_LOSS.in(v),
                        CoinUnknown.DEPTH_EXPONENT.in(v),
                        REFERENCE_DEPTH,
                        CATHODE_ACTIVATION_J_PER_MOL),
                shorting(v, membrane),
                lithium);
    }

    /** As printed [A/m2]. */
    double criticalCurrentAPerM2(Membrane membrane) {
        return facts.si("ccd." + membrane.name());
    }

    ShortingDamage shorting(double[] v, Membrane membrane) {
        return new ShortingDamage(
                criticalCurrentAPerM2(membrane) * membrane.criticalCurrent.in(v),
                CoinUnknown.DAMAGE_LIFE.in(v) * 3600,
                CoinUnknown.DAMAGE_EXPONENT.in(v));
    }

    /** Laws whose film adds a given resistance [ohm m2] in a cycle of the reference load. */
    static AgeingLaws laws(
            double growthOhmM2,
            double lossShare,
            double chargeExponent,
            double currentExponent,
            ContactLoss contact,
            CathodeLoss cathode,
            ShortingDamage shorting,
            CellParameters.Lithium lithium) {
        double bound = (1 - DEAD_SHARE) * lossShare;
        double metresPerCycle =
                bound * REFERENCE_CHARGE_C_PER_M2 * 9.585e-5 / (2 * PhysicalConstants.FARADAY_C_PER_MOL);
        return new AgeingLaws(
                new SeiFilm(
                        bound,
                        chargeExponent,
                        currentExponent,
                        REFERENCE_CHARGE_C_PER_M2,
                        REFERENCE_CURRENT_A_PER_M2,
                        growthOhmM2 / metresPerCycle,
                        3.6e-4,
                        6.36e-14,
                        FILM_ACTIVATION_J_PER_MOL),
                new DeadLithium(
                        DEAD_SHARE * lossShare,
                        0,
                        REFERENCE_CURRENT_A_PER_M2,
                        lithium.molarVolumeM3PerMol(),
                        lithium.deadLayerPorosity(),
                        lithium.deadLayerConductivitySPerM(),
                        FILM_ACTIVATION_J_PER_MOL),
                contact,
                cathode,
                new ElectrolyteConsumption(ELECTROLYTE_CAPACITY_C_PER_M2, 0.2, 6),
                shorting);
    }

    static double power(double base, double exponent) {
        return Elementary.exp(exponent * Elementary.log(base));
    }
}
