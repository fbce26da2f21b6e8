package io.pouchtwin.gateway.replay;

import io.pouchtwin.contracts.v1.Converted;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Temperature;
import io.pouchtwin.gateway.rejection.DecimalNumber;
import io.pouchtwin.gateway.rejection.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the fields of a line into a point, in native units; what was converted is kept as it was. Pure.
 *
 * <p>Text that is no number rejects the line. A number that is absurd, or NaN in a required column, passes: values are judged by ingest. An
 * empty optional field, or NaN in it, means that there was no value.
 */
final class BdfRowReader {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
    private static final long LARGEST_COUNT = 0xffff_ffffL;

    private static final List<BdfQuantity> NAMED_TEMPERATURES = List.of(
            BdfQuantity.TEMPERATURE_T1,
            BdfQuantity.TEMPERATURE_T2,
            BdfQuantity.TEMPERATURE_T3,
            BdfQuantity.TEMPERATURE_T4,
            BdfQuantity.TEMPERATURE_T5);

    private final BdfHeader header;
    private final boolean commaIsDecimal;

    /**
     * Makes a reader.
     *
     * @param commaIsDecimal whether a comma in a number is its decimal point (the delimiter is another character)
     */
    BdfRowReader(BdfHeader header, boolean commaIsDecimal) {
        this.header = header;
        this.commaIsDecimal = commaIsDecimal;
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Rejection rejection;

        Unreadable(Rejection rejection) {
            super(rejection.reason(), null, false, false);
            this.rejection = rejection;
        }
    }

    BdfRow read(List<String> fields, long line, long sequence, String text) {
        try {
            if (fields.size() != header.count()) {
                throw new Unreadable(new Rejection(
                        "wrong-field-count",
                        "Line " + line
                                + " has another number of fields than the header. It may be cut off, or hold the delimiter"
                                + " in a value without quotes.",
                        "",
                        Integer.toString(fields.size()),
                        header.count() + " fields"));
            }
            return new BdfRow.Point(point(fields, line, sequence));
        } catch (Unreadable e) {
            return new BdfRow.Bad(e.rejection, line, sequence, text);
        }
    }

    /** The record's own number, or 0 if it has none that could be one. */
    long recordIndex(List<String> fields) {
        BdfHeader.Column column = header.columns().get(BdfQuantity.RECORD_INDEX);
        if (column == null || column.place() >= fields.size()) {
            return 0;
        }
        OptionalDouble index = parse(fields.get(column.place()));
        double value = index.orElse(0);
        return value >= 1 && value <= 9e15 && value == Math.rint(value) ? (long) value : 0;
    }

    private RawSample point(List<String> fields, long line, long sequence) throws Unreadable {
        RawSample.Builder sample = RawSample.newBuilder().setSequence(sequence);
        sample.setTestTimeS(required(BdfQuantity.TEST_TIME, "test_time_s", fields, line, sample));
        sample.setVoltageV(required(BdfQuantity.VOLTAGE, "voltage_v", fields, line, sample));
        sample.setCurrentA(required(BdfQuantity.CURRENT, "current_a", fields, line, sample));
        Double unixTime = optional(BdfQuantity.UNIX_TIME, "unix_time_s", fields, line, sample);
        if (unixTime != null) {
            sample.setUnixTimeS(unixTime);
        }
        Double stepTime = optional(BdfQuantity.STEP_TIME, "step_time_s", fields, line, sample);
        if (stepTime != null) {
            sample.setStepTimeS(stepTime);
        }
        capacities(fields, line, sample);
        steps(fields, line, sample);
        temperature(BdfQuantity.SURFACE_TEMPERATURE, "cell", fields, line, sample);
        temperature(BdfQuantity.AMBIENT_TEMPERATURE, "ambient", fields, line, sample);
        for (BdfQuantity named : NAMED_TEMPERATURES) {
            temperature(named, named.name().substring("TEMPERATURE_".length()), fields, line, sample);
        }
        return sample.build();
    }

    private void capacities(List<String> fields, long line, RawSample.Builder sample) throws Unreadable {
        Double charging = optional(BdfQuantity.CHARGING_CAPACITY, "charging_capacity_ah", fields, line, sample);
        if (charging != null) {
            sample.setChargingCapacityAh(charging);
        }
        Double discharging =
                optional(BdfQuantity.DISCHARGING_CAPACITY, "discharging_capacity_ah", fields, line, sample);
        if (discharging != null) {
            sample.setDischargingCapacityAh(discharging);
        }
        Double charge = stepMagnitude(
                List.of(BdfQuantity.STEP_CUMULATIVE_CAPACITY, BdfQuantity.STEP_CAPACITY),
                BdfQuantity.STEP_CHARGING_CAPACITY,
                BdfQuantity.STEP_DISCHARGING_CAPACITY,
                "step_charge_ah",
                fields,
                line,
                sample);
        if (charge != null) {
            sample.setStepChargeAh(charge);
        }
        Double energy = stepMagnitude(
                List.of(BdfQuantity.STEP_CUMULATIVE_ENERGY, BdfQuantity.STEP_ENERGY),
                BdfQuantity.STEP_CHARGING_ENERGY,
                BdfQuantity.STEP_DISCHARGING_ENERGY,
                "step_energy_wh",
                fields,
                line,
                sample);
        if (energy != null) {
            sample.setStepEnergyWh(energy);
        }
    }

