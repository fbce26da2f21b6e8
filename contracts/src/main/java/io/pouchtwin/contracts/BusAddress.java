package io.pouchtwin.contracts;

/** Addresses on the event bus at which one part of the system asks another and waits for the answer. What must not be lost goes over a {@link Topic}. */
public final class BusAddress {
    /** Failure code of an answer: nothing is known of the cell yet. */
    public static final int UNKNOWN = 404;
    /** Failure code of an answer: what was asked for makes no sense; the message says which field. */
    public static final int SENSELESS = 422;
    /** Failure code of an answer: too many questions wait; ask again later. */
    public static final int TOO_MANY = 429;

    private BusAddress() {}

    /** Where a ForecastRequest of a cell is answered with a Forecast, both as Protobuf bytes. */
    public static String forecastRequest(String cell) {
        return "twin.forecast.ask." + cell;
    }
}
