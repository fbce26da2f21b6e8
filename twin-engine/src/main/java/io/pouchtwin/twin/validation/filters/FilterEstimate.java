package io.pouchtwin.twin.validation.filters;

import io.pouchtwin.contracts.v1.Estimate;

/**
 * What a filter says at a sample.
 *
 * @param voltage predicted before the reading was used [V]
 * @param temperature likewise [K]
 * @param normalisedSquare of the voltage's innovation [1]
 * @param soc state of charge [1]
 * @param capacityAh capacity [Ah]
 * @param filmOhmCm2 film resistance [ohm cm2]
 * @param restarted whether it began again at this sample
 */
public record FilterEstimate(
        Estimate voltage,
        Estimate temperature,
        double normalisedSquare,
        Estimate soc,
        Estimate capacityAh,
        Estimate filmOhmCm2,
        boolean restarted) {

    static Estimate estimate(double value, double variance) {
        return Estimate.newBuilder()
                .setValue(value)
                .setSigma(Math.sqrt(Math.max(0, variance)))
                .build();
    }
}
