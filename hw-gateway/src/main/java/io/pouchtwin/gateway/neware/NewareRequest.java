package io.pouchtwin.gateway.neware;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * What the gateway may ask of a Neware tester, as bytes on the wire. All of it reads, but for {@link #stop}, which needs a channel
 * that is armed; nothing here can start or change a test.
 *
 * @param command the word in {@code <cmd>}
 * @param body the XML between {@code <bts>} and {@code </bts>}
 */
public record NewareRequest(String command, String body) {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\">";
    private static final String TAIL = "</bts>\n\n#\r\n";

    /** Logs in. */
    public static NewareRequest connect(String user, String password) {
        return of(
                "connect",
                "<username>" + escape(user) + "</username><password>" + escape(password)
                        + "</password><type>bfgs</type>");
    }

    /** Asks which channels there are. */
    public static NewareRequest deviceInfo() {
        return of("getdevinfo", "");
    }

    /** Asks for the state of channels; the reply is in the order asked. */
    public static NewareRequest channelStatus(List<ChannelAddress> channels) {
        return of("getchlstatus", list(channels, c -> "<status " + fullAddress(c) + ">true</status>"));
    }

    /** Asks for the present reading of channels; the reply is in the order asked. */
    public static NewareRequest inquire(List<ChannelAddress> channels) {
        return of(
                "inquire",
                list(channels, c -> "<inquire " + fullAddress(c) + " aux=\"0\" barcode=\"1\">true</inquire>"));
    }

    /** Asks how many points are stored of the current test of each channel; the reply is in the order asked. */
    public static NewareRequest storedPoints(List<ChannelAddress> channels) {
        return of("inquiredf", list(channels, c -> "<chl " + address(c) + " testid=\"0\" />"));
    }

    /** Asks how many points are stored of a named test of one channel. */
    public static NewareRequest storedPoints(ChannelAddress channel, String testId) {
        return of(
                "inquiredf",
                list(List.of(channel), c -> "<chl " + address(c) + " testid=\"" + escape(testId) + "\" />"));
    }

    /**
     * Asks for stored points.
     *
     * @param testId the tester's number of the test
     * @param start first sequence number wanted, from 1
     * @param count how many, 1 to 1000
     */
    public static NewareRequest download(ChannelAddress channel, String testId, long start, int count) {
        return of(
                "download",
                "<download " + address(channel) + " auxid=\"0\" testid=\"" + escape(testId) + "\" startpos=\"" + start
                        + "\" count=\"" + count + "\"/>");
    }

    /** Asks for the event log of a test. */
    public static NewareRequest downloadLog(ChannelAddress channel, String testId) {
        return of("downloadlog", "<download " + address(channel) + " testid=\"" + escape(testId) + "\"/>");
    }

    /** Asks for the list of steps of the current test. */
    public static NewareRequest stepLayer(ChannelAddress channel) {
        return of("downloadStepLayer", "<downloadStepLayer " + address(channel) + " />");
    }

    /** Stops the test on a channel. The one request that changes anything. */
    public static NewareRequest stop(ArmedChannel channel) {
        return of("stop", list(List.of(channel.address()), c -> "<stop " + fullAddress(c) + ">true</stop>"));
    }

    /** The request on the wire, with its terminator. */
    public byte[] toBytes() {
        return (HEAD + body + TAIL).getBytes(StandardCharsets.UTF_8);
    }

    private static NewareRequest of(String command, String rest) {
        return new NewareRequest(command, "<cmd>" + command + "</cmd>" + rest);
    }

    private static String list(List<ChannelAddress> channels, Function<ChannelAddress, String> item) {
        StringBuilder text =
                new StringBuilder("<list count = \"").append(channels.size()).append("\">");
        for (ChannelAddress channel : channels) {
            text.append(item.apply(channel));
        }
        return text.append("</list>").toString();
    }

    private static String address(ChannelAddress c) {
        return "devtype=\"" + c.deviceType() + "\" devid=\"" + c.deviceId() + "\" subdevid=\"" + c.subDeviceId()
                + "\" chlid=\"" + c.channelId() + "\"";
    }

    private static String fullAddress(ChannelAddress c) {
        return "ip=\"" + escape(c.ip()) + "\" " + address(c);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
