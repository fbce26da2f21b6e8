package io.pouchtwin.cell.full;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Thermal;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;

/**
 * Two lithium electrodes with the membrane between them: a symmetric Li|Li cell, or Li||Cu whose copper starts bare. With i positive from the
 * counter electrode (x = 0) to the working electrode (x = L; copper, or the second foil):
 *
 * <pre>
 * V = -[ eta(i, u_0) + eta(i, u_L) + i (2 R_film + L/kappa + R_contact) ] + chi V_T ln(u_L / u_0)
 * eta(i, u) = 2 V_T asinh( i / (2 i0(u)) ),   chi = 2 (1 - t+)
 * </pre>
 *
 * <p>So plating the working electrode is a negative voltage and a negative (discharging) current, as on copper against lithium. Of what is
 * plated a share (the efficiency) can be stripped again; stripping ends when an electrode has no more.
 *
 * <p>Within a time step the current is constant and found from the state at its beginning; the cell is uniformly warm.
 */
public final class LithiumPairCell implements SimulatedCell {
    private static final double FIRST_STEP_S = 0.01;
    private static final double LONGEST_STEP_S = 5;
    private static final double GROWTH = 1.3;
    /** Wider than any current that a membrane can carry [A/m2]. */
    private static final double BRACKET = 1e5;

    private static final int BISECTIONS = 80;
    private static final int OWN_NUMBERS = 16;

    private final CellParameters parameters;
    private final SaltColumn column;
    private final double cellWidth;
    private SlowState slow;
    private double counterInventory;
    private double workingInventory;
    private double lost;
    private double efficiency;
    private double kelvin;
    private double ambientK;
    private double current;
    private double voltage;
    private double step = FIRST_STEP_S;
    private double lastSetPoint = Double.NaN;

    private LithiumPairCell(CellParameters parameters, Mesh mesh) {
        this.parameters = parameters;
        this.column = new SaltColumn(Math.max(10, mesh.membraneCells()));
        this.cellWidth = parameters.membrane().thicknessM() / column.salt.length;
        this.slow = SlowState.fresh(parameters);
        this.counterInventory = parameters.lithium().inventoryMolPerM2();
        this.workingInventory = parameters.kind() == CellKind.SYMMETRIC ? counterInventory : 0;
        this.efficiency = parameters.lithium().efficiency();
        this.ambientK = Accepted.ambient(parameters.thermal().ambientK());
        this.kelvin = ambientK;
    }

    /** A new cell at rest. */
    public static LithiumPairCell fresh(CellParameters parameters, Mesh mesh) {
        if (parameters.kind() == CellKind.HALF_CELL) {
            throw new IllegalArgumentException(parameters.design() + ": expected a symmetric or lithium-copper cell");
        }
        return new LithiumPairCell(parameters, mesh);
    }

    @Override
    public StepReport advance(Drive drive, double seconds, Limits limits) {
        Accepted.drive(drive, seconds);
        if (drive instanceof Drive.Power) {
            throw new IllegalArgumentException(
                    "drive: power, expected current or voltage: a cell without a voltage of its own"
                            + " dissipates any power at either sign of the current");
        }
        double elapsed = 0;
        double charge = 0;
        double energy = 0;
        if (drive.setPoint() != lastSetPoint) {
            step = FIRST_STEP_S;
            lastSetPoint = drive.setPoint();
        }
        while (true) {
            if (!settle(drive)) {
                return report(elapsed, Stop.SATURATED, charge, energy);
            }
            Stop reached = reached(drive, limits);
            if (reached != Stop.TIME || elapsed >= seconds) {
                return report(elapsed, reached, charge, energy);
            }
            double h = Math.min(Math.min(step, seconds - elapsed), strippingTime());
            step = Math.min(GROWTH * step, LONGEST_STEP_S);
            double outer = current - slow.leakConductanceSiemensPerM2() * voltage;
            charge -= h * outer * parameters.areaM2();
            energy -= h * outer * voltage * parameters.areaM2();
            move(h);
            elapsed = h >= seconds - elapsed ? seconds : elapsed + h;
        }
    }

