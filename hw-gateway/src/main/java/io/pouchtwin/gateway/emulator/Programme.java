package io.pouchtwin.gateway.emulator;

import java.util.List;

/**
 * A test programme: steps, numbered from 1 as testers do.
 *
 * @param steps at least one that takes time
 */
public record Programme(List<Step> steps) {
    /** Checks that loops go back and that there is something to do between. */
    public Programme {
        steps = List.copyOf(steps);
        if (steps.stream().allMatch(Step.Loop.class::isInstance)) {
            throw new IllegalArgumentException("steps: " + steps + ", expected at least one that is not a loop");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Loop loop) {
                boolean back = loop.toStep() >= 1
                        && loop.toStep() <= i
                        && !(steps.get(loop.toStep() - 1) instanceof Step.Loop);
                if (!back || loop.times() < 1) {
                    throw new IllegalArgumentException("steps: step " + (i + 1) + " is " + loop
                            + ", expected a loop to an earlier step, at least once");
                }
            }
        }
    }

    /**
     * The live test of the paper's fast-charging cell: rest, then cycles of constant current and constant voltage charge, rest, discharge,
     * rest.
     *
     * @param chargeCRate rate of the charge, 5 for the 5 C test
     * @param upperV upper cut-off, V
     * @param dischargeCRate rate of the discharge
     * @param lowerV lower cut-off, V
     * @param restS length of the rests, s
     * @param cycles how many
     */
    public static Programme fastCharge(
            double chargeCRate, double upperV, double dischargeCRate, double lowerV, double restS, int cycles) {
        return new Programme(List.of(
                new Step.Rest(60),
                new Step.Charge(chargeCRate, upperV),
                new Step.HoldVoltage(upperV, chargeCRate / 20, 3600),
                new Step.Rest(restS),
                new Step.Discharge(dischargeCRate, lowerV),
                new Step.Rest(restS),
                new Step.Loop(2, cycles)));
    }

    /** The same without holding the voltage: what is charged is what the current alone brings, so that a resistance that grows costs capacity from its first cycle. */
    public static Programme constantCurrent(
            double chargeCRate, double upperV, double dischargeCRate, double lowerV, double restS, int cycles) {
        return new Programme(List.of(
                new Step.Rest(60),
                new Step.Charge(chargeCRate, upperV),
                new Step.Rest(restS),
                new Step.Discharge(dischargeCRate, lowerV),
                new Step.Rest(restS),
                new Step.Loop(2, cycles)));
    }
}
