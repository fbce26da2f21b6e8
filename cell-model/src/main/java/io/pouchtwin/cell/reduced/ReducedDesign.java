package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.CathodeExchangeCurrent;
import io.pouchtwin.cell.ElectrolyteTransport;
import io.pouchtwin.cell.OpenCircuitVoltage;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;

/**
 * The numbers and tables of a parameter set that all members of an ensemble share; computed once, then read only.
 *
 * <p>Laws of the stoichiometry become tables, so that a step costs the same for every law. Each law is tabulated at the reference temperature; temperature enters by its Arrhenius factor.
 */
final class ReducedDesign {
    /** Pieces of the open-circuit table; cubic pieces err by less than 0.01 mV inside the voltage window. */
    private static final int VOLTAGE_PIECES = 4096;
    /** Pieces of the tables for diffusivity, kinetics and salt. */
    private static final int LAW_PIECES = 2048;
    /** How far beyond the voltage window the open-circuit table reaches [V]. */
    private static final double BEYOND_WINDOW_V = 0.8;
    /**
     * Salt relative to the initial concentration is held within these bounds [1]. A trace below zero is what {@link #SALT_TANGENT} asks of a dry pore; holding it at zero would make salt.
     */
    static final double SALT_LEAST = -0.25;

    static final double SALT_MOST = 16;
    /** Below this salt the logarithm in the pores goes on along its tangent [1]. */
    static final double SALT_TANGENT = 1e-4;
    /** What is left at the lithium when the membrane has run dry there [1]; as in the full-order cell. */
    static final double SALT_RESIDUAL = 1e-6;
    /** Least salt for which the transport laws are tabulated [1]. */
    private static final double SALT_TABULATED = 1e-3;
    /** Stoichiometry that the change of the diffusivity's slope pivots on [1]. */
    static final double SLOPE_PIVOT = 0.6;
    /** Lithium below this share of the initial inventory no longer covers the area [1]. */
    static final double BARE_SHARE = 1e-3;
    /** Currents beyond this multiple of 1 C are held there [1]. */
    static final double MOST_C_RATE = 200;

    final CellParameters cell;
    final int nodes;
    final int shells;
    final int membraneCells;
    final int saltPerNode;

    /** Volume of each shell over R^3/3, and outer area over distance to the next centre, over R [1]. */
    final double[] shellVolume;

    final double[] faceOverDistance;
    /** Half the outermost shell's thickness over R [1]. */
    final double halfOuterShell;
    /** Of the cathode, and of each of its nodes [m]. */
    final double thickness;

    final double nodeWidth;
    final double membraneCellWidth;

    final double oneC;
    final double mostCurrentDensity;
    /** F c_max R / 1: turns current density per particle surface into a gradient of x [A/m2 times m2/s inverse]. */
    final double surfacePerVolume;

    final CubicTable openCircuit;
    final CubicTable entropic;
    final boolean hasEntropy;
    final LinearTable diffusivity;
    final LinearTable kinetics;
    /** Factor of relative salt on an exchange current density, and the salt's logarithm. */
    final PairTable cathodeSalt;

    final PairTable lithiumSalt;
    final boolean transportVaries;
    /** Conductivity and diffusivity over their values at the initial concentration, against relative salt [1]. */
    final LinearTable conductivityShape;

    final LinearTable diffusivityShape;
    final double conductivityReference;
    final double saltDiffusivityReference;
    final double inventory;
    final double dischargedStoichiometry;

