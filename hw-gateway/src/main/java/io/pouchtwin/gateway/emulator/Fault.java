package io.pouchtwin.gateway.emulator;

/** What the virtual tester can do wrong on purpose. */
public sealed interface Fault {
    /** A fault of the conversation: it happens to one of the next replies, once. */
    sealed interface OfReply extends Fault {}

    /** A fault of stored data: it stays for as long as the tester runs. */
    sealed interface OfRow extends Fault {
        /** The channel, e.g. {@code "27-21-1-1"}. */
        String channel();

        /** First sequence number. */
        long from();

        /** Last sequence number. */
        long to();
    }

    /** The connection is cut after so many bytes of the next reply. */
    record CutMidFrame(int afterBytes) implements OfReply {}

    /** The next reply is no XML. */
    record Garbage() implements OfReply {}

    /** The next reply is a frame of about this size. */
    record HugeFrame(int bytes) implements OfReply {}

    /** The next request is not answered. */
    record Silence() implements OfReply {}

    /** The next reply is to a command that nobody knows. */
    record UnknownCommand() implements OfReply {}

    /** The next reply says {@code subdevid="1"} of every channel, as firmware is known to do. */
    record WrongUnit() implements OfReply {}

    /** Voltage and current of these points are not a number. */
    record NotANumber(String channel, long from, long to) implements OfRow {}

    /** The voltage of these points is text. */
    record Unparsable(String channel, long from, long to) implements OfRow {}

    /** The voltage of these points is in millivolts. */
    record MilliVolts(String channel, long from, long to) implements OfRow {}

    /** The time of these points is earlier than it was. */
    record TimeBackwards(String channel, long from, long to, long byMs) implements OfRow {}

    /** These points are left out of so many replies. */
    record DropRows(String channel, long from, long to, int replies) implements OfRow {}

    /** A reply with any of these points is not well-formed. */
    record BrokenXml(String channel, long from, long to) implements OfRow {}
}
