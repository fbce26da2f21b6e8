package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;

/**
 * Where a particle is full or empty the open-circuit curve falls off a cliff that no tester goes down: beyond the window
 * the voltage of the cathode says no more than that it is beyond. What drops over lithium, film, membrane and contacts
 * comes on top: the first reading of a step may well lie outside the window.
 *
 * @param lowestV lowest voltage of the cathode [V]
 * @param highestV highest voltage of the cathode [V]
 */
record VoltageWindow(double lowestV, double highestV) {

    /**
     * Adds to the members' predicted voltages what each is off by, and holds them in the window: before, so that a member far outside does not swallow
     * what it is off by, and after.
     */
    void hold(Ensemble ensemble, double[] offsetV) {
        double[] voltage = ensemble.output(Output.VOLTAGE);
        double[] kinetic = ensemble.output(Output.LITHIUM_KINETIC);
        double[] film = ensemble.output(Output.FILM);
        double[] membrane = ensemble.output(Output.MEMBRANE);
        double[] contact = ensemble.output(Output.CONTACT);
        for (int j = 0; j < voltage.length; j++) {
            double drop = kinetic[j] + film[j] + membrane[j] + contact[j];
            double lowest = lowestV + Math.min(0, drop);
            double highest = highestV + Math.max(0, drop);
            double inside = Math.max(lowest, Math.min(highest, voltage[j]));
            voltage[j] = Math.max(lowest, Math.min(highest, inside + offsetV[j]));
        }
    }
}