    ReducedDesign(CellParameters cell, ReducedOptions options) {
        this.cell = cell;
        dischargedStoichiometry = cell.dischargedStoichiometry();
        nodes = options.nodes();
        shells = options.shells();
        membraneCells = options.membraneCells();
        saltPerNode = options.saltPerNode();
        CellParameters.Cathode cathode = cell.requireCathode();

        shellVolume = new double[shells];
        faceOverDistance = new double[shells];
        halfOuterShell = gradeShells();
        thickness = cathode.layer().thicknessM();
        nodeWidth = thickness / nodes;
        membraneCellWidth = cell.membrane().thicknessM() / membraneCells;
        oneC = cell.oneCAmpere();
        mostCurrentDensity = MOST_C_RATE * oneC / cell.areaM2();
        surfacePerVolume = cathode.surfacePerVolume();
        inventory = cell.lithium().inventoryMolPerM2();

        OpenCircuitVoltage ocv = cathode.openCircuitVoltage();
        double empty = ocv.stoichiometry(cell.window().voltageMaxV() + BEYOND_WINDOW_V);
        double full = ocv.stoichiometry(cell.window().voltageMinV() - BEYOND_WINDOW_V);
        openCircuit = new CubicTable(ocv::voltage, ocv::slope, empty, full, VOLTAGE_PIECES);
        hasEntropy = !cathode.entropic().isZero();
        entropic = new CubicTable(cathode.entropic()::at, cathode.entropic()::slope, 0, 1, LAW_PIECES);
        diffusivity = new LinearTable(cathode.diffusivity()::atReference, 0, 1, LAW_PIECES);
        CathodeExchangeCurrent exchange = cathode.exchangeCurrent();
        kinetics = new LinearTable(x -> exchange.at(1, x, cell.referenceTemperatureK()), 0, 1, LAW_PIECES);
        cathodeSalt = saltTable(exchange.electrolyteExponent());
        lithiumSalt = saltTable(cell.lithium().exchangeCurrent().electrolyteExponent());

        ElectrolyteTransport transport = cell.electrolyte().transport();
        double c0 = cell.electrolyte().concentrationMolPerM3();
        double tRef = cell.referenceTemperatureK();
        transportVaries = !(transport instanceof ElectrolyteTransport.Constant);
        conductivityReference = transport.conductivity(c0, tRef);
        saltDiffusivityReference = transport.diffusivity(c0, tRef);
        conductivityShape = new LinearTable(
                r -> Math.max(1e-3, transport.conductivity(r * c0, tRef) / conductivityReference),
                SALT_TABULATED,
                5,
                LAW_PIECES);
        diffusivityShape = new LinearTable(
                r -> Math.max(1e-3, transport.diffusivity(r * c0, tRef) / saltDiffusivityReference),
                SALT_TABULATED,
                5,
                LAW_PIECES);
    }

    /** Straight pieces over the square root err in ln c by less than 0.0002 from 1e-4 of the initial concentration on: 0.01 mV. */
    private static PairTable saltTable(double exponent) {
        return new PairTable(r -> power(r, exponent), Elementary::log, SALT_RESIDUAL, SALT_MOST, 8 * LAW_PIECES);
    }

    private static double power(double base, double exponent) {
        return exponent == 0.5 ? Math.sqrt(base) : Elementary.pow(base, exponent);
    }

    /** Shells graded r = R (1 - (1 - s)^2), s in equal steps: fine at the surface, where the gradients are. */
    private double gradeShells() {
        double[] r = new double[shells + 1];
        for (int s = 0; s <= shells; s++) {
            double rest = 1 - s / (double) shells;
            r[s] = 1 - rest * rest;
        }
        for (int s = 0; s < shells; s++) {
            shellVolume[s] = (r[s + 1] * r[s + 1] * r[s + 1] - r[s] * r[s] * r[s]) / 3;
            double distance = s + 1 < shells ? 0.5 * (r[s + 2] - r[s]) : 1;
            faceOverDistance[s] = r[s + 1] * r[s + 1] / distance;
        }
        return 0.5 * (1 - r[shells - 1]);
    }

    /** F c_max [C/m3]. */
    double siteCharge() {
        return PhysicalConstants.FARADAY_C_PER_MOL * cell.requireCathode().concentrationMaxMolPerM3();
    }
}
