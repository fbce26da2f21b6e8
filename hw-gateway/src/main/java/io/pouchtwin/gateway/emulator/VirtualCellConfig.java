package io.pouchtwin.gateway.emulator;

/**
 * A cell on a virtual channel.
 *
 * @param design name of a parameter set, e.g. {@code "pouch-5c-ncm523-ppla"}
 * @param barcode what an operator would have scanned
 * @param seed draws this cell's parameters from their spread
 * @param capacityAh what 1 C refers to in the programme, Ah
 * @param areaCm2 electrode area, cm2
 * @param programme the test
 * @param logging when points are stored
 * @param instrument what the measurement adds
 * @param storyline what goes wrong
 */
public record VirtualCellConfig(
        String design,
        String barcode,
        long seed,
        double capacityAh,
        double areaCm2,
        Programme programme,
        LoggingPlan logging,
        Instrument instrument,
        Storyline storyline) {
    /** Checks every value. */
    public VirtualCellConfig {
        if (design.isBlank()) {
            throw new IllegalArgumentException("design: " + design + ", expected the name of a parameter set");
        }
        if (!(capacityAh > 0 && capacityAh < 1e5)) {
            throw new IllegalArgumentException("capacityAh: " + capacityAh + ", expected a positive capacity in Ah");
        }
        if (!(areaCm2 > 0 && areaCm2 < 1e7)) {
            throw new IllegalArgumentException("areaCm2: " + areaCm2 + ", expected a positive area in cm2");
        }
    }
}
