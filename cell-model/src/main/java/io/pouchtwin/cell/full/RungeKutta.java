package io.pouchtwin.cell.full;

/**
 * One step of Alexander's third-order, three-stage, stiffly accurate diagonally implicit method, with the second-order solution of its
 * first two stages as error estimate. Every stage is an implicit Euler step of length gamma h from a combination of earlier stages, so a
 * jump of the current at the step's beginning needs no start-up, and linear invariants (lithium, salt) are kept.
 *
 * @see "R. Alexander, SIAM J. Numer. Anal. 14 (1977) 1006"
 */
final class RungeKutta {
    private static final double GAMMA = 0.435866521508459;
    private static final double B1 = -(6 * GAMMA * GAMMA - 16 * GAMMA + 1) / 4;
    private static final double B2 = (6 * GAMMA * GAMMA - 20 * GAMMA + 5) / 4;
    /** Weights of the second-order solution. */
    private static final double E2 = (1 - 2 * GAMMA) / (1 - GAMMA);

    private static final double E1 = 1 - E2;
    private static final double SECOND_BASE = (1 - GAMMA) / (2 * GAMMA);

    private final StageSolver solver;
    private final FieldState first;
    private final FieldState second;
    private final FieldState secondBase;
    private final FieldState thirdBase;

    /** State at the end of the last step tried. */
    final FieldState end;
    /** Charge inside and at the terminals [C/m2] and energy [J/m2] of the last step tried, positive on discharge. */
    double innerCharge;

    double outerCharge;
    double outerEnergy;
    /** Error of the last step tried over its tolerance. */
    double error;

    RungeKutta(StageSolver solver, Mesh mesh) {
        this.solver = solver;
        this.first = new FieldState(mesh);
        this.second = new FieldState(mesh);
        this.secondBase = new FieldState(mesh);
        this.thirdBase = new FieldState(mesh);
        this.end = new FieldState(mesh);
    }

    /** Tries a step; false if a stage has no solution. */
    boolean attempt(FieldState start, double h, ErrorWeights weights) {
        double dt = GAMMA * h;
        first.copyFrom(start);
        if (!solver.solve(start, first, dt)) {
            return false;
        }
        combine(start, SECOND_BASE, first, start, 0, first, first, secondBase);
        second.copyFrom(first);
        if (!solver.solve(secondBase, second, dt)) {
            return false;
        }
        combine(start, B1 / GAMMA, first, start, B2 / GAMMA, second, secondBase, thirdBase);
        end.copyFrom(second);
        if (!solver.solve(thirdBase, end, dt)) {
            return false;
        }
        totals(h);
        error = weights.measure(this, start);
        return true;
    }

    /** into = start + c1 (y1 - base1) + c2 (y2 - base2), differential states only. */
    private static void combine(
            FieldState start,
            double c1,
            FieldState y1,
            FieldState base1,
            double c2,
            FieldState y2,
            FieldState base2,
            FieldState into) {
        for (int k = 0; k < into.salt.length; k++) {
            into.salt[k] = start.salt[k] + c1 * (y1.salt[k] - base1.salt[k]) + c2 * (y2.salt[k] - base2.salt[k]);
        }
        for (int k = 0; k < into.filling.length; k++) {
            into.filling[k] = start.filling[k]
                    + c1 * (y1.filling[k] - base1.filling[k])
                    + c2 * (y2.filling[k] - base2.filling[k]);
        }
        into.coreK = start.coreK + c1 * (y1.coreK - base1.coreK) + c2 * (y2.coreK - base2.coreK);
        into.outerK = start.outerK + c1 * (y1.outerK - base1.outerK) + c2 * (y2.outerK - base2.outerK);
    }

    private void totals(double h) {
        innerCharge = h * (B1 * first.current + B2 * second.current + GAMMA * end.current);
        double i1 = outer(first);
        double i2 = outer(second);
        double i3 = outer(end);
        outerCharge = h * (B1 * i1 + B2 * i2 + GAMMA * i3);
        outerEnergy = h * (B1 * i1 * first.voltage + B2 * i2 * second.voltage + GAMMA * i3 * end.voltage);
    }

    private double outer(FieldState y) {
        return solver.terminal.outerCurrent(y.voltage, y.current);
    }

    /** Difference of the two solutions in one number of the salt. */
    double saltError(FieldState start, int k) {
        return difference(
                first.salt[k] - start.salt[k], second.salt[k] - secondBase.salt[k], end.salt[k] - thirdBase.salt[k]);
    }

    /** Difference of the two solutions in one shell. */
    double fillingError(FieldState start, int k) {
        return difference(
                first.filling[k] - start.filling[k],
                second.filling[k] - secondBase.filling[k],
                end.filling[k] - thirdBase.filling[k]);
    }

    /** Difference of the two solutions in the stack's temperature [K]. */
    double temperatureError(FieldState start) {
        return difference(first.coreK - start.coreK, second.coreK - secondBase.coreK, end.coreK - thirdBase.coreK);
    }

    private static double difference(double k1, double k2, double k3) {
        return ((B1 - E1) * k1 + (B2 - E2) * k2) / GAMMA + k3;
    }
}
