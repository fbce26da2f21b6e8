package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.parameters.Spread;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        all.add(factor(
                MemberParameter.FILM_RESISTANCE, SlowQuantity.FILM_MEMORY_H, relative("lithium.film.resistance")));
        all.add(factor(
                MemberParameter.LITHIUM_EXCHANGE_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("lithium.exchange_current.prefactor")));
        all.add(factor(
                MemberParameter.CONTACT_RESISTANCE, SlowQuantity.LASTING_MEMORY_H, relative("contact.resistance")));
        all.add(factor(
                MemberParameter.MEMBRANE_RESISTANCE_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("electrolyte.transport.conductivity"),
                relative("membrane.thickness")));
        all.add(factor(
                MemberParameter.CATHODE_EXCHANGE_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("cathode.exchange_current.prefactor"),
                relative("cathode.particle_radius")));
        all.add(factor(
                MemberParameter.DIFFUSIVITY_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("cathode.diffusivity.reference"),
                2 * relative("cathode.particle_radius")));
        double slope = absolute("cathode.diffusivity.slope");
        if (slope > 0) {
            all.add(new SlowQuantity(
                    MemberParameter.DIFFUSIVITY_SLOPE_CHANGE, 0, slope, false, SlowQuantity.LASTING_MEMORY_H));
        }
        all.add(factor(
                MemberParameter.PORE_TRANSPORT_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("cathode.transport_efficiency"),
                relative("electrolyte.transport.conductivity")));
        all.add(factor(
                MemberParameter.ACTIVE_FRACTION_FACTOR,
                SlowQuantity.AGEING_MEMORY_H,
                relative("cathode.loading"),
                relative("cell.area")));
        all.add(factor(
                MemberParameter.HEAT_TRANSFER_FACTOR,
                SlowQuantity.LASTING_MEMORY_H,
                relative("thermal.surface_conductance"),
                relative("thermal.heat_capacity")));
        double oneC = cell.parameters().oneCAmpere();
        double middleV = 0.5
                * (cell.parameters().window().voltageMinV()
                        + cell.parameters().window().voltageMaxV());
        all.add(new SlowQuantity(
                MemberParameter.LEAK_CONDUCTANCE,
                oneC / LEAK_HOURS / middleV,
                LEAK_SIGMA,
                true,
                SlowQuantity.LASTING_MEMORY_H));
        all.add(new SlowQuantity(
                MemberParameter.CURRENT_OFFSET, 0, CURRENT_OFFSET_SHARE * oneC, false, SlowQuantity.AGEING_MEMORY_H));
        return List.copyOf(all);
    }

    /** Spreads of the activation energies that belong to the slow quantities. */
    static List<ActivationSpread> activations(ParameterSet set, List<SlowQuantity> slow) {
        Map<MemberParameter, String> keys = Map.of(
                MemberParameter.FILM_RESISTANCE, "lithium.film",
                MemberParameter.LITHIUM_EXCHANGE_FACTOR, "lithium.exchange_current",
                MemberParameter.CATHODE_EXCHANGE_FACTOR, "cathode.exchange_current",
                MemberParameter.DIFFUSIVITY_FACTOR, "cathode.diffusivity");
        List<ActivationSpread> all = new ArrayList<>();
        for (int k = 0; k < slow.size(); k++) {
            MemberParameter target = slow.get(k).target();
            String key = keys.get(target);
            double spread = key == null ? 0 : spreadSi(set, key + ".activation_energy");
            if (spread > 0) {
                double sign = target == MemberParameter.FILM_RESISTANCE ? -1 : 1;
                all.add(new ActivationSpread(k, sign * spread / PhysicalConstants.GAS_J_PER_MOL_K));
            }
        }
        return List.copyOf(all);
    }

    /** Standard deviation of a normally spread value in SI; 0 where the set does not have it or declares none. */
    private static double spreadSi(ParameterSet set, String key) {
        return set.find(key)
                .filter(value -> value.spread().law() == Spread.Law.NORMAL)
                .map(value ->
                        value.unit().toSi(value.spread().sigma()) - value.unit().toSi(0))
                .orElse(0.0);
    }

    private SlowQuantity factor(MemberParameter target, double memoryH, double... relativeSpreads) {
        double sum = LEAST_SIGMA * LEAST_SIGMA;
        for (double spread : relativeSpreads) {
            sum += spread * spread;
        }
        return new SlowQuantity(target, cell.nominal(target), Math.sqrt(sum), true, memoryH);
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
