package io.pouchtwin.cell.full;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Thermal;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;

/**
 * Temperature of the cell, one implicit step:
 *
 * <pre>
 * lumped        C dT/dt = A q - h (T - T_amb)
 * core/surface  (1 - s) C dT_c/dt = A q - k (T_c - T_s),   s C dT_s/dt = k (T_c - T_s) - h (T_s - T_amb)
 * </pre>
 *
 * with q the heat per area from the stage's state. It depends weakly on temperature, so fixed-point iteration converges fast.
 */
final class HeatBalance {
    private final Thermal thermal;
    private final double area;
    private double ambientK;

    HeatBalance(CellParameters cell) {
        this.thermal = cell.thermal();
        this.area = cell.areaM2();
        this.ambientK = thermal.ambientK();
    }

    void setAmbient(double kelvin) {
        ambientK = kelvin;
    }

    double ambientK() {
        return ambientK;
    }

    /** Moves the temperatures of {@code y} to what its heat asks for; returns the change of the core [K]. */
    double relax(FieldState base, FieldState y, double dt) {
        double before = y.coreK;
        if (thermal.model() == ThermalModel.ISOTHERMAL) {
            y.coreK = base.coreK;
            y.outerK = base.outerK;
            return y.coreK - before;
        }
        double capacity = thermal.heatCapacityJPerK();
        double toAmbient = thermal.surfaceConductanceWPerK();
        double heat = area * y.heat;
        if (thermal.model() == ThermalModel.LUMPED) {
            y.coreK = (capacity * base.coreK + dt * (heat + toAmbient * ambientK)) / (capacity + dt * toAmbient);
            y.outerK = y.coreK;
            return y.coreK - before;
        }
        double core = (1 - thermal.surfaceFraction()) * capacity;
        double outer = thermal.surfaceFraction() * capacity;
        double between = dt * thermal.coreSurfaceConductanceWPerK();
        double a = core + between;
        double d = outer + between + dt * toAmbient;
        double determinant = a * d - between * between;
        double coreRight = core * base.coreK + dt * heat;
        double outerRight = outer * base.outerK + dt * toAmbient * ambientK;
        y.coreK = (coreRight * d + between * outerRight) / determinant;
        y.outerK = (a * outerRight + between * coreRight) / determinant;
        return y.coreK - before;
    }
}
