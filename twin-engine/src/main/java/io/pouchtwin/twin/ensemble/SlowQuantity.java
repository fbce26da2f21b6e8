package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.MemberParameter;

/**
 * A quantity of the cell that the twin learns and that hardly changes from sample to sample. The filter moves it in the
 * coordinate z, in which the prior is standard normal: value = centre e^(sigma z) where the quantity is positive by
 * nature, centre + sigma z where it is not.
 *
 * @param target the model's parameter
 * @param centre value at z = 0, in the parameter's unit
 * @param sigma prior standard deviation: of ln(value) where logarithmic, else in the parameter's unit
 * @param logarithmic which of the two
 * @param driftPerRootHour standard deviation of its random walk over one hour of tester time, in the unit of sigma
 */
record SlowQuantity(MemberParameter target, double centre, double sigma, boolean logarithmic, double driftPerRootHour) {
    SlowQuantity {
        if (!(sigma > 0) || !(driftPerRootHour >= 0)) {
            throw new IllegalArgumentException(
                    target + ": sigma " + sigma + ", drift " + driftPerRootHour + ", expected above 0 and 0 or more");
        }
    }
}
