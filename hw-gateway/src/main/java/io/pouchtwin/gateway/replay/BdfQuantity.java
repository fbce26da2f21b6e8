package io.pouchtwin.gateway.replay;

import io.pouchtwin.gateway.replay.BdfUnit.Dimension;

/**
 * The quantities of the Battery Data Format that the gateway reads; the constant's name in lower case is the machine name without its unit.
 * Other columns (power, impedance, pressure) are left alone.
 */
enum BdfQuantity {
    TEST_TIME(Dimension.TIME),
    VOLTAGE(Dimension.VOLTAGE),
    CURRENT(Dimension.CURRENT),
    UNIX_TIME(Dimension.TIME),
    RECORD_INDEX(Dimension.COUNT),
    CYCLE_COUNT(Dimension.COUNT),
    STEP_COUNT(Dimension.COUNT),
    STEP_ID(Dimension.COUNT),
    STEP_INDEX(Dimension.COUNT),
    STEP_TIME(Dimension.TIME),
    STEP_TYPE(Dimension.TEXT),
    CHARGING_CAPACITY(Dimension.CHARGE),
    DISCHARGING_CAPACITY(Dimension.CHARGE),
    STEP_CAPACITY(Dimension.CHARGE),
    STEP_CUMULATIVE_CAPACITY(Dimension.CHARGE),
    STEP_CHARGING_CAPACITY(Dimension.CHARGE),
    STEP_DISCHARGING_CAPACITY(Dimension.CHARGE),
    STEP_ENERGY(Dimension.ENERGY),
    STEP_CUMULATIVE_ENERGY(Dimension.ENERGY),
    STEP_CHARGING_ENERGY(Dimension.ENERGY),
    STEP_DISCHARGING_ENERGY(Dimension.ENERGY),
    AMBIENT_TEMPERATURE(Dimension.TEMPERATURE),
    SURFACE_TEMPERATURE(Dimension.TEMPERATURE),
    TEMPERATURE_T1(Dimension.TEMPERATURE),
    TEMPERATURE_T2(Dimension.TEMPERATURE),
    TEMPERATURE_T3(Dimension.TEMPERATURE),
    TEMPERATURE_T4(Dimension.TEMPERATURE),
    TEMPERATURE_T5(Dimension.TEMPERATURE);

    private final Dimension dimension;

    BdfQuantity(Dimension dimension) {
        this.dimension = dimension;
    }

    Dimension dimension() {
        return dimension;
    }

    boolean required() {
        return this == TEST_TIME || this == VOLTAGE || this == CURRENT;
    }
}
