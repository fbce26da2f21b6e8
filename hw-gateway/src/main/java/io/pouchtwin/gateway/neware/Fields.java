package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.DecimalNumber;
import io.pouchtwin.gateway.rejection.Rejection;
import java.util.OptionalDouble;

/** Reads the attributes of one element; the first that cannot be read is the reason to reject the element. */
final class Fields {
    /** An attribute could not be read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Rejection rejection;

        Unreadable(Rejection rejection) {
            super(rejection.reason(), null, false, false);
            this.rejection = rejection;
        }

        Rejection rejection() {
            return rejection;
        }
    }

    private final XmlElements.Element element;

    Fields(XmlElements.Element element) {
        this.element = element;
    }

    String text(String key) throws Unreadable {
        String value = element.attribute(key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }

    String textOr(String key, String otherwise) {
        String value = element.attribute(key);
        return value == null ? otherwise : value;
    }

    /** A number; NaN and infinities are numbers here, because judging values is not the parser's task. */
    double number(String key) throws Unreadable {
        String value = text(key).strip();
        OptionalDouble number = DecimalNumber.parse(value);
        if (number.isPresent()) {
            return number.getAsDouble();
        }
        throw new Unreadable(new Rejection(
                "unparsable-number",
                "Field " + key + " of <" + element.name() + "> is not a number."
                        + (value.indexOf(',') >= 0 ? " It has a comma: set the tester's PC to a decimal point." : ""),
                key,
                value,
                "a decimal number with a point"));
    }

    double numberOr(String key, double otherwise) throws Unreadable {
        return element.attribute(key) == null ? otherwise : number(key);
    }

    long whole(String key, long least, long most) throws Unreadable {
        String value = text(key).strip();
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the same rejection as a number out of range
        }
        throw new Unreadable(new Rejection(
                "unparsable-number",
                "Field " + key + " of <" + element.name() + "> is not a whole number in its range.",
                key,
                value,
                "a whole number from " + least + " to " + most));
    }

    int count(String key, int least) throws Unreadable {
        return (int) whole(key, least, Integer.MAX_VALUE);
    }

    int countOr(String key, int otherwise) throws Unreadable {
        return element.attribute(key) == null ? otherwise : count(key, 0);
    }

    boolean truth() throws Unreadable {
        return switch (element.text()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Unreadable(new Rejection(
                        "wrong-shape",
                        "The text of <" + element.name() + "> is neither true nor false.",
                        element.name(),
                        element.text(),
                        "true or false"));
        };
    }

    private Unreadable missing(String key) {
        return new Unreadable(new Rejection(
                "missing-field", "<" + element.name() + "> has no " + key + ".", key, "", "attribute " + key));
    }
}
