package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Place;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;
import java.util.List;

/**
 * A Markov chain that leaves the posterior as it is, by Metropolis and Hastings.
 *
 * <p>Its steps follow {@link Linearisation}s of the model around the beginnings of other members, each in turn; with the mean m, the covariance C and the error e(z) of one of them there are two kinds, which alternate. The first,
 *
 * <pre>z' = m + sqrt(1 - b^2) (z - m) + b C^(1/2) xi,   taken with probability min(1, exp[e(z) - e(z')])</pre>
 *
 * <p>is reversible with respect to the normal distribution of the linearisation, so that only the error can reject it. It carries a member along a bent valley to where another one is. In directions that the data do not see, C is the
 * prior's covariance, and they keep the prior's spread. The second,
 *
 * <pre>z' = z + b C^(1/2) xi,   taken with probability min(1, exp[(|r(z)|^2 + |z|^2 - |r(z')|^2 - |z'|^2) / 2])</pre>
 *
 * <p>walks out of places where the posterior's tails are longer than the normal ones.
 *
 * <p>A member's own linearisation is not among them: it was chosen by the member's beginning, and steps that depend on where a chain began do not leave the posterior as it is.
 *
 * @see "S. L. Cotter, G. O. Roberts, A. M. Stuart, D. White, MCMC Methods for Functions, Statistical Science 28 (2013), for the first kind"
 * @see "J. Martin, L. C. Wilcox, C. Burstedde, O. Ghattas, A Stochastic Newton MCMC Method, SIAM J. Sci. Comput. 34 (2012), for m and C"
 */
final class PosteriorWalk {
    /** b of the steps of the first kind, in turn. */
    private static final double[] NORMAL_LENGTHS = {0.5, 0.9};

    /** b of the steps of the second kind, in turn, times the root of the number of unknowns: 2.4 is best for a normal distribution. */
    private static final double[] PLAIN_LENGTHS = {2.4, 1.2};

    private static final int NORMAL_STREAM = 2;
    private static final int UNIFORM_STREAM = 3;

    private final Residuals model;
    private final List<Linearisation> others;
    private Place place;
    private int accepted;

    /** A chain that begins at a place and follows these linearisations. */
    PosteriorWalk(Residuals model, Place start, List<Linearisation> others) {
        this.model = model;
        this.others = others;
        place = start;
    }

    /** Where the chain is. */
    Place place() {
        return place;
    }

    /** How many steps were taken. */
    int accepted() {
        return accepted;
    }

    /** Proposes a step and takes it or not. */
    void step(Philox random, int member, int number) {
        int n = model.unknowns();
        Linearisation guide = others.get(number % others.size());
        double[] xi = new double[n];
        for (int k = 0; k < n; k++) {
            xi[k] = random.normal(member, number, NORMAL_STREAM, k);
        }
        boolean plain = number % 2 == 1;
        int turn = number / 2;
        double[] z;
        if (plain) {
            z = place.scores().clone();
            guide.addNoise(z, PLAIN_LENGTHS[turn % PLAIN_LENGTHS.length] / Math.sqrt(n), xi);
        } else {
            double b = NORMAL_LENGTHS[turn % NORMAL_LENGTHS.length];
            z = guide.towardsMean(place.scores(), Math.sqrt(1 - b * b));
            guide.addNoise(z, b, xi);
        }
        Place ahead = Place.at(model, z);
        double gain = plain ? potential(place) - potential(ahead) : guide.error(place) - guide.error(ahead);
        // a cell that cannot run gives no number, and the comparison is false
        if (Elementary.log(random.uniform(member, number, UNIFORM_STREAM, 0)) < gain) {
            place = ahead;
            accepted++;
        }
    }

    /** Minus the logarithm of the posterior, up to a constant. */
    private static double potential(Place at) {
        return at.misfit() + Residuals.halfSquare(at.scores());
    }
}
