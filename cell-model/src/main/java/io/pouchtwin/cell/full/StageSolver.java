package io.pouchtwin.cell.full;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;

/**
 * One implicit stage: the state y that satisfies (y - base)/dt = f(y) and all algebraic equations, by Newton's method.
 *
 * <pre>
 * salt         eps dc/dt = d/dx( tau D dc/dx ) + (1 - t+)/F d(i_e)/dx,   tau D dc/dx = -(1 - t+) i/F at the lithium, 0 at the collector
 * electrolyte  d(i_e)/dx = a j,    i_e = -tau kappa ( d(phi_e)/dx - chi V_T d(ln c)/dx ),   chi = 2 (1 - t+)
 * solid        d(i_s)/dx = -a j,   i_s = -sigma d(phi_s)/dx,   0 at the membrane, i at the collector
 * reaction     {@link CathodeReaction}, lithium face {@link LithiumFace}, particles {@link ParticleColumn}, terminals {@link Terminal}
 * </pre>
 *
 * <p>Reaction and particles are eliminated cell by cell, which leaves salt, phi_e and phi_s of each cell: a block tridiagonal system. Every
 * balance is linear in its fluxes, so lithium, salt and charge are conserved to rounding after each full Newton step. Temperatures
 * follow by fixed-point iteration inside the same loop.
 */
final class StageSolver {
    /**
     * Relative salt concentration added in logarithms, and below which exchange currents vanish linearly, so that a fully depleted cell of the mesh (1e-30 and less
     * without it) leaves the equations solvable; 0.001 mol/m3, worth about 1 uV of diffusion potential where 1 % of the salt is left.
     */
    static final double RESIDUAL_SALT = 1e-6;

    private static final int MAX_ITERATIONS = 40;
    /** After so many iterations a step that is still far from its end is shortened: near depletion Newton's method can swing between two states. */
    private static final int PATIENCE = 10;

    /** Change over tolerance. */
    private static final double FAR = 1e4;

    private static final double POTENTIAL_TOLERANCE_V = 2e-7;
    private static final double SALT_TOLERANCE = 2e-7;
    private static final double FILLING_TOLERANCE = 1e-8;
    private static final double TEMPERATURE_TOLERANCE_K = 1e-6;
    private static final double BALANCE_TOLERANCE = 1e-12;
    /** [A/m2]; rounding of the solid's potential differences alone makes about this. */
    private static final double BALANCE_FLOOR = 1e-9;
    /** A Newton step may not go further than this share of the way to an empty or full end. */
    private static final double SHARE_TO_END = 0.8;

    final CellGrid grid;
    final ParticleColumn particles;
    final LithiumFace lithiumFace;
    final Terminal terminal = new Terminal();
    final HeatBalance heat;
    private final CellParameters cell;
    private final Cathode cathode;
    private final CathodeReaction reaction;
    private final BlockTridiagonal system;
    private final ElectrolyteFaces transport;
    private final double[] reactionWeight;
    private final double[] reactionFixed;
    private final double[] saltWeight;
    private final double[] twiceExchange;
    private final double[] stretched;
    private final double conductivity;
    private final double sourcePerReaction;
    private SlowState slow;
    /** Particle surface per electrode area in each cathode cell, a dx. */
    private final double[] surfaceArea;

    StageSolver(CellParameters cell, Mesh mesh) {
        this.cell = cell;
        this.cathode = cell.requireCathode();
        this.grid = new CellGrid(cell, mesh);
        this.particles = new ParticleColumn(cathode, mesh);
        this.lithiumFace = new LithiumFace(cell);
        this.heat = new HeatBalance(cell);
        this.reaction = new CathodeReaction(cathode, cell.referenceTemperatureK());
        this.system = new BlockTridiagonal(grid.cells);
        this.transport = new ElectrolyteFaces(cell, grid);
        this.reactionWeight = new double[grid.cathodeCells];
        this.reactionFixed = new double[grid.cathodeCells];
        this.saltWeight = new double[grid.cathodeCells];
        this.twiceExchange = new double[grid.cathodeCells];
        this.stretched = new double[grid.cathodeCells];
        this.surfaceArea = new double[grid.cathodeCells];
        this.conductivity = cathode.electronicConductivitySPerM();
        this.sourcePerReaction = (1 - cell.electrolyte().transference())
                / (PhysicalConstants.FARADAY_C_PER_MOL * cell.electrolyte().concentrationMolPerM3());
        this.slow = SlowState.fresh(cell);
        age(slow);
    }

