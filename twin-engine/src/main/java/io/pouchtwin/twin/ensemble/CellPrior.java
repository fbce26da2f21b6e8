package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.parameters.Spread;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.ArrayList;
import java.util.List;

/**
 * What is believed of a cell before it is seen: the spreads that its parameter set declares, gathered into the
 * quantities that the reduced model lets vary from member to member.
 */
final class CellPrior {
    /** Leak that a healthy cell may have: an e-folding range about one five-hundredth of a milliampere per ampere-hour. */
    private static final double LEAK_SIGMA = 1.0;

    private static final double LEAK_HOURS = 5000;

    /** Offset of a current sensor, as a share of 1 C [1]. */
    private static final double CURRENT_OFFSET_SHARE = 2e-4;

    /** Nothing is known better than to this share [1]. */
    private static final double LEAST_SIGMA = 0.01;

    private final ParameterSet set;
    private final ReducedCell cell;

    private CellPrior(ParameterSet set, ReducedCell cell) {
        this.set = set;
        this.cell = cell;
    }

    /** The slow quantities of a cell, in the order of their rows. */
    static List<SlowQuantity> slowQuantities(ParameterSet set, ReducedCell cell) {
        return new CellPrior(set, cell).quantities();
    }

    private List<SlowQuantity> quantities() {
        List<SlowQuantity> all = new ArrayList<>();
        all.add(factor(MemberParameter.FILM_RESISTANCE, 0.01, relative("lithium.film.resistance")));
        all.add(factor(MemberParameter.LITHIUM_EXCHANGE_FACTOR, 2e-3, relative("lithium.exchange_current.prefactor")));
        all.add(factor(MemberParameter.CONTACT_RESISTANCE, 2e-3, relative("contact.resistance")));
        all.add(factor(
                MemberParameter.MEMBRANE_RESISTANCE_FACTOR,
                1e-3,
                relative("electrolyte.transport.conductivity"),
                relative("membrane.thickness")));
        all.add(factor(
                MemberParameter.CATHODE_EXCHANGE_FACTOR,
                2e-3,
                relative("cathode.exchange_current.prefactor"),
                relative("cathode.particle_radius")));
        all.add(factor(
                MemberParameter.DIFFUSIVITY_FACTOR,
                2e-3,
                relative("cathode.diffusivity.reference"),
                2 * relative("cathode.particle_radius")));
        double slope = absolute("cathode.diffusivity.slope");
        if (slope > 0) {
            all.add(new SlowQuantity(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE, 0, slope, false, 0));
        }
        all.add(factor(
                MemberParameter.PORE_TRANSPORT_FACTOR,
                2e-3,
                relative("cathode.transport_efficiency"),
                relative("electrolyte.transport.conductivity")));
        all.add(factor(
                MemberParameter.ACTIVE_FRACTION_FACTOR, 1e-3, relative("cathode.loading"), relative("cell.area")));
        all.add(factor(
                MemberParameter.HEAT_TRANSFER_FACTOR,
                0.01,
                relative("thermal.surface_conductance"),
                relative("thermal.heat_capacity")));
        double oneC = cell.parameters().oneCAmpere();
        double middleV = 0.5
                * (cell.parameters().window().voltageMinV()
                        + cell.parameters().window().voltageMaxV());
        all.add(new SlowQuantity(
                MemberParameter.LEAK_CONDUCTANCE, oneC / LEAK_HOURS / middleV, LEAK_SIGMA, true, 0.05));
        all.add(new SlowQuantity(MemberParameter.CURRENT_OFFSET, 0, CURRENT_OFFSET_SHARE * oneC, false, 1e-6 * oneC));
        return List.copyOf(all);
    }

    private SlowQuantity factor(MemberParameter target, double driftPerRootHour, double... relativeSpreads) {
        double sum = LEAST_SIGMA * LEAST_SIGMA;
        for (double spread : relativeSpreads) {
            sum += spread * spread;
        }
        return new SlowQuantity(target, cell.nominal(target), Math.sqrt(sum), true, driftPerRootHour);
    }

    /** Standard deviation of a value over the value itself; 0 where the set does not have it or declares none. */
    private double relative(String key) {
        return set.find(key).map(CellPrior::relative).orElse(0.0);
    }

    private static double relative(ParameterValue value) {
        Spread spread = value.spread();
        if (spread.law() == Spread.Law.LOGNORMAL) {
            return spread.sigma();
        }
        return spread.law() == Spread.Law.NORMAL && value.value() != 0 ? spread.sigma() / Math.abs(value.value()) : 0;
    }

    /** Standard deviation of a value in its own unit; 0 where the set does not have it or declares none. */
    private double absolute(String key) {
        return set.find(key)
                .filter(value -> value.spread().law() == Spread.Law.NORMAL)
                .map(value -> value.spread().sigma())
                .orElse(0.0);
    }
}
