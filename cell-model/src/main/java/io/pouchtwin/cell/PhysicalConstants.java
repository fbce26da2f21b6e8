package io.pouchtwin.cell;

/** Constants of nature, CODATA 2018 (exact in the SI since 2019). */
public final class PhysicalConstants {
    /** Faraday constant F [C/mol]. */
    public static final double FARADAY_C_PER_MOL = 96485.33212;

    /** Molar gas constant R [J/mol/K]. */
    public static final double GAS_J_PER_MOL_K = 8.314462618;

    private PhysicalConstants() {}

    /** Thermal voltage R T / F [V] at a temperature [K]; 25.7 mV at 298.15 K. */
    public static double thermalVoltage(double temperatureK) {
        return GAS_J_PER_MOL_K * temperatureK / FARADAY_C_PER_MOL;
    }
}
