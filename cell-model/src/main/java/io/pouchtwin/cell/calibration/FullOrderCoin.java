package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.CyclingProtocol;
import io.pouchtwin.cell.ageing.FullOrderCycler;
import io.pouchtwin.cell.ageing.LithiumInventory;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.Map;

/** A cell of the calibration in full order: what the reduced model's answers are checked against, and where synthetic data come from. Its loading is really that of the cell, not scaled. */
final class FullOrderCoin {
    private static final Mesh MESH = new Mesh(4, 8, 24);
    private static final Map<MemberParameter, String> FACTORS = Map.of(
            MemberParameter.DIFFUSIVITY_FACTOR, "cathode.diffusivity.reference",
            MemberParameter.CATHODE_EXCHANGE_FACTOR, "cathode.exchange_current.prefactor",
            MemberParameter.LITHIUM_EXCHANGE_FACTOR, "lithium.exchange_current.prefactor",
            MemberParameter.MEMBRANE_RESISTANCE_FACTOR, "membrane.thickness",
            MemberParameter.PORE_TRANSPORT_FACTOR, "cathode.transport_efficiency");
    private static final Map<MemberParameter, String> VALUES = Map.of(
            MemberParameter.CONTACT_RESISTANCE, "contact.resistance",
            MemberParameter.FILM_RESISTANCE, "lithium.film.resistance");

    private final ParameterSet set;
    private final double contactExcessOhmM2;
    private final double oneCAmpere;
    private final double voltageMaxV;

    /** A cell that differs from its design in this. */
    FullOrderCoin(String design, CellVariation variation, double voltageMaxV) {
        ParameterSet own = ParameterLibrary.shipped().load(design);
        oneCAmpere = own.toCellParameters().oneCAmpere() * variation.loadingFactor();
        for (Map.Entry<MemberParameter, Double> p : variation.parameters().entrySet()) {
            String factor = FACTORS.get(p.getKey());
            String value = VALUES.get(p.getKey());
            if (factor != null) {
                own = own.with(factor, own.si(factor) * p.getValue());
            } else if (value != null) {
                own = own.with(value, p.getValue());
            } else if (p.getKey() == MemberParameter.DIFFUSIVITY_SLOPE_CHANGE) {
                own = own.with("cathode.diffusivity.slope", own.si("cathode.diffusivity.slope") + p.getValue());
            } else if (p.getKey() != MemberParameter.PLATING_EFFICIENCY) {
                throw new IllegalArgumentException(p.getKey() + " has no place in a full-order cell");
            }
        }
        set = own.with("cathode.loading", own.si("cathode.loading") * variation.loadingFactor());
        contactExcessOhmM2 = variation.contactExcessOhmM2();
        this.voltageMaxV = voltageMaxV;
    }

    private CellParameters cell(double excessLeft) {
        double contact = set.si("contact.resistance") + contactExcessOhmM2 * excessLeft;
        return set.with("contact.resistance", contact).toCellParameters();
    }

    /** A life at a rate, under laws of ageing; 0 cycles give the fresh cell's charge. */
    CycleLife.Life life(double rate, AgeingLaws laws, double cycles, int steps) {
        CellParameters fresh = cell(1);
        CyclingProtocol protocol = CyclingProtocol.symmetric(
                rate * oneCAmpere, CoinProblem.VOLTAGE_MIN, voltageMaxV, CoinProblem.AMBIENT_K);
        double foil = LithiumInventory.ofFoil(
                        fresh.lithium().thicknessM(), fresh.lithium().molarVolumeM3PerMol())
                .foilCPerM2();
        return CycleLife.run(
                laws,
                SlowState.fresh(foil),
                new FullOrderCycler(this::cell, MESH, laws, protocol),
                new CycleLife.Limits(cycles, 0.05, false),
                CycleLife.Stepping.fixed(steps));
    }

    /** Discharge capacity of the fresh cell in constant-current cycles [mAh/g]. */
    double capacity(double rate, AgeingLaws laws) {
        return specific(life(rate, laws, 0, 1).points().get(0).dischargeCPerM2());
    }

    /** Charge per area [C/m2] as charge per mass of active material [mAh/g]. */
    double specific(double chargeCPerM2) {
        return chargeCPerM2 / set.si("cathode.loading") / 3600;
    }

    /** Charge per area [C/m2] as charge of the cell [Ah]. */
    double ampereHours(double chargeCPerM2) {
        return chargeCPerM2 * set.si("cell.area") / 3600;
    }
}
