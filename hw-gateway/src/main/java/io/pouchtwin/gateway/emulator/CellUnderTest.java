package io.pouchtwin.gateway.emulator;

/** What is clamped to a channel of the virtual tester. Not thread-safe; owned by its channel. */
public interface CellUnderTest {
    /** What the tester holds constant. Positive current charges. */
    sealed interface Hold {
        /** No current. */
        Hold REST = new Current(0);

        /** A current, A. */
        record Current(double currentA) implements Hold {}

        /** A voltage, V. */
        record Voltage(double voltageV) implements Hold {}
    }

    /**
     * What ends an advance early.
     *
     * @param voltageMinV lower cut-off, acts while discharging
     * @param voltageMaxV upper cut-off, acts while charging
     * @param taperA magnitude of the current at which a held voltage ends, 0 for never
     */
    record Limits(double voltageMinV, double voltageMaxV, double taperA) {
        /** Nothing but the cell's physical ends. */
        public static final Limits NONE = new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
    }

    /** Why an advance ended. */
    enum End {
        /** The time asked for is over. */
        TIME,
        /** A limit was reached. */
        LIMIT,
        /** The cell cannot carry what is asked of it: it is full, empty, or short of lithium. */
        PHYSICAL
    }

    /**
     * What an advance did, and the true readings at its end.
     *
     * @param elapsedS time that passed, s
     * @param voltageV at the terminals
     * @param currentA positive on charge
     * @param temperatureDegC of the surface
     * @param chargeAs that passed the terminals, signed, A s
     * @param energyJ that passed the terminals, signed, J
     */
    record Advance(
            double elapsedS,
            End end,
            double voltageV,
            double currentA,
            double temperatureDegC,
            double chargeAs,
            double energyJ) {}

    /** Lets time pass. */
    Advance advance(Hold hold, double seconds, Limits limits);

    /**
     * Sets what the fault story says of this instant; called between advances with ascending time.
     *
     * @param storyline the story
     * @param testerTimeS time since the tester was first switched on, s
     */
    void tell(Storyline storyline, double testerTimeS);

    /** The complete state. */
    double[] save();

    /** Returns to a saved state, to the bit. */
    void restore(double[] state);
}
