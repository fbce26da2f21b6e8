package io.pouchtwin.gateway.neware;

/**
 * Where a channel is in a Neware installation.
 *
 * @param ip address of the middle machine, as the tester lists it
 * @param deviceType 20 to 27 for BTS 78 to 85
 * @param deviceId number of the device
 * @param subDeviceId number of the unit in the device
 * @param channelId number of the channel in the unit, from 1
 */
public record ChannelAddress(String ip, int deviceType, int deviceId, int subDeviceId, int channelId) {
    /** The name used everywhere else: {@code "devtype-devid-subdevid-chlid"}, e.g. {@code "27-21-1-2"}. */
    public String name() {
        return deviceType + "-" + deviceId + "-" + subDeviceId + "-" + channelId;
    }

    @Override
    public String toString() {
        return name();
    }
}
