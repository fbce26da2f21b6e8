package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.calibration.Posterior;
import io.pouchtwin.cell.calibration.PosteriorFile;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.cell.parameters.ParameterValue;
import io.pouchtwin.cell.parameters.Spread;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is believed of a cell before it is seen: the calibrated ensemble of its design with its correlations, and the
 * spreads that its parameter set declares for what the calibration says nothing about.
 *
 * @param quantities the slow quantities, in the order of their rows
 * @param mixing lower triangle that makes the rows' independent coordinates into correlated ones
 * @param activations spreads of activation energies
 * @param age of lithium and efficiency
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record CellPrior(List<SlowQuantity> quantities, double[][] mixing, List<ActivationSpread> activations, UnknownAge age) {
    /** Leak of a healthy cell: as much as empties it in so many hours, and the spread of its logarithm. */
    static final double LEAK_HOURS = 20_000;

    static final double LEAK_LOG_SIGMA = 0.75;

    /** Offset of a current sensor, as a share of 1 C [1]. */
    static final double CURRENT_OFFSET_SHARE = 2e-4;

    /** Nothing is known better than to this share [1]. */
    private static final double LEAST_SIGMA = 0.01;

    /** What the calibration leaves open of the membrane: thickness from place to place [1]. */
    private static final double MEMBRANE_SIGMA = 0.04;

    private static final double FOIL_SIGMA = 0.05;

    /** A normal spread in five equally probable values, in standard deviations. */
    static final double[] NORMAL_FIFTHS = {-1.282, -0.524, 0, 0.524, 1.282};

    /** The prior of a cell of this parameter set. */
    static CellPrior of(ParameterSet set, ReducedCell cell) {
        Optional<Posterior> posterior = PosteriorFile.shipped(set.design());
        PosteriorSpread spread = new PosteriorSpread(posterior);
        CellParameters parameters = cell.parameters();
        UnknownAge age = posterior
                .map(p -> UnknownAge.of(p, parameters, FOIL_SIGMA))
                .orElseGet(() -> withoutCalibration(parameters));
        List<SlowQuantity> quantities = new Builder(set, cell, spread, age).quantities();
        return new CellPrior(quantities, spread.mixing(quantities), activations(set, quantities), age);
    }

    /** Nothing is known of the design's ageing: any share of the foil may be gone. */
    private static UnknownAge withoutCalibration(CellParameters cell) {
        double foil = cell.lithium().inventoryMolPerM2();
        double inefficiencyLog = StrictMath.log(1 - cell.lithium().efficiency());
        List<double[]> pairs = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            for (double z : NORMAL_FIFTHS) {
                pairs.add(new double[] {(k + 0.5) / 20 * UnknownAge.MOST_LOST_SHARE * foil, inefficiencyLog + 0.7 * z});
            }
        }
        return UnknownAge.of(
                0.6 * cell.lithium().filmResistanceOhmM2(), 6 * cell.lithium().filmResistanceOhmM2(), pairs);
    }

    /** Spreads of the activation energies that belong to the slow quantities. */
    private static List<ActivationSpread> activations(ParameterSet set, List<SlowQuantity> slow) {
        Map<MemberParameter, String> keys = Map.of(
                MemberParameter.FILM_RESISTANCE, "lithium.film",
                MemberParameter.LITHIUM_EXCHANGE_FACTOR, "lithium.exchange_current",
                MemberParameter.CATHODE_EXCHANGE_FACTOR, "cathode.exchange_current",
                MemberParameter.DIFFUSIVITY_FACTOR, "cathode.diffusivity");
        List<ActivationSpread> all = new ArrayList<>();
        for (int k = 0; k < slow.size(); k++) {
            MemberParameter target = slow.get(k).target();
            String key = keys.get(target);
            double spread = key == null ? 0 : spreadSi(set, key + ".activation_energy");
            if (spread > 0) {
                double sign = target == MemberParameter.FILM_RESISTANCE ? -1 : 1;
                all.add(new ActivationSpread(k, sign * spread / PhysicalConstants.GAS_J_PER_MOL_K));
            }
        }
        return List.copyOf(all);
    }

    /** Standard deviation of a normally spread value in SI; 0 where the set does not have it or declares none. */
    private static double spreadSi(ParameterSet set, String key) {
        return set.find(key)
                .filter(value -> value.spread().law() == Spread.Law.NORMAL)
                .map(value ->
                        value.unit().toSi(value.spread().sigma()) - value.unit().toSi(0))
                .orElse(0.0);
    }

    /** Gathers the quantities. */
    private record Builder(ParameterSet set, ReducedCell cell, PosteriorSpread spread, UnknownAge age) {

        List<SlowQuantity> quantities() {
            List<SlowQuantity> all = new ArrayList<>();
            all.add(SlowQuantity.positive(MemberParameter.FILM_RESISTANCE, age.filmLow(), age.filmHigh())
                    .walking(SlowQuantity.FILM_WALK));
            all.add(factor(
                    MemberParameter.LITHIUM_EXCHANGE_FACTOR,
                    relative("cell.area"),
                    relative("lithium.exchange_current.prefactor")));
            all.add(contact());
            all.add(factor(
                    MemberParameter.MEMBRANE_RESISTANCE_FACTOR,
                    MEMBRANE_SIGMA,
                    relative("electrolyte.transport.conductivity"),
                    relative("membrane.thickness")));
            double radius = relative("cathode.particle_radius");
            all.add(factor(
                    MemberParameter.CATHODE_EXCHANGE_FACTOR, radius, relative("cathode.exchange_current.prefactor")));
            all.add(factor(MemberParameter.DIFFUSIVITY_FACTOR, 2 * radius, relative("cathode.diffusivity.reference")));
            diffusivitySlope().ifPresent(all::add);
            all.add(factor(
                    MemberParameter.PORE_TRANSPORT_FACTOR,
                    relative("electrolyte.transport.conductivity"),
                    relative("cathode.transport_efficiency")));
            saltRate().ifPresent(all::add);
            all.add(factor(MemberParameter.ACTIVE_FRACTION_FACTOR, relative("cell.area"), relative("cathode.loading"))
                    .walking(SlowQuantity.CAPACITY_WALK));
            all.add(factor(MemberParameter.HEAT_TRANSFER_FACTOR, 0, relative("thermal.surface_conductance")));
            all.add(factor(MemberParameter.HEAT_CAPACITY_FACTOR, 0, relative("thermal.heat_capacity")));
            addTester(all);
            return List.copyOf(all);
        }

        /** By mean and standard deviation of what is believed: voltage is linear in it. */
        private SlowQuantity contact() {
            MemberParameter target = MemberParameter.CONTACT_RESISTANCE;
            SlowQuantity logarithmic = factor(target, 0, relative("contact.resistance"));
            double variance = logarithmic.sigma() * logarithmic.sigma();
            double mean = logarithmic.centre() * StrictMath.exp(0.5 * variance);
            double reach = UnknownAge.BAND_90 * mean * Math.sqrt(StrictMath.expm1(variance));
            return SlowQuantity.positive(target, mean - reach, mean + reach);
        }

        private Optional<SlowQuantity> diffusivitySlope() {
            MemberParameter target = MemberParameter.DIFFUSIVITY_SLOPE_CHANGE;
            double declared = absolute("cathode.diffusivity.slope");
            if (!spread.has(target)) {
                return declared > 0
                        ? Optional.of(new SlowQuantity(
                                target, 0, declared, SlowQuantity.Law.NORMAL, SlowQuantity.LASTING_MEMORY_H))
                        : Optional.empty();
            }
            double sigma = Math.max(LEAST_SIGMA, spread.sigma(target, false));
            return Optional.of(new SlowQuantity(
                    target, spread.mean(target, false), sigma, SlowQuantity.Law.NORMAL, SlowQuantity.LASTING_MEMORY_H));
        }

        /** Only where the cathode is so thick that the salt's profile is felt: elsewhere nothing would be learnt of it. */
        private Optional<SlowQuantity> saltRate() {
            if (cell.layout().nodes() <= ReducedOptions.THIN.nodes()) {
                return Optional.empty();
            }
            double anions = 1 - cell.parameters().electrolyte().transference();
            return Optional.of(factor(
                    MemberParameter.SALT_RATE_FACTOR,
                    0,
                    absolute("electrolyte.transference") / anions,
                    relative("electrolyte.concentration")));
        }

        private void addTester(List<SlowQuantity> all) {
            double oneC = cell.parameters().oneCAmpere();
            double middleV = 0.5
                    * (cell.parameters().window().voltageMinV()
                            + cell.parameters().window().voltageMaxV());
            all.add(new SlowQuantity(
                    MemberParameter.LEAK_CONDUCTANCE,
                    oneC / LEAK_HOURS / middleV,
                    LEAK_LOG_SIGMA,
                    SlowQuantity.Law.LOGNORMAL,
                    SlowQuantity.LASTING_MEMORY_H));
            all.add(new SlowQuantity(
                    MemberParameter.CURRENT_OFFSET,
                    0,
                    CURRENT_OFFSET_SHARE * oneC,
                    SlowQuantity.Law.NORMAL,
                    SlowQuantity.LASTING_MEMORY_H));
        }

        /**
         * A positive factor.
         *
         * @param beside spread that the calibration leaves out [1]
         * @param declared spreads that hold where there is no calibration [1]
         */
        private SlowQuantity factor(MemberParameter target, double beside, double... declared) {
            double sum = LEAST_SIGMA * LEAST_SIGMA + beside * beside;
            double centre = cell.nominal(target);
            if (spread.has(target)) {
                double sigma = spread.sigma(target, true);
                sum += sigma * sigma;
                centre = StrictMath.exp(spread.mean(target, true));
            } else {
                for (double one : declared) {
                    sum += one * one;
                }
            }
            return new SlowQuantity(
                    target, centre, Math.sqrt(sum), SlowQuantity.Law.LOGNORMAL, SlowQuantity.LASTING_MEMORY_H);
        }

        /** Standard deviation of a value over the value itself; 0 where the set does not have it or declares none. */
        private double relative(String key) {
            return set.find(key).map(Builder::relative).orElse(0.0);
        }

        private static double relative(ParameterValue value) {
            Spread spread = value.spread();
            if (spread.law() == Spread.Law.LOGNORMAL) {
                return spread.sigma();
            }
            return spread.law() == Spread.Law.NORMAL && value.value() != 0
                    ? spread.sigma() / Math.abs(value.value())
                    : 0;
        }

        /** Standard deviation of a value in its own unit; 0 where the set does not have it or declares none. */
        private double absolute(String key) {
            return set.find(key)
                    .filter(value -> value.spread().law() == Spread.Law.NORMAL)
                    .map(value -> value.spread().sigma())
                    .orElse(0.0);
        }
    }
}