    /** Finds current and voltage that the drive asks for in the present state. */
    private boolean settle(Drive drive) {
        double leak = slow.leakConductanceSiemensPerM2();
        if (drive instanceof Drive.Current held && leak == 0) {
            current = -held.ampere() / parameters.areaM2();
        } else {
            double low = -BRACKET;
            double high = BRACKET;
            for (int i = 0; i < BISECTIONS; i++) {
                double middle = 0.5 * (low + high);
                double v = voltageAt(middle);
                boolean tooMuch = drive instanceof Drive.Voltage held
                        ? v < held.volt()
                        : middle - leak * v > -drive.setPoint() / parameters.areaM2();
                low = tooMuch ? low : middle;
                high = tooMuch ? middle : high;
            }
            current = 0.5 * (low + high);
        }
        voltage = voltageAt(current);
        return faceSalt(current, 0) > 0 && faceSalt(-current, column.salt.length - 1) > 0;
    }

    private double conductivity() {
        double scale = parameters.electrolyte().concentrationMolPerM3();
        return parameters.electrolyte().transport().conductivity(scale, kelvin)
                * parameters.membrane().transportEfficiency()
                * slow.membraneConductivityFactor();
    }

    private double diffusivity() {
        double scale = parameters.electrolyte().concentrationMolPerM3();
        return parameters.electrolyte().transport().diffusivity(scale, kelvin)
                * parameters.membrane().transportEfficiency()
                * slow.membraneConductivityFactor();
    }

    private double saltPerCharge() {
        return (1 - parameters.electrolyte().transference())
                / (PhysicalConstants.FARADAY_C_PER_MOL
                        * parameters.electrolyte().concentrationMolPerM3());
    }

    /** Salt at the face of a stripping electrode beside cell k; the current enters the electrolyte there. */
    private double faceSalt(double entering, int k) {
        return column.salt[k] + saltPerCharge() * entering * 0.5 * cellWidth / diffusivity();
    }

    private double voltageAt(double i) {
        double floor = StageSolver.RESIDUAL_SALT;
        double counter = Math.max(faceSalt(i, 0), floor);
        double working = Math.max(faceSalt(-i, column.salt.length - 1), floor);
        double interfaces = 2 * slow.interfaceResistance(parameters, kelvin) / slow.contactUtilisation();
        double chi = 2 * (1 - parameters.electrolyte().transference());
        double ohmic = i
                * (interfaces
                        + parameters.membrane().thicknessM() / conductivity()
                        + parameters.contactResistanceOhmM2());
        return -overpotential(i, counter)
                - overpotential(i, working)
                - ohmic
                + chi * PhysicalConstants.thermalVoltage(kelvin) * Math.log(working / counter);
    }

    private double overpotential(double i, double salt) {
        double exchange = parameters.lithium().exchangeCurrent().at(salt, kelvin) * slow.contactUtilisation();
        return ButlerVolmer.overpotential(i, exchange, kelvin);
    }

    private Stop reached(Drive drive, Limits limits) {
        double outer = current - slow.leakConductanceSiemensPerM2() * voltage;
        if (strippingTime() <= 0) {
            return Stop.LITHIUM_EXHAUSTED;
        }
        if (drive instanceof Drive.Voltage) {
            double taper = limits.taperAmpere() / parameters.areaM2();
            return taper > 0 && Math.abs(outer) <= taper ? Stop.TAPER : Stop.TIME;
        }
        if (outer > 0 && voltage <= limits.voltageMinV()) {
            return Stop.VOLTAGE_MIN;
        }
        if (outer < 0 && voltage >= limits.voltageMaxV()) {
            return Stop.VOLTAGE_MAX;
        }
        return kelvin >= limits.temperatureMaxK() ? Stop.TEMPERATURE : Stop.TIME;
    }

