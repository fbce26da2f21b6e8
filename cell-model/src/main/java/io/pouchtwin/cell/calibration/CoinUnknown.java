package io.pouchtwin.cell.calibration;

import java.util.Arrays;
import java.util.List;

/** What is unknown about the coin cells, all membranes together, with what is believed before. */
enum CoinUnknown {
    /** Solid diffusivity relative to the parameter set's. */
    DIFFUSIVITY(Unknown.positive("diffusivity_factor", "1", 1, 0.7, "no measurement; the rate table decides")),
    /** Additional slope of ln D over the stoichiometry. */
    SLOPE(Unknown.normal("diffusivity_slope_change", "1", 0, 1.2, "no measurement; the rate table decides")),
    /** Exchange current of the cathode relative to the parameter set's. */
    CATHODE_EXCHANGE(Unknown.positive(
            "cathode_exchange_factor", "1", 1, 0.6, "published values for NMC differ by such factors")),
    /** Contact resistance of the rate-table cell. */
    CONTACT(Unknown.positive("contact_resistance_ohm_cm2", "ohm cm2", 1.0, 0.6, "usual for coin cells")),
    /** Film resistance of the fresh rate-table cell. */
    FILM(Unknown.positive("film_resistance_ohm_cm2", "ohm cm2", 0.8, 0.5, "usual for lithium in such membranes")),
    /** Loading of the rate-table cell relative to the parameter set's. */
    LOADING(Unknown.positive(
            "loading_factor",
            "1",
            1,
            0.2,
            "not stated; coin cells with 1 to 10 C results usually carry 2 to 4 mg/cm2")),
    /** Upper voltage limit. */
    UPPER_VOLTAGE(Unknown.normal("upper_voltage_v", "V", 4.4, 0.03, "window is only in the supporting information")),
    /** Exchange current of lithium relative to the paper's. */
    LITHIUM_EXCHANGE(
            Unknown.positive("lithium_exchange_factor", "1", 1, 0.1, "fact:i0.PPLA, Tafel fit assumed good to 10 %")),
    /** Resistance of the membrane relative to the paper's. */
    MEMBRANE(Unknown.positive(
            "membrane_factor", "1", 1, 0.06, "fact:sigma.PPLA and fact:thickness.PPLA, assumed good to 5 and 3 %")),
    /** Film growth in a cycle of the reference load. */
    FILM_GROWTH(Unknown.positive(
            "film_growth_ohm_cm2_per_cycle", "ohm cm2", 0.06, 1.2, "0.45 mAh/cm2 at 0.6 mA/cm2; no measurement")),
    /** How film growth depends on charge plated per half cycle. */
    FILM_CHARGE_EXPONENT(Unknown.normal(
            "film_charge_exponent", "1", 1, 1, "deeper plating gives rougher lithium and more new surface")),
    /** How film growth depends on current. */
    FILM_CURRENT_EXPONENT(Unknown.normal("film_current_exponent", "1", 0, 0.5, "sign is disputed in the literature")),
    /** Lithium lost per plated lithium in the running cell. */
    LITHIUM_LOSS(Unknown.positive(
            "lithium_loss_share",
            "1",
            0.005,
            0.7,
            "99.5 %; Li||Cu efficiencies are lower (fact:ce.PPLA), running cells must be higher")),
    /** Cathode loss in a cycle of the depth of the 1 C test. */
    CATHODE_LOSS(Unknown.positive("cathode_loss_per_cycle", "1", 1.2e-4, 0.8, "NMC cycled to 4.3 to 4.4 V")),
    /** How cathode loss depends on depth. */
    DEPTH_EXPONENT(Unknown.positive(
            "cathode_depth_exponent", "1", 1.6, 0.4, "depth-of-discharge laws of lithium-ion cathodes, 1 to 2.5")),
    /** Share of a fresh contact's excess resistance that disappears. */
    SETTLING_SHARE(
            Unknown.share("settling_share", 0.4, 1.0, "new interfaces bed in during the first cycles; no measurement")),
    /** Cycles that it takes. */
    SETTLING_CYCLES(Unknown.positive("settling_cycles", "cycle", 150, 0.6, "no measurement")),
    /** Loading of the 1 C cell relative to the rate-table cell's. */
    LOADING_1C(Unknown.positive("loading_1c_factor", "1", 1, CoinUnknown.LOADING_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Loading of the 5 C cell relative to the rate-table cell's. */
    LOADING_5C(Unknown.positive("loading_5c_factor", "1", 1, CoinUnknown.LOADING_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Loading of the 10 C cell relative to the rate-table cell's. */
    LOADING_10C(Unknown.positive("loading_10c_factor", "1", 1, CoinUnknown.LOADING_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Contact resistance of the fresh 1 C cell relative to the rate-table cell's. */
    CONTACT_1C(Unknown.positive("contact_1c_factor", "1", 1.5, CoinUnknown.CONTACT_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Contact resistance of the fresh 5 C cell relative to the rate-table cell's. */
    CONTACT_5C(Unknown.positive("contact_5c_factor", "1", 1.5, CoinUnknown.CONTACT_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Contact resistance of the fresh 10 C cell relative to the rate-table cell's. */
    CONTACT_10C(Unknown.positive("contact_10c_factor", "1", 1.5, CoinUnknown.CONTACT_SPREAD, CoinUnknown.CELL_TO_CELL)),
    /** Power by which a membrane's film growth follows its Li||Cu loss relative to PPLA's. */
    LOSS_POWER(Unknown.positive(
            "film_growth_loss_power",
            "1",
            1,
            0.8,
            "film growth follows (1 - CE) of fact:ce.PPLA, fact:ce.PPL, fact:ce.PL to a power")),
    /** C-rate of the 15 mg/cm2 cell. */
    RATE_15MG(Unknown.positive("rate_15mg", "C", 0.5, 0.6, "rate of fact:load15.PPLA is not stated")),
    /** Current of the symmetric cells. */
    SYMMETRIC_CURRENT(
            Unknown.positive("symmetric_current_ma_per_cm2", "mA/cm2", 0.2, 0.7, "not stated; usual 0.1 to 0.5")),
    /** How life falls with current. */
    DAMAGE_EXPONENT(Unknown.positive("damage_exponent", "1", 2, 0.4, "no measurement")),
    /** Life of plating at the critical current density. */
    DAMAGE_LIFE(Unknown.positive("damage_life_h", "h", 60, 1.2, "no measurement")),
    /** Critical current density of PPLA relative to the printed one. */
    CCD_PPLA(Unknown.positive("ccd_ppla_factor", "1", 1, CoinUnknown.CCD_SPREAD, CoinUnknown.CCD_SOURCE)),
    /** Critical current density of PPL relative to the printed one. */
    CCD_PPL(Unknown.positive("ccd_ppl_factor", "1", 1, CoinUnknown.CCD_SPREAD, CoinUnknown.CCD_SOURCE)),
    /** Critical current density of PL relative to the printed one. */
    CCD_PL(Unknown.positive("ccd_pl_factor", "1", 1, CoinUnknown.CCD_SPREAD, CoinUnknown.CCD_SOURCE));

    static final double LOADING_SPREAD = 0.12;
    static final double CONTACT_SPREAD = 1.2;
    static final double CCD_SPREAD = 0.3;
    static final String CELL_TO_CELL =
            "cell to cell; the printed cells start at 117.1 and 81.2 mAh/g (fact:ret.PPLA.5C, fact:ret.PPLA.10C) against 116.4 and 91.2";
    static final String CCD_SOURCE =
            "fact:ccd.PPLA, fact:ccd.PPL, fact:ccd.PL: one noisy, protocol-dependent sample each";

    // a record of names, numbers and an enum
    @SuppressWarnings("ImmutableEnumChecker")
    private final Unknown unknown;

    CoinUnknown(Unknown unknown) {
        this.unknown = unknown;
    }

    Unknown unknown() {
        return unknown;
    }

    /** The value in a row of values in this order. */
    @SuppressWarnings("EnumOrdinal")
    double in(double[] values) {
        return values[ordinal()];
    }

    static List<Unknown> all() {
        return Arrays.stream(values()).map(CoinUnknown::unknown).toList();
    }
}
