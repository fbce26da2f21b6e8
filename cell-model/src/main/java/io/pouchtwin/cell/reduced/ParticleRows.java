package io.pouchtwin.cell.reduced;

import java.util.Arrays;

/**
 * Diffusion of lithium in spherical particles with D(x), for all members at once.
 *
 * <pre>dx/dt = (1/r^2) d/dr( r^2 D(x) dx/dr ),    D dx/dr = -j / (F c_max) at r = R</pre>
 *
 * <p>Finite volumes on shells that are fine at the surface, backward Euler with D of the beginning of the sub-step: one tridiagonal system per particle. It is eliminated from the centre outwards, which leaves the
 * outermost shell, and with it the surface, as a straight line in the still unknown reaction current density j [A/m2 of particle surface, positive when lithium leaves]; when j is known, the inner shells follow.
 * Lithium is conserved to rounding.
 */
final class ParticleRows {
    private static final double HALF = 0.5;
    /** |exponent| of the changed slope is held below this [1]. */
    private static final double SLOPE_LIMIT = 1.5;

    private final ReducedDesign design;
    /** 1 / (F c_max R): turns j into a rate of x per R [1/s per A/m2 ...]. */
    private final double perSite;

    private final double perRadiusSquared;

    ParticleRows(ReducedDesign design) {
        this.design = design;
        double radius = design.cell.requireCathode().particleRadiusM();
        perSite = 1 / (design.siteCharge() * radius);
        perRadiusSquared = 1 / (radius * radius);
    }

    /** Diffusivity factor over R^2 for all members; temperature rows must be up to date. */
    void scale(Ensemble e, Workspace w) {
        double[] factor = e.parameter(MemberParameter.DIFFUSIVITY_FACTOR);
        for (int m = 0; m < w.members; m++) {
            w.diffusivityScale[m] = factor[m] * w.diffusivityFactor[m] * perRadiusSquared;
        }
    }

    /** The law's diffusivity at x, with each member's own slope. */
    private void diffusivity(double[] x, double[] slope, double[] target, int n) {
        design.diffusivity.rowInside(x, target, n);
        for (int m = 0; m < n; m++) {
            double z = slope[m] * (ReducedDesign.SLOPE_PIVOT - x[m]);
            target[m] *= modestExp(Math.max(-SLOPE_LIMIT, Math.min(SLOPE_LIMIT, z)));
        }
    }

    /** e^z within 4e-6 for |z| up to 1.5: fourth power of a polynomial of degree 5. */
    static double modestExp(double z) {
        double q = 0.25 * z;
        double p = Math.fma(
                q, Math.fma(q, Math.fma(q, Math.fma(q, Math.fma(q, 1.0 / 120, 1.0 / 24), 1.0 / 6), 0.5), 1.0), 1.0);
        double square = p * p;
        return square * square;
    }

