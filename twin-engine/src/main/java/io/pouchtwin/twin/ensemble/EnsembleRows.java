package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.StateLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which of an ensemble's rows are published, and which the voltage moves. */
final class EnsembleRows {
    private EnsembleRows() {}

    /**
     * Row of the members' values of each published quantity.
     *
     * @param soc row that the ensemble writes
     * @param capacity likewise [Ah]
     * @param resistance likewise [1]
     */
    static Map<Quantity, double[]> published(
            Ensemble ensemble,
            StateLayout layout,
            SlowRows slow,
            Discrepancy discrepancy,
            double[] soc,
            double[] capacity,
            double[] resistance) {
        Map<Quantity, double[]> published = new EnumMap<>(Quantity.class);
        published.put(Quantity.VOLTAGE, ensemble.output(Output.VOLTAGE));
        published.put(Quantity.TEMPERATURE, ensemble.state(layout.surfaceTemperature()));
        published.put(Quantity.SOC, soc);
        published.put(Quantity.SURFACE_STOICHIOMETRY, ensemble.output(Output.SURFACE_STOICHIOMETRY));
        published.put(Quantity.LITHIUM_KINETIC, ensemble.output(Output.LITHIUM_KINETIC));
        published.put(Quantity.FILM, ensemble.output(Output.FILM));
        published.put(Quantity.MEMBRANE, ensemble.output(Output.MEMBRANE));
        published.put(Quantity.CATHODE_KINETIC, ensemble.output(Output.CATHODE_KINETIC));
        published.put(Quantity.ELECTROLYTE, ensemble.output(Output.ELECTROLYTE));
        published.put(Quantity.PARTICLE_DIFFUSION, ensemble.output(Output.PARTICLE_DIFFUSION));
        published.put(Quantity.CONTACT, ensemble.output(Output.CONTACT));
        published.put(Quantity.FILM_RESISTANCE, slow.film);
        published.put(Quantity.CAPACITY_AH, capacity);
        published.put(Quantity.RESISTANCE_RATIO, resistance);
        published.put(Quantity.LEAK_CONDUCTANCE, ensemble.parameter(MemberParameter.LEAK_CONDUCTANCE));
        published.put(Quantity.LITHIUM_INVENTORY, ensemble.state(layout.inventory()));
        published.put(Quantity.PLATING_EFFICIENCY, ensemble.parameter(MemberParameter.PLATING_EFFICIENCY));
        published.put(Quantity.VOLTAGE_OFFSET, discrepancy.volts);
        return published;
    }

    /** Everything that follows the voltage at once: profiles, salt, temperatures, offset, and the outputs. */
    static double[][] fast(Ensemble ensemble, StateLayout layout, Discrepancy discrepancy) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < layout.inventory(); row++) {
            rows.add(ensemble.state(row));
        }
        rows.addAll(discrepancy.rows());
        rows.add(ensemble.output(Output.VOLTAGE));
        Output.PARTS.forEach(part -> rows.add(ensemble.output(part)));
        rows.add(ensemble.output(Output.MEAN_STOICHIOMETRY));
        rows.add(ensemble.output(Output.SURFACE_STOICHIOMETRY));
        return rows.toArray(new double[0][]);
    }
}
