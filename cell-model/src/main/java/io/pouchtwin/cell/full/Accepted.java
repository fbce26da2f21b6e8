package io.pouchtwin.cell.full;

/** What a simulated cell accepts from outside; all else is refused by name. */
final class Accepted {
    private static final double AMBIENT_MIN_K = 200;
    private static final double AMBIENT_MAX_K = 450;

    private Accepted() {}

    static void drive(Drive drive, double seconds) {
        if (!Double.isFinite(drive.setPoint())) {
            throw new IllegalArgumentException("drive: " + drive + ", expected a finite number");
        }
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("seconds: " + seconds + ", expected a finite time, 0 or more");
        }
    }

    static double ambient(double kelvin) {
        if (!(kelvin >= AMBIENT_MIN_K && kelvin <= AMBIENT_MAX_K)) {
            throw new IllegalArgumentException(
                    "ambient temperature: " + kelvin + " K, expected " + AMBIENT_MIN_K + " to " + AMBIENT_MAX_K + " K");
        }
        return kelvin;
    }

    static double inventory(double molPerM2) {
        if (!(molPerM2 >= 0 && molPerM2 < 1e4)) {
            throw new IllegalArgumentException("lithium inventory: " + molPerM2 + " mol/m2, expected 0 to 1e4");
        }
        return molPerM2;
    }

    static double efficiency(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("efficiency: " + share + ", expected above 0 and at most 1");
        }
        return share;
    }
}
