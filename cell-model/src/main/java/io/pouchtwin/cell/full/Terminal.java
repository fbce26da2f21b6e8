package io.pouchtwin.cell.full;

/**
 * The current-collector end: contact resistance, the leak between the terminals and what the tester holds.
 *
 * <p>With phi the potential of the solid in the last cell, R the resistance from there to the terminal, V = phi - i R, the leak g V and the
 * tester's current i - g V (all per area, positive on discharge).
 */
final class Terminal {
    private enum Held {
        CURRENT,
        VOLTAGE,
        POWER
    }

    private Held held = Held.CURRENT;
    private double setPoint;
    private double leak;
    private double resistance;

    /** Results of {@link #relate}: inner current density and its slope in phi. */
    double current;

    double slope;

    /**
     * What holds from now on.
     *
     * @param drive as asked
     * @param areaM2 electrode area
     */
    void hold(Drive drive, double areaM2) {
        if (drive instanceof Drive.Voltage voltage) {
            held = Held.VOLTAGE;
            setPoint = voltage.volt();
        } else if (drive instanceof Drive.Power power) {
            held = Held.POWER;
            setPoint = -power.watt() / areaM2;
        } else {
            held = Held.CURRENT;
            setPoint = -drive.setPoint() / areaM2;
        }
    }

    /** Leak conductance [S/m2] and resistance from the last cell's centre to the terminal [ohm m2]. */
    void wire(double leakSPerM2, double resistanceOhmM2) {
        leak = leakSPerM2;
        resistance = resistanceOhmM2;
    }

    /** Finds current and slope at phi; false if the held power is more than the cell can give. */
    boolean relate(double phi) {
        double wide = 1 + leak * resistance;
        switch (held) {
            case CURRENT -> {
                current = (setPoint + leak * phi) / wide;
                slope = leak / wide;
            }
            case VOLTAGE -> {
                current = (phi - setPoint) / resistance;
                slope = 1 / resistance;
            }
            default -> {
                return relatePower(phi, wide);
            }
        }
        return true;
    }

    /** (i - g V) V = p is quadratic in i; the branch with the smaller current is the stable one. */
    private boolean relatePower(double phi, double wide) {
        double linear = (wide + leak * resistance) * phi;
        double constant = leak * phi * phi + setPoint;
        double discriminant = linear * linear - 4 * wide * resistance * constant;
        if (!(discriminant > 0) || phi <= 0) {
            return false;
        }
        current = 2 * constant / (linear + Math.sqrt(discriminant));
        slope = ((wide + leak * resistance) * current - 2 * leak * phi) / (2 * wide * resistance * current - linear);
        return true;
    }

    /** Voltage at the terminals [V]. */
    double voltage(double phi, double innerCurrent) {
        return phi - innerCurrent * resistance;
    }

    /** Current density through the tester, positive on discharge [A/m2]. */
    double outerCurrent(double voltage, double innerCurrent) {
        return innerCurrent - leak * voltage;
    }

    /** Heat of the leak [W/m2]. */
    double leakHeat(double voltage) {
        return leak * voltage * voltage;
    }
}
