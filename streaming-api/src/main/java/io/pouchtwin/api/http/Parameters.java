package io.pouchtwin.api.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters of one request, checked: an unknown name, a second value, or a value out of range is a {@link Problem}. */
public final class Parameters {
    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_CELLS = 1000;
    private static final int SHOWN_CHARACTERS = 40;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;
    private static final long MICROS_OF_S = 1_000_000;
    private static final int NANOS_OF_US = 1_000;

    private final MultiMap values;

    private Parameters(MultiMap values) {
        this.values = values;
    }

    /** The request's parameters, of which only these may be given. */
    public static Parameters of(RoutingContext context, String... known) {
        MultiMap values;
        try {
            values = context.queryParams();
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    400, "bad-query", "The query is not right", "The query string is not valid percent-encoding");
        }
        Set<String> names = new TreeSet<>(Set.of(known));
        for (String given : values.names()) {
            if (!names.contains(given)) {
                throw Problem.unknownParameter(given, names);
            }
            if (values.getAll(given).size() > 1) {
                throw Problem.badParameter(given, String.join("\", \"", values.getAll(given)), "one value");
            }
        }
        return new Parameters(values);
    }

    /** A text of at most 200 characters. */
    public Optional<String> text(String name) {
        return text(name, MOST_CHARACTERS);
    }

    /** A text of at most so many characters. */
    public Optional<String> text(String name, int mostCharacters) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        if (value.length() > mostCharacters) {
            throw Problem.badParameter(
                    name, value.substring(0, 20) + "...", "at most " + mostCharacters + " characters");
        }
        return Optional.of(value);
    }

    /** A whole number. */
    public OptionalInt wholeNumber(String name, int least, int most) {
        String value = values.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        String expected = "a whole number from " + least + " to " + most;
        if (!value.matches("-?[0-9]{1,9}")) {
            throw Problem.badParameter(name, value, expected);
        }
        int number = Integer.parseInt(value);
        if (number < least || number > most) {
            throw Problem.badParameter(name, value, expected);
        }
        return OptionalInt.of(number);
    }

    /** A moment in ISO 8601 with its zone; in microseconds since 1970-01-01 UTC. */
    public OptionalLong time(String name) {
        String value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        String expected = "a time in ISO 8601 with its zone, from 1970 to 9999: for example 2026-11-22T18:00:00Z";
        try {
            // a plus sign that was not encoded arrives as a blank
            OffsetDateTime time = OffsetDateTime.parse(value.replace(' ', '+'));
            if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
                throw Problem.badParameter(name, value, expected);
            }
            // ChronoUnit counts in nanoseconds on the way, of which a long holds 292 years
            return OptionalLong.of(time.toEpochSecond() * MICROS_OF_S + time.getNano() / NANOS_OF_US);
        } catch (DateTimeParseException e) {
            throw Problem.badParameter(name, value.substring(0, Math.min(value.length(), SHOWN_CHARACTERS)), expected);
        }
    }

    /** A number. */
    public OptionalDouble number(String name, double least, double most) {
        String value = values.get(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        String expected = "a number from " + least + " to " + most;
        if (!value.matches("-?[0-9]{1,15}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")) {
            throw Problem.badParameter(name, value, expected);
        }
        double number = Double.parseDouble(value);
        if (number < least || number > most) {
            throw Problem.badParameter(name, value, expected);
        }
        return OptionalDouble.of(number);
    }

    /** Names of cells between commas, each once; empty if the parameter is not given. */
    public List<String> cells(String name) {
        String value = values.get(name);
        if (value == null) {
            return List.of();
        }
        Set<String> cells = new LinkedHashSet<>();
        for (String cell : value.split(",", -1)) {
            if (cell.isEmpty() || cell.length() > MOST_CHARACTERS) {
                throw Problem.badParameter(name, value, "names of cells between commas, each of 1 to 200 characters");
            }
            cells.add(cell);
        }
        if (cells.size() > MOST_CELLS) {
            throw Problem.badParameter(name, cells.size() + " names", "at most " + MOST_CELLS);
        }
        return new ArrayList<>(cells);
    }
}