    /** Sets what ages. */
    void age(SlowState now) {
        slow = now;
        for (int m = 0; m < grid.cathodeCells; m++) {
            surfaceArea[m] = cathode.surfacePerVolume() * now.activeFraction() * grid.width[grid.membraneCells + m];
        }
        transport.limitMembrane(now.membraneConductivityFactor());
        terminal.wire(
                now.leakConductanceSiemensPerM2(),
                0.5 * grid.width[grid.cells - 1] / conductivity + cell.contactResistanceOhmM2());
    }

    /** Surface stoichiometries that belong to shells and reaction. */
    void refreshSurfaces(FieldState y) {
        double activation = cathode.diffusivity().arrhenius().factor(y.coreK);
        for (int m = 0; m < grid.cathodeCells; m++) {
            y.surface[m] = particles.surface(y, m, activation);
        }
    }

    /** Solves from the guess in {@code y}; false if there is no solution or Newton does not find it. */
    boolean solve(FieldState base, FieldState y, double dt) {
        double change = 0;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            if (!assemble(base, y, dt) || !system.solve()) {
                return false;
            }
            double damping = damping(y);
            if (iteration >= PATIENCE && change > FAR) {
                damping *= iteration < 2 * PATIENCE ? 0.5 : 0.25;
            }
            change = update(y, damping);
            if (!(change < Double.POSITIVE_INFINITY)) {
                return false;
            }
            refreshSurfaces(y);
            finish(y);
            double warming = heat.relax(base, y, dt);
            if (damping == 1 && change <= 1 && balanced(y) && Math.abs(warming) <= TEMPERATURE_TOLERANCE_K) {
                return true;
            }
        }
        return false;
    }

    /** True if the cathode takes up what the lithium gives; rounding in a nearly depleted electrolyte needs one more iteration. */
    private boolean balanced(FieldState y) {
        double sum = 0;
        for (int m = 0; m < grid.cathodeCells; m++) {
            sum += surfaceArea[m] * y.reaction[m];
        }
        return Math.abs(y.current + sum) <= BALANCE_TOLERANCE * Math.abs(sum) + BALANCE_FLOOR;
    }

    private boolean assemble(FieldState base, FieldState y, double dt) {
        system.clear();
        transport.evaluate(y.salt, y.coreK);
        lithiumFace.age(slow, y.coreK);
        electrolyteRows(base, y, dt);
        cathodeRows(base, y, dt);
        return collectorRow(y);
    }

    /** Salt and electrolyte-charge balances: storage, fluxes between cells and the lithium face. */
    private void electrolyteRows(FieldState base, FieldState y, double dt) {
        for (int k = 0; k < grid.cells; k++) {
            double storage = grid.porosity[k] * grid.width[k];
            system.diagonal[9 * k] += storage;
            system.right[3 * k] -= storage * (y.salt[k] - base.salt[k]);
            if (k < grid.membraneCells) {
                system.diagonal[9 * k + 8] = 1;
            }
        }
        for (int k = 0; k + 1 < grid.cells; k++) {
            saltFace(y, k, dt);
            chargeFace(y, k);
        }
        lithiumRow(y, dt);
    }

    private void saltFace(FieldState y, int k, double dt) {
        double step = y.salt[k + 1] - y.salt[k];
        double conductance = dt * transport.saltConductance[k];
        double flux = -conductance * step;
        double perHere = conductance - dt * transport.saltConductancePerHere[k] * step;
        double perNext = -conductance - dt * transport.saltConductancePerNext[k] * step;
        flux(k, 0, flux, perHere, perNext, 0);
    }

    private void chargeFace(FieldState y, int k) {
        double chiThermal = transport.chiThermal;
        double force = y.electrolytePotential[k + 1]
                - y.electrolytePotential[k]
                - chiThermal * (transport.logSalt[k + 1] - transport.logSalt[k]);
        double conductance = transport.chargeConductance[k];
        double flux = -conductance * force;
        double perHere =
                -conductance * chiThermal / (y.salt[k] + RESIDUAL_SALT) - transport.chargeConductancePerHere[k] * force;
        double perNext = conductance * chiThermal / (y.salt[k + 1] + RESIDUAL_SALT)
                - transport.chargeConductancePerNext[k] * force;
        flux(k, 1, flux, perHere, perNext, conductance);
    }

    /** Adds a flux from cell k to k + 1 to row {@code row} of both: slopes in the two salts, and in the two electrolyte potentials. */
    private void flux(int k, int row, double flux, double perHere, double perNext, double conductance) {
        int d = 9 * k + 3 * row;
        int n = 9 * (k + 1) + 3 * row;
        system.diagonal[d] += perHere;
        system.upper[d] += perNext;
        system.lower[n] -= perHere;
        system.diagonal[n] -= perNext;
        system.diagonal[d + 1] += conductance;
        system.upper[d + 1] -= conductance;
        system.lower[n + 1] -= conductance;
        system.diagonal[n + 1] += conductance;
        system.right[3 * k + row] -= flux;
        system.right[3 * (k + 1) + row] += flux;
    }

    /** The current density from the lithium enters the first cell; (1 - t+) of it is carried by salt. */
    private void lithiumRow(FieldState y, double dt) {
        lithiumFace.linearise(
                y.current,
                y.electrolytePotential[0],
                y.salt[0],
                transport.firstHalfResistance,
                sourcePerReaction * transport.firstHalfSaltResistance,
                y.coreK);
        double fixed = y.current + lithiumFace.fixedChange();
        double perSalt = lithiumFace.perSalt();
        double perPotential = lithiumFace.perPotential();
        system.diagonal[3] -= perSalt;
        system.diagonal[4] -= perPotential;
        system.right[1] += fixed;
        double share = dt * sourcePerReaction;
        system.diagonal[0] -= share * perSalt;
        system.diagonal[1] -= share * perPotential;
        system.right[0] += share * fixed;
    }

    private void cathodeRows(FieldState base, FieldState y, double dt) {
        double activation = cathode.diffusivity().arrhenius().factor(y.coreK);
        for (int m = 0; m < grid.cathodeCells; m++) {
            int k = grid.membraneCells + m;
            particles.forward(base, y, m, dt, activation);
            reaction.linearise(
                    y.solidPotential[k] - y.electrolytePotential[k], y.surface[m], y.salt[k], y.reaction[m], y.coreK);
            double weight = -1 / (reaction.perReaction + reaction.perSurface * particles.surfacePerReaction[m]);
            double fixed = weight * (reaction.residual + reaction.perSurface * particles.surfaceFixed[m]);
            reactionWeight[m] = weight;
            reactionFixed[m] = fixed;
            saltWeight[m] = weight * reaction.perSalt;
            twiceExchange[m] = reaction.twiceExchange;
            stretched[m] = reaction.stretched;
            source(k, 0, -dt * sourcePerReaction * surfaceArea[m], y.reaction[m] + fixed, weight, saltWeight[m]);
            source(k, 1, -surfaceArea[m], y.reaction[m] + fixed, weight, saltWeight[m]);
            source(k, 2, surfaceArea[m], y.reaction[m] + fixed, weight, saltWeight[m]);
        }
        for (int k = grid.membraneCells; k + 1 < grid.cells; k++) {
            double solidConductance = conductivity / (0.5 * (grid.width[k] + grid.width[k + 1]));
            double flux = -solidConductance * (y.solidPotential[k + 1] - y.solidPotential[k]);
            system.diagonal[9 * k + 8] += solidConductance;
            system.upper[9 * k + 8] -= solidConductance;
            system.lower[9 * (k + 1) + 8] -= solidConductance;
            system.diagonal[9 * (k + 1) + 8] += solidConductance;
            system.right[3 * k + 2] -= flux;
            system.right[3 * (k + 1) + 2] += flux;
        }
    }

    /** Adds factor * j to a row, with j = fixed + weight (d phi_s - d phi_e) + perSalt d c. */
    private void source(int k, int row, double factor, double fixed, double weight, double perSalt) {
        int d = 9 * k + 3 * row;
        system.diagonal[d] += factor * perSalt;
        system.diagonal[d + 1] -= factor * weight;
        system.diagonal[d + 2] += factor * weight;
        system.right[3 * k + row] -= factor * fixed;
    }

    private boolean collectorRow(FieldState y) {
        int k = grid.cells - 1;
        if (!terminal.relate(y.solidPotential[k])) {
            return false;
        }
        system.diagonal[9 * k + 8] += terminal.slope;
        system.right[3 * k + 2] -= terminal.current;
        return true;
    }

    private double reactionChange(int m) {
        int k = grid.membraneCells + m;
        return reactionFixed[m]
                + reactionWeight[m] * (system.right[3 * k + 2] - system.right[3 * k + 1])
                + saltWeight[m] * system.right[3 * k];
    }

    /**
     * Newton's change of a reaction that falls by much would overshoot through zero, because asinh is steep there; the change that the same
     * overpotential makes through sinh does not. Small changes stay linear, so that balances hold exactly at the end.
     */
    private double safeReactionChange(int m, double before) {
        double change = reactionChange(m);
        if (Math.abs(change) <= 0.1 * (Math.abs(before) + twiceExchange[m])) {
            return change;
        }
        double z = before / twiceExchange[m];
        double root = Math.sqrt(1 + z * z);
        double argument = stretched[m] + change / (twiceExchange[m] * root);
        double bent = Math.abs(argument) < 300 ? twiceExchange[m] * Math.sinh(argument) : Double.POSITIVE_INFINITY;
        return Math.abs(bent) < Math.abs(before + change) ? bent - before : change;
    }

    /** Largest share of the Newton step that keeps surfaces between empty and full. */
    private double damping(FieldState y) {
        double damping = 1;
        for (int m = 0; m < grid.cathodeCells; m++) {
            double change =
                    particles.surfaceFixed[m] + particles.surfacePerReaction[m] * safeReactionChange(m, y.reaction[m]);
            double x = y.surface[m];
            double room = change < 0 ? x : 1 - x;
            if (room > 0 && Math.abs(change) > SHARE_TO_END * room) {
                damping = Math.min(damping, SHARE_TO_END * room / Math.abs(change));
            }
        }
        return damping;
    }

    /** Applies the damped step; returns the largest undamped change over its tolerance. */
    private double update(FieldState y, double damping) {
        double largest = 0;
        double currentChange = lithiumFace.fixedChange()
                + lithiumFace.perSalt() * system.right[0]
                + lithiumFace.perPotential() * system.right[1];
        y.current += damping * currentChange;
        for (int m = 0; m < grid.cathodeCells; m++) {
            double change = safeReactionChange(m, y.reaction[m]);
            double surface = particles.surfaceFixed[m] + particles.surfacePerReaction[m] * change;
            largest = larger(largest, surface / FILLING_TOLERANCE);
            y.reaction[m] += damping * change;
            particles.backward(y, m, change, damping);
        }
        for (int k = 0; k < grid.cells; k++) {
            // held positive cell by cell: one depleted cell must not slow down all others
            y.salt[k] = Math.max(y.salt[k] + damping * system.right[3 * k], (1 - SHARE_TO_END) * y.salt[k]);
            y.electrolytePotential[k] += damping * system.right[3 * k + 1];
            y.solidPotential[k] += damping * system.right[3 * k + 2];
            largest = larger(largest, system.right[3 * k] / SALT_TOLERANCE);
            largest = larger(largest, system.right[3 * k + 1] / POTENTIAL_TOLERANCE_V);
            largest = larger(largest, system.right[3 * k + 2] / POTENTIAL_TOLERANCE_V);
        }
        return largest;
    }

    /** Maximum of magnitudes that lets NaN through. */
    private static double larger(double largest, double change) {
        double size = Math.abs(change);
        return size <= largest ? largest : size;
    }

    /** Terminal voltage and heat of the state. */
    private void finish(FieldState y) {
        y.voltage = terminal.voltage(y.solidPotential[grid.cells - 1], y.current);
        double released = terminal.leakHeat(y.voltage) - y.current * y.voltage;
        for (int m = 0; m < grid.cathodeCells; m++) {
            double flow = surfaceArea[m] * y.reaction[m];
            released -= flow * reaction.openCircuit(y.surface[m], y.coreK);
            if (!cathode.entropic().isZero()) {
                released += flow * y.coreK * cathode.entropic().at(y.surface[m]);
            }
        }
        y.heat = released;
    }
}
