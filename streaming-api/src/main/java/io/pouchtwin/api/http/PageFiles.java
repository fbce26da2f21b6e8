package io.pouchtwin.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The live page's files, read once from the class path and kept in memory. There is no build step: what is served is what stands in the source. */
public final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");
    /** The chart library comes from its webjar, so that its version is managed, scanned and listed like any dependency. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/";

    private static final String UPLOT_VERSION = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final List<String> OWN = List.of(
            "index.html",
            "style.css",
            "icon.svg",
            "alerts.js",
            "app.js",
            "attention.js",
            "cell.js",
            "cells.js",
            "chart.js",
            "columns.js",
            "dom.js",
            "fleet.js",
            "format.js",
            "outlook.js",
            "sparkline.js",
            "stream.js",
            "theme.js");

    private final Map<String, File> files = new LinkedHashMap<>();

    private record File(String type, String tag, Buffer body) {}

    /** Reads all files; a missing one is an error at start, not a 404 later. */
    public PageFiles() {
        for (String name : OWN) {
            String path = name.equals("index.html") ? "/" : "/page/" + name;
            files.put(path, read("/page/" + name));
        }
        String uplot = UPLOT + uplotVersion() + "/";
        files.put("/page/uplot/uPlot.esm.js", read(uplot + "dist/uPlot.esm.js"));
        files.put("/page/uplot/uPlot.min.css", read(uplot + "dist/uPlot.min.css"));
        files.put("/page/uplot/LICENSE.txt", read(uplot + "LICENSE"));
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes(UPLOT_VERSION)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + UPLOT_VERSION, e);
        }
        return properties.getProperty("version", "");
    }

    private static File read(String resource) {
        byte[] bytes = bytes(resource);
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return new File(TYPES.getOrDefault(ending, "text/plain; charset=utf-8"), tag(bytes), Buffer.buffer(bytes));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }

    /** The paths of all files. */
    public Iterable<String> paths() {
        return files.keySet();
    }

    /** Serves the file at a path of {@link #paths()}. */
    public void serve(String path, RoutingContext context) {
        File file = files.get(path);
        if (file == null) {
            throw new IllegalArgumentException(path + " is none of the page's files");
        }
        Responses.tagged(context, file.type(), file.tag(), file.body());
    }
}
