package io.pouchtwin.cell.calibration;

import java.util.ArrayList;
import java.util.List;

/** For unknowns that the facts leave open: the measurement that would settle them. */
final class BlindSpots {
    /** Spread after over before the data from which on an unknown counts as left open. */
    private static final double OPEN_FROM = 0.8;

    private BlindSpots() {}

    static List<List<String>> rows(Identifiability identifiability) {
        List<List<String>> rows = new ArrayList<>();
        List<CoinUnknown> unknowns = List.of(CoinUnknown.values());
        for (int k = 0; k < unknowns.size(); k++) {
            if (identifiability.contraction().get(k) > OPEN_FROM) {
                rows.add(List.of(unknowns.get(k).unknown().name(), measurement(unknowns.get(k))));
            }
        }
        return rows;
    }

    private static String measurement(CoinUnknown unknown) {
        return switch (unknown) {
            case DIFFUSIVITY, SLOPE -> "GITT on the cathode over its whole range";
            case CATHODE_EXCHANGE ->
                "impedance of the cathode against a reference electrode at several states of charge";
            case CONTACT, FILM, CONTACT_1C, CONTACT_5C, CONTACT_10C ->
                "impedance of the fresh cell: high-frequency intercept (contact) and first arc (film)";
            case LOADING, LOADING_1C, LOADING_5C, LOADING_10C -> "weight of the electrode in the cell of that test";
            case UPPER_VOLTAGE -> "the protocol: voltage window, and whether a constant-voltage step ends the charge";
            case LITHIUM_EXCHANGE -> "Tafel plots of several cells";
            case MEMBRANE -> "thickness and conductivity of the membrane in the cell of that test";
            case FILM_GROWTH, FILM_CHARGE_EXPONENT, FILM_CURRENT_EXPONENT ->
                "impedance every 50 cycles in symmetric cells at two currents and two capacities per half cycle";
            case LITHIUM_LOSS -> "lithium left after the test, or cycling to the knee with rest voltages at both ends";
            case CATHODE_LOSS, DEPTH_EXPONENT -> "capacity at C/20 before and after cycling at two depths";
            case SETTLING_SHARE, SETTLING_CYCLES ->
                "capacity and resistance of every one of the first 300 cycles at 10 C";
            case LOSS_POWER -> "impedance of PPL and PL coins during the 1 C test";
            case RATE_15MG -> "the rate of the 15 mg/cm2 test";
            case SYMMETRIC_CURRENT -> "the current of the symmetric cells";
            case DAMAGE_EXPONENT, DAMAGE_LIFE -> "lives of symmetric cells at two or more currents, several cells each";
            case CCD_PPLA, CCD_PPL, CCD_PL -> "critical currents of several cells at a stated capacity per half cycle";
        };
    }
}
