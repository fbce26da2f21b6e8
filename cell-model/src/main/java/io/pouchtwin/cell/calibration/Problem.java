package io.pouchtwin.cell.calibration;

import java.util.List;

/** What is unknown, what is known, and the model between them. Free to share between threads. */
public interface Problem {
    /** Name, as the posterior's file has it. */
    String name();

    /** What the data shall determine. */
    List<Unknown> unknowns();

    /** What is known. */
    List<Datum> data();

    /** What the model says for each datum, in the datum's unit, given the unknowns' values in their units. */
    double[] predict(double[] values);

    /** Values at standard scores. */
    default double[] values(double[] scores) {
        double[] values = new double[scores.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = unknowns().get(k).value(scores[k]);
        }
        return values;
    }
}
