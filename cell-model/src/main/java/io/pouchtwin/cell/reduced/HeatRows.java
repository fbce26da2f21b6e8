package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.parameters.CellParameters;

/**
 * Temperature of the cell, for all members at once: isothermal, one temperature, or core and surface.
 *
 * <pre>
 * Q = A [ max(0, i V - sum_k (J_(k-1) - J_k) U_k) + T sum_k (J_(k-1) - J_k) dU_k/dT ] + g V^2
 * C_c dT_c/dt = Q - K (T_c - T_s),    C_s dT_s/dt = K (T_c - T_s) - h A (T_s - T_amb)
 * </pre>
 *
 * <p>The first bracket is what is lost for good and cannot be negative, whatever an unsettled distribution says. Backward Euler over each sub-step; the heat is that of its end. Temperatures are held within what the laws are tabulated for.
 */
final class HeatRows {
    private final ReducedDesign design;
    private final CellParameters.Thermal thermal;
    private final double area;

    HeatRows(ReducedDesign design) {
        this.design = design;
        thermal = design.cell.thermal();
        area = design.cell.areaM2();
    }

    /** Whether temperatures follow the heat; otherwise they are those of the surroundings. */
    boolean follows() {
        return thermal.model() != CellParameters.ThermalModel.ISOTHERMAL;
    }

    /**
     * Moves the temperatures over h seconds.
     *
     * @param voltage interior voltage of the members [V]
     */
    void advance(Ensemble e, Workspace w, double[] voltage, double ambientK, double h) {
        switch (thermal.model()) {
            case ISOTHERMAL -> hold(e, ambientK);
            case LUMPED -> {
                heat(e, w, voltage);
                lumped(e, w, ambientK, h);
            }
            case CORE_SURFACE -> {
                heat(e, w, voltage);
                coreSurface(e, w, ambientK, h);
            }
        }
    }

    private void hold(Ensemble e, double ambientK) {
        double[] core = e.state[e.layout.coreTemperature()];
        double[] surface = e.state[e.layout.surfaceTemperature()];
        double held = Math.max(TemperatureTable.COLDEST_K, Math.min(TemperatureTable.HOTTEST_K, ambientK));
        for (int m = 0; m < e.members; m++) {
            core[m] = held;
            surface[m] = held;
        }
    }

    /** Heat set free [W], into w.a. */
    private void heat(Ensemble e, Workspace w, double[] voltage) {
        int n = w.members;
        double[] lost = w.a;
        for (int m = 0; m < n; m++) {
            lost[m] = w.current[m] * voltage[m];
            w.reversible[m] = 0;
        }
        for (int k = 0; k < design.nodes; k++) {
            double[] left = w.faceCurrent[k];
            double[] right = w.faceCurrent[k + 1];
            double[] u = w.voltage[k];
            for (int m = 0; m < n; m++) {
                lost[m] = Math.fma(right[m] - left[m], u[m], lost[m]);
            }
            if (design.hasEntropy) {
                entropy(w, k);
            }
        }
        double[] leak = e.parameter(MemberParameter.LEAK_CONDUCTANCE);
        for (int m = 0; m < n; m++) {
            double inside = Math.fma(w.temperature[m], w.reversible[m], Math.max(0.0, lost[m]));
            lost[m] = Math.fma(area, inside, leak[m] * voltage[m] * voltage[m]);
        }
    }

    /** Adds a node's share of sum (J_(k-1) - J_k) dU/dT. */
    private void entropy(Workspace w, int k) {
        int n = w.members;
        double[] left = w.faceCurrent[k];
        double[] right = w.faceCurrent[k + 1];
        double[] j = w.reaction[k];
        double[] per = w.surfacePerCurrent[k];
        double[] at = w.surfaceAtZero[k];
        double[] entropy = w.entropyAtZero[k];
        double[] slope = w.entropyPerSurface[k];
        for (int m = 0; m < n; m++) {
            double perKelvin = Math.fma(slope[m], Math.fma(per[m], j[m], at[m]), entropy[m]);
            w.reversible[m] = Math.fma(left[m] - right[m], perKelvin, w.reversible[m]);
        }
    }

    private void lumped(Ensemble e, Workspace w, double ambientK, double h) {
        double[] core = e.state[e.layout.coreTemperature()];
        double[] surface = e.state[e.layout.surfaceTemperature()];
        double[] factor = e.parameter(MemberParameter.HEAT_TRANSFER_FACTOR);
        double[] capacity = e.parameter(MemberParameter.HEAT_CAPACITY_FACTOR);
        double perNominal = h / thermal.heatCapacityJPerK();
        for (int m = 0; m < w.members; m++) {
            double perCapacity = perNominal / capacity[m];
            double loss = factor[m] * thermal.surfaceConductanceWPerK() * perCapacity;
            double t = (core[m] + Math.fma(loss, ambientK, w.a[m] * perCapacity)) / (1.0 + loss);
            core[m] = held(t);
            surface[m] = core[m];
        }
        flag(e, core);
    }

    private void coreSurface(Ensemble e, Workspace w, double ambientK, double h) {
        double[] core = e.state[e.layout.coreTemperature()];
        double[] surface = e.state[e.layout.surfaceTemperature()];
        double[] factor = e.parameter(MemberParameter.HEAT_TRANSFER_FACTOR);
        double outside = thermal.surfaceFraction() * thermal.heatCapacityJPerK();
        double inside = thermal.heatCapacityJPerK() - outside;
        double[] capacity = e.parameter(MemberParameter.HEAT_CAPACITY_FACTOR);
        for (int m = 0; m < w.members; m++) {
            double slowed = h / capacity[m];
            double kc = slowed * thermal.coreSurfaceConductanceWPerK() / inside;
            double ks = slowed * thermal.coreSurfaceConductanceWPerK() / outside;
            double loss = slowed * factor[m] * thermal.surfaceConductanceWPerK() / outside;
            double fromCore = Math.fma(slowed / inside, w.a[m], core[m]) / (1.0 + kc);
            double shared = kc / (1.0 + kc);
            double s = Math.fma(ks, fromCore, Math.fma(loss, ambientK, surface[m]))
                    / (1.0 + loss + Math.fma(-ks, shared, ks));
            surface[m] = held(s);
            core[m] = held(Math.fma(shared, s, fromCore));
        }
        flag(e, core);
    }

    private static double held(double t) {
        return Math.max(TemperatureTable.COLDEST_K, Math.min(TemperatureTable.HOTTEST_K, t));
    }

    private static void flag(Ensemble e, double[] core) {
        double[] saturated = e.output(Output.SATURATED);
        for (int m = 0; m < e.members; m++) {
            double atEnd = core[m] >= TemperatureTable.HOTTEST_K || core[m] <= TemperatureTable.COLDEST_K ? 1.0 : 0.0;
            saturated[m] = Math.max(saturated[m], atEnd);
        }
    }
}
