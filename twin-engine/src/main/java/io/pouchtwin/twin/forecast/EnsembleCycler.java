package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import java.util.Arrays;
import java.util.Map;

/**
 * Resolves one cycle for a whole ensemble at once: the discharge, and where the charge is not held, the charge before it.
 *
 * <p>Members meet the voltage limit one after the other; each is taken out where it does, its charge found by interpolation within the step. A charge that is held ends where the cell would show the upper limit under the taper current
 * with even profiles, so it need not be run; where it is run, each cycle goes on from the one before. Not thread-safe.
 */
final class EnsembleCycler {
    /** Steps in the time that the programme's current takes for the nominal charge. */
    private static final int STEPS = 48;

    /** Into how many a step is cut where a member comes near the limit: there the voltage bends, and a straight line across a whole step is off by a hundredth of the charge. */
    private static final int CUT = 6;

    /** What is near: at the end of a discharge, where the voltage falls off, and at the end of a charge [V]. */
    private static final double NEAR_EMPTY_V = 0.45;

    private static final double NEAR_FULL_V = 0.1;

    private static final int SETTLING_CYCLES = 3;
    private static final double MOST_NOMINAL_CHARGES = 1.6;
    private static final double ALMOST_FULL = 0.97;

    private final ReducedCell cell;
    private final int members;
    private final Ensemble ensemble;
    private final Ensemble ended;
    private final Workspace workspace;
    private final double[] before;
    private final double[] energy;
    private boolean started;

    /** Charge [C] and mean voltage [V] of each member's discharge, and charge [C] of the charge before it. */
    final double[] dischargeC;

    final double[] chargeC;
    final double[] meanVoltageV;

    EnsembleCycler(ReducedCell cell, int members) {
        this.cell = cell;
        this.members = members;
        ensemble = cell.newEnsemble(members);
        ended = cell.newEnsemble(members);
        workspace = cell.newWorkspace(members);
        before = new double[members];
        energy = new double[members];
        dischargeC = new double[members];
        chargeC = new double[members];
        meanVoltageV = new double[members];
    }

