package io.pouchtwin.cell.full;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;

/**
 * Diffusion in the particles of all cathode cells, one implicit step of length dt from a base filling:
 *
 * <pre>dx/dt = 1/r^2 d/dr( r^2 D(x) dx/dr ),   -D dx/dr = j / (F c_max) at r = R</pre>
 *
 * in finite volumes on a {@link ShellGrid}, so that lithium is conserved to rounding. A Newton step needs two passes: {@link #forward}
 * eliminates from the centre outwards and leaves the surface filling as a linear function of the reaction current; once that is known,
 * {@link #backward} updates the shells.
 */
final class ParticleColumn {
    private final ShellGrid grid;
    private final DiffusivityTable table;
    private final double radius;
    /** 1 / (F c_max) [m3/C]. */
    private final double molarCharge;

    private final double[] ratio;
    private final double[] remainder;

    /** Change of the outermost shell when j stays, and per change of j. */
    final double[] outerFixed;

    final double[] outerPerReaction;
    /** Change of the surface filling when j stays, and per change of j [m2/A]. */
    final double[] surfaceFixed;

    final double[] surfacePerReaction;

    ParticleColumn(Cathode cathode, Mesh mesh) {
        grid = new ShellGrid(mesh.shells());
        table = new DiffusivityTable(cathode.diffusivity());
        radius = cathode.particleRadiusM();
        molarCharge = 1 / (PhysicalConstants.FARADAY_C_PER_MOL * cathode.concentrationMaxMolPerM3());
        ratio = new double[mesh.cathodeCells() * mesh.shells()];
        remainder = new double[mesh.cathodeCells() * mesh.shells()];
        outerFixed = new double[mesh.cathodeCells()];
        outerPerReaction = new double[mesh.cathodeCells()];
        surfaceFixed = new double[mesh.cathodeCells()];
        surfacePerReaction = new double[mesh.cathodeCells()];
    }

    /** Mean filling of the particle in cathode cell m. */
    double mean(FieldState state, int m) {
        double sum = 0;
        for (int k = 0; k < grid.count; k++) {
            sum += grid.volume[k] * state.filling[m * grid.count + k];
        }
        return 3 * sum;
    }

    /** Surface filling that belongs to the outermost shell and the reaction. */
    double surface(FieldState state, int m, double activation) {
        double outer = state.filling[m * grid.count + grid.count - 1];
        double slope = radius * grid.surfaceDistance * molarCharge / activation;
        return outer - slope * state.reaction[m] / table.at(outer);
    }

    /**
     * Linearises the step of particle m about {@code state} and eliminates the inner shells.
     *
     * @param activation Arrhenius factor on D
     */
    void forward(FieldState base, FieldState state, int m, double dt, double activation) {
        int count = grid.count;
        int first = m * count;
        double theta = dt * activation / (radius * radius);
        double[] x = state.filling;
        double[] b = base.filling;
        double innerFlux = 0;
        double lowerEntry = 0;
        double innerDiagonal = 0;
        double carriedRatio = 0;
        double carriedRemainder = 0;
        double integral = table.integral(x[first]);
        double diffusivity = table.at(x[first]);
        for (int k = 0; k < count - 1; k++) {
            int at = first + k;
            double here = x[at];
            double conductance = theta * grid.faceOverDistance[k];
            double nextIntegral = table.integral(x[at + 1]);
            double nextDiffusivity = table.at(x[at + 1]);
            double flux = conductance * (nextIntegral - integral);
            double toHere = conductance * diffusivity;
            double toNext = conductance * nextDiffusivity;
            double residual = grid.volume[k] * (here - b[at]) - flux + innerFlux;
            double inverse = 1 / (grid.volume[k] + toHere + innerDiagonal - lowerEntry * carriedRatio);
            carriedRatio = toNext * inverse;
            carriedRemainder = (lowerEntry * carriedRemainder - residual) * inverse;
            ratio[at] = carriedRatio;
            remainder[at] = carriedRemainder;
            innerFlux = flux;
            lowerEntry = toHere;
            innerDiagonal = toNext;
            integral = nextIntegral;
            diffusivity = nextDiffusivity;
        }
        int last = first + count - 1;
        double perReaction = dt * molarCharge / radius;
        double residual = grid.volume[count - 1] * (x[last] - b[last]) + innerFlux + perReaction * state.reaction[m];
        double inverse = 1 / (grid.volume[count - 1] + innerDiagonal - lowerEntry * carriedRatio);
        outerFixed[m] = (lowerEntry * carriedRemainder - residual) * inverse;
        outerPerReaction[m] = -perReaction * inverse;
        linearSurface(state, m, x[last], activation);
    }

    private void linearSurface(FieldState state, int m, double outer, double activation) {
        double diffusivity = table.at(outer);
        double slope = radius * grid.surfaceDistance * molarCharge / (activation * diffusivity);
        double perOuter = 1 + slope * state.reaction[m] * table.slope(outer) / diffusivity;
        surfaceFixed[m] = perOuter * outerFixed[m];
        surfacePerReaction[m] = perOuter * outerPerReaction[m] - slope;
    }

    /** Adds the damped Newton change to the shells of particle m. */
    void backward(FieldState state, int m, double reactionChange, double damping) {
        int first = m * grid.count;
        double change = outerFixed[m] + outerPerReaction[m] * reactionChange;
        state.filling[first + grid.count - 1] += damping * change;
        for (int k = grid.count - 2; k >= 0; k--) {
            change = remainder[first + k] + ratio[first + k] * change;
            state.filling[first + k] += damping * change;
        }
    }
}
