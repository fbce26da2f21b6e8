package io.pouchtwin.cell.ageing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fast path through thousands of cycles: the slow state is integrated over the cycle number, and only at the integrator's nodes is a cycle resolved.
 *
 * <p>Heun's method on dY/dn = f(Y), f from {@link AgeingLaws#perCycle} with the load of a resolved cycle. The difference to Euler's step estimates the error; a step that is too long is repeated shorter. A life of 1300 cycles
 * takes some dozens of resolved cycles.
 *
 * <p>With {@link Stepping#fixed} the nodes do not depend on the parameters, so that results are smooth in them, as an optimiser that differentiates needs; there each step costs one resolved cycle.
 */
public final class CycleLife {
    private static final double SMALLEST_STEP = 1;

    private CycleLife() {}

    /** Why a life ended. */
    public enum End {
        /** The number of cycles asked for was reached. */
        CYCLES,
        /** The capacity fell below the floor. */
        CAPACITY,
        /** Damage reached 1. */
        SHORT
    }

    /**
     * How to step.
     *
     * @param tolerance error that a step may have, relative to the scales of the {@link #error}; not used when fixed
     * @param longest longest step [cycle]
     * @param fixedSteps number of steps when fixed, else 0
     */
    public record Stepping(double tolerance, double longest, int fixedSteps) {
        /** Steps as long as the error allows. */
        public static Stepping adaptive(double tolerance) {
            return new Stepping(tolerance, 200, 0);
        }

        /** A given number of steps, short at first. */
        public static Stepping fixed(int steps) {
            return new Stepping(0, Double.POSITIVE_INFINITY, steps);
        }
    }

    /**
     * A resolved cycle on the way.
     *
     * @param cycle number, 0 for the first
     * @param dischargeCPerM2 charge delivered [C/m2]
     * @param state slow state
     * @param elapsedS time on test [s]
     */
    public record Point(double cycle, double dischargeCPerM2, SlowState state, double elapsedS) {}

    /**
     * A life.
     *
     * @param points resolved cycles in order; the first is a fresh cell's
     * @param end why it ended
     * @param endCycle when [cycle]
     */
    public record Life(List<Point> points, End end, double endCycle) {
        /** Copies the list. */
        public Life {
            points = List.copyOf(points);
        }

        /** Charge of a cycle relative to the first, interpolated; beyond the end, that of the end (0 after a short). */
        public double retention(double cycle) {
            if (end == End.SHORT && cycle > endCycle) {
                return 0;
            }
            double first = points.get(0).dischargeCPerM2();
            if (first <= 0) {
                return 0;
            }
            for (int k = 1; k < points.size(); k++) {
                Point a = points.get(k - 1);
                Point b = points.get(k);
                if (cycle <= b.cycle()) {
                    double f = (cycle - a.cycle()) / (b.cycle() - a.cycle());
                    return Math.fma(f, b.dischargeCPerM2() - a.dischargeCPerM2(), a.dischargeCPerM2()) / first;
                }
            }
            return points.get(points.size() - 1).dischargeCPerM2() / first;
        }
    }

    /**
     * When a life ends.
     *
     * @param cycles number of cycles
     * @param capacityFloor retention below which it ends [1]
     * @param atShort whether it ends when damage reaches 1
     */
    public record Limits(double cycles, double capacityFloor, boolean atShort) {}

    /** Lives a life. */
    public static Life run(AgeingLaws laws, SlowState fresh, CycleOracle oracle, Limits limits, Stepping stepping) {
        return new Course(laws, fresh, oracle, limits, stepping).live();
    }

    /** A life under way. */
    private static final class Course {
        private final AgeingLaws laws;
        private final SlowState fresh;
        private final CycleOracle oracle;
        private final Limits limits;
        private final Stepping stepping;
        private final List<Point> points = new ArrayList<>();
        private SlowState state;
        private CycleOracle.ResolvedCycle now;
        private double n;
        private double elapsed;

        Course(AgeingLaws laws, SlowState fresh, CycleOracle oracle, Limits limits, Stepping stepping) {
            this.laws = laws;
            this.fresh = fresh;
            this.oracle = oracle;
            this.limits = limits;
            this.stepping = stepping;
            state = fresh;
            now = oracle.resolve(fresh);
            points.add(new Point(0, now.dischargeCPerM2(), fresh, 0));
        }

        Life live() {
            return stepping.fixedSteps() > 0 ? fixed() : adaptive();
        }

        /** Heun's method; the difference to Euler's step estimates the error. */
        private Life adaptive() {
            double step = Math.min(stepping.longest(), Math.max(SMALLEST_STEP, limits.cycles() / 100));
            while (n < limits.cycles()) {
                double h = Math.min(limits.cycles() - n, step);
                SlowState rate = laws.perCycle(state, now.load());
                CycleOracle.ResolvedCycle ahead = oracle.resolve(moved(rate, h));
                SlowState rateAhead = laws.perCycle(moved(rate, h), ahead.load());
                double error = error(laws, rate, rateAhead, h, fresh) / stepping.tolerance();
                double factor = Math.max(0.3, Math.min(2.0, 0.9 / Math.sqrt(Math.max(error, 1e-6))));
                step = Math.max(SMALLEST_STEP, Math.min(stepping.longest(), h * factor));
                if (error > 1 && h > SMALLEST_STEP) {
                    continue;
                }
                Optional<Life> end = advance(moved(SlowState.mean(rate, rateAhead), h), h);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            return new Life(points, End.CYCLES, limits.cycles());
        }

        /** Adams and Bashforth's two-step method, begun with a step of Heun's: one resolved cycle per step. */
        private Life fixed() {
            SlowState rate = laws.perCycle(state, now.load());
            SlowState before = rate;
            double last = 0;
            for (int taken = 0; n < limits.cycles(); taken++) {
                double h = Math.min(limits.cycles() - n, fixedStep(limits.cycles(), stepping, taken));
                SlowState mean;
                if (taken == 0) {
                    SlowState euler = moved(rate, h);
                    mean = SlowState.mean(
                            rate, laws.perCycle(euler, oracle.resolve(euler).load()));
                } else {
                    mean = SlowState.extrapolated(before, rate, 0.5 * h / last);
                }
                Optional<Life> end = advance(moved(mean, h), h);
                if (end.isPresent()) {
                    return end.get();
                }
                before = rate;
                rate = laws.perCycle(state, now.load());
                last = h;
            }
            return new Life(points, End.CYCLES, limits.cycles());
        }

        /** The state after h cycles at a rate; the settling of contacts depends on nothing else and is known exactly. */
        private SlowState moved(SlowState rate, double h) {
            return state.plus(rate, h).withContactExcess(laws.contact().excessAfter(state.contactExcess(), h));
        }

        /** Goes on to the next state, h cycles later; gives the life if it ended on the way. */
        private Optional<Life> advance(SlowState next, double h) {
            if (limits.atShort() && next.damage() >= 1) {
                double share = (1 - state.damage()) / (next.damage() - state.damage());
                return Optional.of(new Life(points, End.SHORT, n + share * h));
            }
            CycleOracle.ResolvedCycle then = oracle.resolve(next);
            double before = now.dischargeCPerM2();
            elapsed += h * 0.5 * (now.load().durationS() + then.load().durationS());
            state = next;
            now = then;
            n += h;
            points.add(new Point(n, now.dischargeCPerM2(), state, elapsed));
            double floor = limits.capacityFloor() * points.get(0).dischargeCPerM2();
            if (now.dischargeCPerM2() < floor) {
                double share = (before - floor) / (before - now.dischargeCPerM2());
                return Optional.of(new Life(points, End.CAPACITY, n - h + share * h));
            }
            return Optional.empty();
        }
    }

    /** Steps that grow in proportion to their number: 1, 2, 3, ... parts of the whole. */
    private static double fixedStep(double cycles, Stepping stepping, int taken) {
        int n = stepping.fixedSteps();
        return taken >= n - 1 ? cycles : cycles * 2.0 * (taken + 1) / (n * (n + 1.0));
    }

    /** Error of a step in units of 0.1 % of active material, 0.5 ohm cm2, 1 % of the lithium, 1 % of area, 1 % of electrolyte, 1 % of damage. */
    private static double error(AgeingLaws laws, SlowState a, SlowState b, double h, SlowState fresh) {
        double film = laws.film().resistanceOhmM2(Math.abs(b.filmChargeCPerM2() - a.filmChargeCPerM2())) / 5e-5;
        double dead = laws.dead().resistanceOhmM2(Math.abs(b.deadChargeCPerM2() - a.deadChargeCPerM2())) / 5e-5;
        double lithium = Math.abs(b.lithiumBalanceCPerM2() - a.lithiumBalanceCPerM2())
                / (0.01 * Math.max(1, fresh.lithiumBalanceCPerM2()));
        double active = Math.abs(b.activeFraction() - a.activeFraction()) / 1e-3;
        double area = Math.abs(b.contactUtilisation() - a.contactUtilisation()) / 0.01;
        double electrolyte = Math.abs(b.electrolyteLeft() - a.electrolyteLeft()) / 0.01;
        double damage = Math.abs(b.damage() - a.damage()) / 0.01;
        double most = Math.max(Math.max(Math.max(film, dead), Math.max(lithium, active)), area);
        return 0.5 * h * Math.max(most, Math.max(electrolyte, damage));
    }
}