    /**
     * Resolves a cycle.
     *
     * @param parameters of the members; what is missing is nominal
     * @param addedOhmM2 film on top of each member's own, at the reference temperature
     * @param active factor on each member's active fraction
     * @param programme the cycle
     * @param startK temperature at which half cycles begin
     */
    void resolve(
            Map<MemberParameter, double[]> parameters,
            double addedOhmM2,
            double active,
            Programme programme,
            double startK) {
        for (MemberParameter p : MemberParameter.values()) {
            double[] target = ensemble.parameter(p);
            double[] own = parameters.get(p);
            if (own == null) {
                Arrays.fill(target, cell.nominal(p));
            } else {
                System.arraycopy(own, 0, target, 0, members);
            }
        }
        // faults and sensors' errors do not belong to what is forecast
        Arrays.fill(ensemble.parameter(MemberParameter.LEAK_CONDUCTANCE), 0);
        Arrays.fill(ensemble.parameter(MemberParameter.CURRENT_OFFSET), 0);
        Arrays.fill(ensemble.parameter(MemberParameter.VOLTAGE_OFFSET), 0);
        double[] film = ensemble.parameter(MemberParameter.FILM_RESISTANCE);
        double[] share = ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR);
        for (int j = 0; j < members; j++) {
            film[j] += addedOhmM2;
            share[j] *= active;
        }
        // what the lithium allows is counted apart; here it must not run out by the discharges of one table
        Arrays.fill(ensemble.parameter(MemberParameter.PLATING_EFFICIENCY), 1);
        Arrays.fill(
                ensemble.state(cell.layout().inventory()),
                cell.freshInventoryMolPerM2(cell.parameters().chargedStoichiometry()));
        cell.hold(ensemble);
        if (programme.holdUntilA() > 0) {
            startHeld(programme, startK);
            run(-programme.dischargeA(), programme.voltageMinV(), programme.ambientK(), dischargeC);
            System.arraycopy(dischargeC, 0, chargeC, 0, members);
        } else {
            CellParameters own = cell.parameters();
            double[] x = new double[members];
            Arrays.fill(
                    x,
                    own.dischargedStoichiometry()
                            - (1 - ALMOST_FULL) * (own.dischargedStoichiometry() - own.chargedStoichiometry()));
            int settling = started ? 1 : SETTLING_CYCLES;
            if (!started) {
                cell.startAtRest(ensemble, x, startK);
                started = true;
            }
            for (int k = 0; k < settling; k++) {
                rest(programme);
                run(programme.chargeA(), programme.voltageMaxV(), programme.ambientK(), chargeC);
                rest(programme);
                run(-programme.dischargeA(), programme.voltageMinV(), programme.ambientK(), dischargeC);
            }
        }
        for (int j = 0; j < members; j++) {
            meanVoltageV[j] = dischargeC[j] > 0 ? energy[j] / dischargeC[j] : programme.voltageMinV();
        }
    }

    /** At rest where the taper current would show the upper limit. */
    private void startHeld(Programme programme, double startK) {
        double[] x = new double[members];
        double[] over = new double[members];
        for (int pass = 0; pass < 3; pass++) {
            for (int j = 0; j < members; j++) {
                x[j] = cell.restStoichiometry(programme.voltageMaxV() - over[j]);
            }
            cell.startAtRest(ensemble, x, startK);
            cell.evaluate(ensemble, workspace, programme.holdUntilA());
            double[] voltage = ensemble.output(Output.VOLTAGE);
            for (int j = 0; j < members; j++) {
                over[j] += voltage[j] - programme.voltageMaxV();
            }
        }
    }

    /** Half of the cycle's rest: profiles even out and the cell cools. */
    private void rest(Programme programme) {
        int steps = 5;
        for (int k = 0; k < steps && programme.restS() > 0; k++) {
            cell.step(ensemble, workspace, 0.5 * programme.restS() / steps, 0, 0, programme.ambientK());
        }
    }

    /** One half cycle of all members to a limit; the ensemble is left with each member where it met it. */
    private void run(double currentA, double limitV, double ambientK, double[] chargeOut) {
        double nominal = cell.parameters().nominalCapacityC();
        double length = nominal / Math.abs(currentA) / STEPS;
        double sign = Math.signum(currentA);
        double near = currentA > 0 ? NEAR_FULL_V : NEAR_EMPTY_V;
        Arrays.fill(chargeOut, -1);
        Arrays.fill(energy, 0);
        cell.evaluate(ensemble, workspace, currentA);
        double[] voltage = ensemble.output(Output.VOLTAGE);
        int running = members;
        for (int j = 0; j < members; j++) {
            if (sign * (limitV - voltage[j]) <= 0) {
                chargeOut[j] = 0;
                ended.copyMember(ensemble, j, j);
                running--;
            }
        }
        double passed = 0;
        while (running > 0 && passed < MOST_NOMINAL_CHARGES * nominal) {
            System.arraycopy(voltage, 0, before, 0, members);
            double lengthS = nearest(voltage, chargeOut, sign, limitV) < near ? length / CUT : length;
            double perStep = Math.abs(currentA) * lengthS;
            cell.step(ensemble, workspace, lengthS, currentA, currentA, ambientK);
            for (int j = 0; j < members; j++) {
                if (chargeOut[j] >= 0) {
                    continue;
                }
                double margin = sign * (limitV - voltage[j]);
                if (margin > 0) {
                    energy[j] += 0.5 * (before[j] + voltage[j]) * perStep;
                } else {
                    double part = (limitV - before[j]) / (voltage[j] - before[j]) * perStep;
                    energy[j] += 0.5 * (before[j] + limitV) * part;
                    chargeOut[j] = passed + part;
                    ended.copyMember(ensemble, j, j);
                    running--;
                }
            }
            passed += perStep;
        }
        for (int j = 0; j < members; j++) {
            if (chargeOut[j] < 0) {
                chargeOut[j] = passed;
                ended.copyMember(ensemble, j, j);
            }
        }
        for (int j = 0; j < members; j++) {
            ensemble.copyMember(ended, j, j);
        }
    }

    /** How far the running member that is nearest to the limit is away from it [V]. */
    private double nearest(double[] voltage, double[] chargeOut, double sign, double limitV) {
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < members; j++) {
            least = chargeOut[j] < 0 ? Math.min(least, sign * (limitV - voltage[j])) : least;
        }
        return least;
    }
}
