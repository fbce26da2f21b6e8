package io.pouchtwin.cell.reduced.error;

/**
 * Reduced against full-order voltage over one constant-current run from rest to the window's end.
 *
 * @param design parameter set
 * @param currentDensityAPerM2 positive on charge [A/m2]
 * @param rmsV root mean square over all readings [V]
 * @param bodyRmsV the same without the last twentieth, where the voltage falls off [V]
 * @param maxV largest [V]
 * @param carriedShare charge that the full-order cell passed over the nominal one [1]
 */
public record MeasuredError(
        String design, double currentDensityAPerM2, double rmsV, double bodyRmsV, double maxV, double carriedShare) {
    static final String HEADER = "design,current_density_a_per_m2,rms_v,body_rms_v,max_v,carried_share";

    String toLine() {
        return design + "," + currentDensityAPerM2 + "," + rmsV + "," + bodyRmsV + "," + maxV + "," + carriedShare;
    }

    static MeasuredError parse(String line) {
        String[] f = line.split(",", -1);
        if (f.length != 6) {
            throw new IllegalArgumentException("model-error table: " + line + ", expected " + HEADER);
        }
        return new MeasuredError(f[0], number(f[1]), number(f[2]), number(f[3]), number(f[4]), number(f[5]));
    }

    private static double number(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("model-error table: " + text + ", expected a finite number");
        }
        return value;
    }
}
