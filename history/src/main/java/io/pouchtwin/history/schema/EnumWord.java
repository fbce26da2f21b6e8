package io.pouchtwin.history.schema;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Locale;

/** Enum values as tables and the API write them: in lower case without their common prefix ({@code STEP_TYPE_CC_CHARGE}: {@code cc_charge}). */
public final class EnumWord {
    private EnumWord() {}

    /** The word for a value. */
    public static String of(EnumValueDescriptor value) {
        String prefix = upperSnake(value.getType().getName()) + "_";
        String name = value.getName();
        String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return bare.toLowerCase(Locale.ROOT);
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
