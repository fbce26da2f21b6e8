package io.pouchtwin.gateway.emulator;

/** One step of a test programme. Rates are multiples of the cell's nominal capacity per hour. */
public sealed interface Step {
    /** The tester's word for it. */
    String word();

    /** Constant current until the upper voltage. */
    record Charge(double cRate, double untilV) implements Step {
        @Override
        public String word() {
            return "cc";
        }
    }

    /** Constant voltage until the current has fallen, or the time is over. */
    record HoldVoltage(double voltageV, double untilCRate, double longestS) implements Step {
        @Override
        public String word() {
            return "cv";
        }
    }

    /** Constant current out of the cell until the lower voltage. */
    record Discharge(double cRate, double untilV) implements Step {
        @Override
        public String word() {
            return "dc";
        }
    }

    /** No current for a time. */
    record Rest(double seconds) implements Step {
        @Override
        public String word() {
            return "rest";
        }
    }

    /** Back to a step (from 1) until it has been passed as often as said; each return begins a new cycle. */
    record Loop(int toStep, int times) implements Step {
        @Override
        public String word() {
            return "control";
        }
    }
}
