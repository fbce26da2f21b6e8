package io.pouchtwin.gateway.neware;

import java.util.Optional;

/**
 * A channel that may be stopped, because the gateway's own configuration says so. There is no other way to one, and no
 * request of this driver stops a channel without one.
 */
public final class ArmedChannel {
    private final ChannelAddress address;

    private ArmedChannel(ChannelAddress address) {
        this.address = address;
    }

    /**
     * The channel, where it is armed.
     *
     * @param armed what the configuration of the cell on this channel says
     */
    public static Optional<ArmedChannel> where(boolean armed, ChannelAddress address) {
        return armed ? Optional.of(new ArmedChannel(address)) : Optional.empty();
    }

    /** Where it is. */
    public ChannelAddress address() {
        return address;
    }
}
