package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.parameters.ParameterKey.Need;
import java.util.Map;

/** Checks that concern a parameter set as a whole. */
final class SetChecks {
    private SetChecks() {}

    static void check(ParameterSet set, String file) {
        for (ParameterKey key : ParameterSchema.keys()) {
            boolean needed =
                    key.need() == Need.ALWAYS || (key.need() == Need.WITH_CATHODE && set.kind() == CellKind.HALF_CELL);
            if (needed && set.find(key.name()).isEmpty()) {
                throw new ParameterException(file, key.name(), "nothing", "a value; this key is required");
            }
        }
        set.values().values().stream().filter(ParameterValue::isLaw).forEach(law -> checkLaw(set, file, law));
        if (set.kind() == CellKind.HALF_CELL) {
            checkCathode(set, file);
        }
        if (set.si("window.voltage_min") >= set.si("window.voltage_max")) {
            throw new ParameterException(
                    file, "window.voltage_min", set.si("window.voltage_min") + " V", "less than window.voltage_max");
        }
    }

    private static void checkLaw(ParameterSet set, String file, ParameterValue law) {
        for (String coefficient : ParameterSchema.coefficientsOf(law)) {
            String key = law.key() + "." + coefficient;
            if (set.find(key).isEmpty()) {
                throw new ParameterException(file, key, "nothing", "a value; law " + law.law() + " needs it");
            }
        }
    }

    private static void checkCathode(ParameterSet set, String file) {
        if (set.find("cathode.loading").isPresent()
                == set.find("cathode.thickness").isPresent()) {
            throw new ParameterException(
                    file, "cathode.loading", "and cathode.thickness", "exactly one of the two to be given");
        }
        double filled = filled(set);
        if (filled > 1) {
            throw new ParameterException(file, "cathode.active_fraction + cathode.porosity", filled, "at most 1");
        }
    }

    /** True if values that are plausible one by one are so together. */
    static boolean standsTogether(ParameterSet set) {
        boolean roomForAll = set.kind() != CellKind.HALF_CELL || filled(set) <= 1;
        return roomForAll && set.si("window.voltage_min") < set.si("window.voltage_max");
    }

    private static double filled(ParameterSet set) {
        return set.si("cathode.active_fraction") + set.si("cathode.porosity");
    }

    /** True if the key is a coefficient whose law has been replaced by one that does not name it. */
    static boolean isStray(String key, Map<String, ParameterValue> values) {
        int dot = key.lastIndexOf('.');
        ParameterValue law = values.get(key.substring(0, dot));
        if (law == null || !law.isLaw()) {
            return false;
        }
        String coefficient = key.substring(dot + 1);
        boolean required = ParameterSchema.coefficientsOf(law).contains(coefficient);
        return !required && !ParameterSchema.isOptionalCoefficient(law.law(), coefficient);
    }
}
