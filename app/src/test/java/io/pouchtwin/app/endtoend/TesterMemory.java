package io.pouchtwin.app.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a tester has stored straight from its port, with none of the gateway's code. */
final class TesterMemory {

    /** A stored point. */
    record Point(long sequence, double voltageV, double currentA) {}

    private static final int PAGE = 1000;
    private static final Pattern POINT =
            Pattern.compile("<data seqid=\"(\\d+)\".*? volt=\"([^\"]+)\" curr=\"([^\"]+)\"");

    private TesterMemory() {}

    /** The first points of a channel of device 27-21, in the tester's order. */
    static List<Point> read(int port, int subdevice, int channel, int count) throws IOException {
        List<Point> points = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            while (points.size() < count) {
                String reply = ask(
                        socket,
                        "<cmd>download</cmd><download devtype=\"27\" devid=\"21\" subdevid=\"%d\" chlid=\"%d\" auxid=\"0\" testid=\"0\" startpos=\"%d\" count=\"%d\"/>"
                                .formatted(
                                        subdevice, channel, points.size() + 1, Math.min(PAGE, count - points.size())));
                int before = points.size();
                Matcher rows = POINT.matcher(reply);
                while (rows.find()) {
                    points.add(new Point(
                            Long.parseLong(rows.group(1)),
                            Double.parseDouble(rows.group(2)),
                            Double.parseDouble(rows.group(3))));
                }
                if (points.size() == before) {
                    throw new IOException("the tester has only " + before + " of " + count + " points: " + reply);
                }
            }
        }
        return points;
    }

    private static String ask(Socket socket, String body) throws IOException {
        String request = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><bts version=\"1.0\">" + body + "</bts>\n\n#\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        StringBuilder reply = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[65536];
        while (reply.indexOf("</bts>") < 0) {
            int read = in.read(chunk);
            if (read < 0) {
                throw new IOException("the tester closed the connection: " + reply);
            }
            reply.append(new String(chunk, 0, read, StandardCharsets.UTF_8));
        }
        // the terminator may still be under way; it must not be taken for the next reply
        while (!reply.toString().endsWith("#\r\n")) {
            int read = in.read(chunk);
            if (read < 0) {
                break;
            }
            reply.append(new String(chunk, 0, read, StandardCharsets.UTF_8));
        }
        return reply.toString();
    }
}