    /** Time until the electrode that is stripped has nothing left [s]. */
    private double strippingTime() {
        double molPerSecond = Math.abs(current) / PhysicalConstants.FARADAY_C_PER_MOL;
        if (molPerSecond == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double left = current > 0 ? counterInventory : workingInventory;
        return left < 1e-12 ? 0 : left / molPerSecond;
    }

    private void move(double h) {
        double mol = h * current / PhysicalConstants.FARADAY_C_PER_MOL;
        if (mol > 0) {
            counterInventory -= mol;
            workingInventory += efficiency * mol;
        } else {
            workingInventory += mol;
            counterInventory -= efficiency * mol;
        }
        lost += (1 - efficiency) * Math.abs(mol);
        double storage = parameters.membrane().porosity() * cellWidth;
        column.step(h, diffusivity() / (storage * cellWidth), saltPerCharge() * current / storage);
        Thermal thermal = parameters.thermal();
        if (thermal.model() != ThermalModel.ISOTHERMAL) {
            double heat = -current * voltage * parameters.areaM2();
            double exchange = h * thermal.surfaceConductanceWPerK();
            kelvin = (thermal.heatCapacityJPerK() * kelvin + h * heat + exchange * ambientK)
                    / (thermal.heatCapacityJPerK() + exchange);
        }
    }

    private StepReport report(double elapsed, Stop stop, double charge, double energy) {
        return new StepReport(elapsed, stop, voltage, ampere(), kelvin, charge, energy);
    }

    /** Lithium on the working electrode that can be stripped [mol/m2]. */
    public double workingInventoryMolPerM2() {
        return workingInventory;
    }

    /** Sum of the relative salt over its initial sum; 1 up to rounding. */
    public double relativeSalt() {
        double sum = 0;
        for (double u : column.salt) {
            sum += u;
        }
        return sum / column.salt.length;
    }

    @Override
    public CellParameters parameters() {
        return parameters;
    }

    @Override
    public double voltageV() {
        return voltage;
    }

    @Override
    public double ampere() {
        return 0.0 - (current - slow.leakConductanceSiemensPerM2() * voltage) * parameters.areaM2();
    }

    @Override
    public double temperatureK() {
        return kelvin;
    }

    @Override
    public double coreTemperatureK() {
        return kelvin;
    }

    @Override
    public double lithiumInventoryMolPerM2() {
        return counterInventory;
    }

    @Override
    public double lostLithiumMolPerM2() {
        return lost;
    }

    @Override
    public SlowState slow() {
        return slow;
    }

    @Override
    public void age(SlowState next) {
        slow = next;
    }

    @Override
    public void setLithiumInventory(double molPerM2) {
        counterInventory = Accepted.inventory(molPerM2);
    }

    @Override
    public void setEfficiency(double share) {
        efficiency = Accepted.efficiency(share);
    }

    @Override
    public void setAmbient(double nextK) {
        ambientK = Accepted.ambient(nextK);
    }

    @Override
    public int stateSize() {
        return column.salt.length + OWN_NUMBERS;
    }

    @Override
    public double[] save() {
        double[] state = new double[stateSize()];
        System.arraycopy(column.salt, 0, state, 0, column.salt.length);
        double[] own = {
            counterInventory,
            workingInventory,
            lost,
            efficiency,
            kelvin,
            ambientK,
            current,
            voltage,
            step,
            lastSetPoint,
            slow.filmResistanceOhmM2(),
            slow.deadLithiumMolPerM2(),
            slow.contactUtilisation(),
            slow.activeFraction(),
            slow.membraneConductivityFactor(),
            slow.leakConductanceSiemensPerM2()
        };
        System.arraycopy(own, 0, state, column.salt.length, own.length);
        return state;
    }

    @Override
    public void restore(double[] state) {
        if (state.length != stateSize()) {
            throw new IllegalArgumentException("state: " + state.length + " numbers, expected " + stateSize());
        }
        System.arraycopy(state, 0, column.salt, 0, column.salt.length);
        int at = column.salt.length;
        counterInventory = state[at];
        workingInventory = state[at + 1];
        lost = state[at + 2];
        efficiency = state[at + 3];
        kelvin = state[at + 4];
        ambientK = state[at + 5];
        current = state[at + 6];
        voltage = state[at + 7];
        step = state[at + 8];
        lastSetPoint = state[at + 9];
        slow = new SlowState(
                state[at + 10], state[at + 11], state[at + 12], state[at + 13], state[at + 14], state[at + 15]);
    }
}
