package io.pouchtwin.cell.full;

/**
 * What an advance did, and the readings at its end.
 *
 * @param elapsedS time that passed [s]; less than asked if something stopped it
 * @param stop why it ended
 * @param voltageV at the terminals
 * @param ampere through the terminals, positive on charge
 * @param temperatureK of the surface, where a sensor would be
 * @param chargeC that passed through the terminals, positive on charge [C]
 * @param energyJ that passed through the terminals, positive on charge [J]
 */
public record StepReport(
        double elapsedS,
        Stop stop,
        double voltageV,
        double ampere,
        double temperatureK,
        double chargeC,
        double energyJ) {}
