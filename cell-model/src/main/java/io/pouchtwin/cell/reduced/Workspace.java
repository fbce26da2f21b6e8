package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.math.ElementaryRows;

/**
 * Rows that a step works in; nothing in them outlives the call. One workspace serves any number of ensembles of the same cell and size, one after the other, on one thread.
 */
public final class Workspace {
    final int members;
    final ElementaryRows functions;

    /** Held temperature [K], 2 R T / F [V], and the factors of the laws. */
    final double[] temperature;

    final double[] twoThermalVoltages;
    final double[] diffusivityFactor;
    final double[] cathodeFactor;
    final double[] lithiumFactor;
    final double[] filmFactor;
    final double[] conductivityFactor;
    final double[] saltFactor;
    /** Length of a sub-step by each member's own rate of the salt [s], and what comes into each volume of a node in it per current into the node [m3/A]. */
    final double[] saltTime;

    final double[] saltSource;

    /** Interior current density, positive on charge [A/m2]. */
    final double[] current;
    /** Surface of particles per electrode area and thickness, inverse [m]. */
    final double[] perSurface;
    /** Diffusivity at the shells of one particle, as the law has it [m2/s]. */
    final double[][] diffusivity;
    /** Diffusivity factor over R^2 [1/m2]. */
    final double[] diffusivityScale;

    /** x[s] = rest[s] + follow[s] x[s+1] inside each particle. */
    final double[][] rest;

    final double[][] follow;
    final double[] carry;
    final double[] pushed;
    /** Outermost shell and surface of each particle are straight lines in the reaction's current density. */
    final double[][] outerAtZero;

    final double[][] outerPerCurrent;
    final double[][] surfaceAtZero;
    final double[][] surfacePerCurrent;

    /** Per node: exchange current density without and with the salt's factor, reaction current density, open-circuit voltage, overpotential. */
    final double[][] saturatedExchange;

    final double[][] exchange;

    final double[][] reaction;
    final double[][] voltage;
    final double[][] overpotential;
    final double[][] potential;
    final double[][] potentialSlope;
    /** dU/dT of a node as a straight line in its surface's stoichiometry [V/K]. */
    final double[][] entropyAtZero;

    final double[][] entropyPerSurface;
    /** Current towards the lithium at the faces of the nodes [A/m2]. */
    final double[][] faceCurrent;
    /** Resistance of a node's electrolyte and solid [ohm m2]. */
    final double[][] poreResistance;

    final double[][] nodeResistance;
    final double[][] logSalt;
    /** Change of a face's current: right-hand side, then solution; the elimination's rows, tridiagonal or full. */
    final double[][] faceChange;

    final double[][] faceFollow;
    final double[][][] faceMatrix;
    final double[][] saltRelative;
    /** Salt of each volume as held above the tangent's beginning, its factor on the kinetics, and the salt at the sub-step's end. */
    final double[][] saltHeld;

    final double[][] saltKinetics;
    final double[][] saltAfter;
    /** Salt at the sub-step's end: with the whole reaction in the first node, and per current through an inner face, [face][volume]. */
    final double[][] saltAlone;

    final double[][][] saltPerFace;
    /** Slope of a node's potential in the current through an inner face, through the salt, [node][face] [ohm m2]. */
    final double[][][] saltCoupling;
    /** Elimination of the salt: inverse pivot, conductance to the next volume, share of the next volume's salt. */
    final double[][] saltInverse;

    final double[][] saltConductance;
    final double[][] saltFollow;
    /** Outputs of a sub-step or of a hypothetical current, which no one else sees. */
    final NamedRows<Output> parts;

    final double[] interiorVoltage;

    /** Never written to. */
    final double[] zero;

    final double[] a;
    final double[] b;
    final double[] c;
    final double[] d;
    final double[] membraneResistance;
    final double[] reversible;
    final double[] logSaltLithium;
    final double[] saltFactorLithium;
    final double[] saltAtLithium;
    /** Effective diffusivity of salt in each volume [m2/s]. */
    final double[][] saltDiffusivity;

    Workspace(ReducedDesign design, int members) {
        this.members = members;
        functions = new ElementaryRows(members);
        temperature = new double[members];
        twoThermalVoltages = new double[members];
        diffusivityFactor = new double[members];
        cathodeFactor = new double[members];
        lithiumFactor = new double[members];
        filmFactor = new double[members];
        conductivityFactor = new double[members];
        saltFactor = new double[members];
        saltTime = new double[members];
        saltSource = new double[members];
        current = new double[members];
        perSurface = new double[members];
        diffusivityScale = new double[members];
        carry = new double[members];
        pushed = new double[members];
        parts = new NamedRows<>(Output.class, members);
        interiorVoltage = new double[members];
        zero = new double[members];
        a = new double[members];
        b = new double[members];
        c = new double[members];
        d = new double[members];
        membraneResistance = new double[members];
        reversible = new double[members];
        logSaltLithium = new double[members];
        saltFactorLithium = new double[members];
        saltAtLithium = new double[members];

        int nodes = design.nodes;
        int volumes = design.membraneCells + nodes * design.saltPerNode;
        saltDiffusivity = new double[volumes][members];
        diffusivity = new double[design.shells][members];
        rest = new double[nodes * design.shells][members];
        follow = new double[nodes * design.shells][members];
        outerAtZero = new double[nodes][members];
        surfaceAtZero = new double[nodes][members];
        outerPerCurrent = new double[nodes][members];
        surfacePerCurrent = new double[nodes][members];
        exchange = new double[nodes][members];
        reaction = new double[nodes][members];
        voltage = new double[nodes][members];
        overpotential = new double[nodes][members];
        potential = new double[nodes][members];
        potentialSlope = new double[nodes][members];
        faceCurrent = new double[nodes + 1][members];
        poreResistance = new double[nodes][members];
        nodeResistance = new double[nodes][members];
        logSalt = new double[nodes][members];
        saltRelative = new double[volumes][members];
        saturatedExchange = new double[nodes][members];
        entropyAtZero = new double[nodes][members];
        entropyPerSurface = new double[nodes][members];
        faceChange = new double[nodes][members];
        faceFollow = new double[nodes][members];
        faceMatrix = new double[nodes][nodes][members];
        saltHeld = new double[volumes][members];
        saltKinetics = new double[volumes][members];
        saltAfter = new double[volumes][members];
        saltAlone = new double[volumes][members];
        saltPerFace = new double[nodes][volumes][members];
        saltCoupling = new double[nodes][nodes][members];
        saltInverse = new double[volumes][members];
        saltConductance = new double[volumes][members];
        saltFollow = new double[volumes][members];
    }
}