    /** What moved since the start of the step, whichever way the file says it. */
    private @Nullable Double stepMagnitude(
            List<BdfQuantity> direct,
            BdfQuantity in,
            BdfQuantity out,
            String field,
            List<String> fields,
            long line,
            RawSample.Builder sample)
            throws Unreadable {
        for (BdfQuantity quantity : direct) {
            Double value = optional(quantity, field, fields, line, sample);
            if (value != null) {
                return Math.abs(value);
            }
        }
        Double charged = optional(in, field, fields, line, sample);
        Double discharged = optional(out, field, fields, line, sample);
        if (charged == null && discharged == null) {
            return null;
        }
        return Math.abs(charged == null ? 0 : charged) + Math.abs(discharged == null ? 0 : discharged);
    }

    private void steps(List<String> fields, long line, RawSample.Builder sample) throws Unreadable {
        Integer cycle = count(BdfQuantity.CYCLE_COUNT, fields, line);
        if (cycle != null) {
            sample.setCycleId(cycle);
        }
        // the step count tells one step from the next even where the programme's own number repeats, so it goes first
        Integer step = count(BdfQuantity.STEP_COUNT, fields, line);
        if (step == null) {
            step = count(BdfQuantity.STEP_ID, fields, line);
        }
        if (step == null) {
            step = count(BdfQuantity.STEP_INDEX, fields, line);
        }
        if (step != null) {
            sample.setStepId(step);
        }
        BdfHeader.Column type = header.columns().get(BdfQuantity.STEP_TYPE);
        if (type != null) {
            sample.setStepType(fields.get(type.place()).strip());
        }
    }

    private void temperature(
            BdfQuantity quantity, String sensor, List<String> fields, long line, RawSample.Builder sample)
            throws Unreadable {
        Double value = optional(quantity, "temperatures." + sensor, fields, line, sample);
        if (value != null) {
            sample.addTemperatures(Temperature.newBuilder().setSensor(sensor).setValueDegc(value));
        }
    }

    private double required(
            BdfQuantity quantity, String field, List<String> fields, long line, RawSample.Builder sample)
            throws Unreadable {
        BdfHeader.Column column = header.columns().get(quantity);
        if (column == null || fields.get(column.place()).isBlank()) {
            throw new Unreadable(new Rejection(
                    "missing-field", "Line " + line + " has no value for a required column.", field, "", "a number"));
        }
        return converted(column, field, fields, line, sample);
    }

    private @Nullable Double optional(
            BdfQuantity quantity, String field, List<String> fields, long line, RawSample.Builder sample)
            throws Unreadable {
        BdfHeader.Column column = header.columns().get(quantity);
        if (column == null) {
            return null;
        }
        String text = fields.get(column.place());
        if (text.isBlank() || parse(text).equals(OptionalDouble.of(Double.NaN))) {
            return null;
        }
        return converted(column, field, fields, line, sample);
    }

    private double converted(
            BdfHeader.Column column, String field, List<String> fields, long line, RawSample.Builder sample)
            throws Unreadable {
        String text = fields.get(column.place()).strip();
        double value = number(column, text, line);
        if (column.unit().isNative()) {
            return value;
        }
        sample.addConverted(Converted.newBuilder()
                .setField(field)
                .setRawValue(text)
                .setRawUnit(column.unit().symbol()));
        return column.unit().toNative(value);
    }

    private @Nullable Integer count(BdfQuantity quantity, List<String> fields, long line) throws Unreadable {
        BdfHeader.Column column = header.columns().get(quantity);
        if (column == null || fields.get(column.place()).isBlank()) {
            return null;
        }
        String text = fields.get(column.place());
        double value = number(column, text, line);
        if (!(value >= 0 && value <= LARGEST_COUNT && value == Math.rint(value))) {
            throw new Unreadable(new Rejection(
                    "unparsable-number",
                    "Line " + line + " has something else than a count in a column of counts.",
                    quantity.name().toLowerCase(Locale.ROOT),
                    text,
                    "a whole number, 0 or more"));
        }
        return (int) (long) value;
    }

    private double number(BdfHeader.Column column, String text, long line) throws Unreadable {
        OptionalDouble value = parse(text);
        if (value.isEmpty()) {
            throw new Unreadable(new Rejection(
                    "unparsable-number",
                    "Line " + line + " has text where a number belongs.",
                    column.label(),
                    text,
                    "a decimal number"));
        }
        return value.getAsDouble();
    }

    private OptionalDouble parse(String text) {
        String value = text.strip();
        return DecimalNumber.parse(
                commaIsDecimal && DECIMAL_COMMA.matcher(value).matches() ? value.replace(',', '.') : value);
    }
}