    /** Surface against outermost shell at this instant, without a step: fills surfaceAtZero and surfacePerCurrent. */
    void surfaceNow(Ensemble e, Workspace w, int node) {
        int n = w.members;
        double[] x = e.state[e.layout.stoichiometry(node, design.shells - 1)];
        double[] d = w.a;
        diffusivity(x, e.parameter(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE), d, n);
        double[] atZero = w.surfaceAtZero[node];
        double[] slope = w.surfacePerCurrent[node];
        double[] offset = e.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET);
        double half = -design.halfOuterShell * perSite;
        for (int m = 0; m < n; m++) {
            atZero[m] = x[m] + offset[m];
            slope[m] = half / (d[m] * w.diffusivityScale[m]);
        }
    }

    /** Elimination from the centre outwards over a sub-step of h seconds. */
    void eliminate(Ensemble e, Workspace w, int node, double h) {
        int n = w.members;
        int shells = design.shells;
        int first = e.layout.stoichiometry(node, 0);
        double[] slope = e.parameter(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE);
        for (int s = 0; s < shells; s++) {
            diffusivity(e.state[first + s], slope, w.diffusivity[s], n);
        }
        for (int m = 0; m < n; m++) {
            w.carry[m] = 0;
            w.pushed[m] = 0;
        }
        for (int s = 0; s < shells - 1; s++) {
            inner(
                    e.state[first + s],
                    w.diffusivity[s],
                    w.diffusivity[s + 1],
                    w,
                    w.rest[first + s],
                    w.follow[first + s],
                    s,
                    h);
        }
        outermost(e.state[first + shells - 1], e.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET), w, node, h);
    }

    private void inner(
            double[] x, double[] here, double[] outside, Workspace w, double[] rest, double[] follow, int s, double h) {
        int n = w.members;
        double[] carry = w.carry;
        double[] pushed = w.pushed;
        double[] scale = w.diffusivityScale;
        double volume = design.shellVolume[s];
        double face = HALF * h * design.faceOverDistance[s];
        for (int m = 0; m < n; m++) {
            double g = face * (here[m] + outside[m]) * scale[m];
            double inverse = 1.0 / (volume + carry[m] + g);
            double r = Math.fma(volume, x[m], pushed[m]) * inverse;
            double f = g * inverse;
            rest[m] = r;
            follow[m] = f;
            pushed[m] = g * r;
            carry[m] = Math.fma(-g, f, g);
        }
    }

    private void outermost(double[] x, double[] offset, Workspace w, int node, double h) {
        int n = w.members;
        double volume = design.shellVolume[design.shells - 1];
        double[] d = w.diffusivity[design.shells - 1];
        double[] shell = w.outerAtZero[node];
        double[] atZero = w.surfaceAtZero[node];
        double[] outer = w.outerPerCurrent[node];
        double[] surface = w.surfacePerCurrent[node];
        double flux = -h * perSite;
        double half = -design.halfOuterShell * perSite;
        for (int m = 0; m < n; m++) {
            double inverse = 1.0 / (volume + w.carry[m]);
            shell[m] = Math.fma(volume, x[m], w.pushed[m]) * inverse;
            atZero[m] = shell[m] + offset[m];
            outer[m] = flux * inverse;
            surface[m] = Math.fma(flux, inverse, half / (d[m] * w.diffusivityScale[m]));
        }
    }

    /** The shells' new stoichiometries once the reaction current density is known; held within [0, 1]. */
    void substitute(Ensemble e, Workspace w, int node, double[] reaction) {
        int n = w.members;
        int first = e.layout.stoichiometry(node, 0);
        double[] saturated = e.output(Output.SATURATED);
        double[] shell = w.outerAtZero[node];
        double[] outer = w.outerPerCurrent[node];
        double[] x = e.state[first + design.shells - 1];
        for (int m = 0; m < n; m++) {
            double free = Math.fma(outer[m], reaction[m], shell[m]);
            double held = Math.max(0.0, Math.min(1.0, free));
            saturated[m] = Math.max(saturated[m], Math.min(1.0, Math.abs(free - held) * 1e9));
            x[m] = held;
        }
        for (int s = design.shells - 2; s >= 0; s--) {
            double[] outside = e.state[first + s + 1];
            double[] here = e.state[first + s];
            double[] follow = w.follow[first + s];
            double[] rest = w.rest[first + s];
            for (int m = 0; m < n; m++) {
                here[m] = Math.fma(follow[m], outside[m], rest[m]);
            }
        }
    }

    /** Volume mean of x over all particles, each weighted by its share of the thickness. */
    void mean(Ensemble e, double[] target) {
        int n = e.members;
        Arrays.fill(target, 0, n, 0.0);
        for (int k = 0; k < design.nodes; k++) {
            double share = 3.0 / design.nodes;
            for (int s = 0; s < design.shells; s++) {
                double weight = share * design.shellVolume[s];
                double[] x = e.state[e.layout.stoichiometry(k, s)];
                for (int m = 0; m < n; m++) {
                    target[m] = Math.fma(weight, x[m], target[m]);
                }
            }
        }
    }
}
