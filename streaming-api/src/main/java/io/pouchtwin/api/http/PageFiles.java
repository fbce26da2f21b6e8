package io.pouchtwin.api.http;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.pouchtwin.contracts.Topic;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The files of the live page and of the page about the API, read once from the class path and kept in memory. There is no build step: what is served is what stands in the source. */
public final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "proto", "text/plain; charset=utf-8",
            "txt", "text/plain; charset=utf-8");
    /** The chart library comes from its webjar, so that its version is managed, scanned and listed like any dependency. */
    private static final String UPLOT = webjar("org.webjars.npm", "uplot");

    /** Likewise what the description of the API is read with. */
    private static final String SWAGGER_UI = webjar("org.webjars", "swagger-ui");

    private static final List<String> OWN = List.of(
            "index.html",
            "style.css",
            "icon.svg",
            "api.css",
            "api.html",
            "alerts.js",
            "api.js",
            "app.js",
            "attention.js",
            "cell.js",
            "cells.js",
            "chart.js",
            "columns.js",
            "cycles.js",
            "dendrite.js",
            "dom.js",
            "fan.js",
            "figures.js",
            "filters.js",
            "fleet.js",
            "format.js",
            "life.js",
            "outlook.js",
            "past.js",
            "signin.css",
            "signin.js",
            "sparkline.js",
            "stream.js",
            "tabs.js",
            "takeaway.js",
            "theme.js",
            "trust.js",
            "whatif.js");

    /** Where the pages among them stand. */
    private static final Map<String, String> PLACES = Map.of("index.html", "/", "api.html", "/api");

    private final Map<String, File> files = new LinkedHashMap<>();

    private record File(String type, String tag, Buffer body) {}

    /** Reads all files; a missing one is an error at start, not a 404 later. */
    public PageFiles() {
        for (String name : OWN) {
            files.put(PLACES.getOrDefault(name, "/page/" + name), read("/page/" + name));
        }
        files.put("/page/uplot/uPlot.esm.js", read(UPLOT + "dist/uPlot.esm.js"));
        files.put("/page/uplot/uPlot.min.css", read(UPLOT + "dist/uPlot.min.css"));
        files.put("/page/uplot/LICENSE.txt", read(UPLOT + "LICENSE"));
        for (String name : List.of("swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css")) {
            files.put("/page/swagger-ui/" + name, read(SWAGGER_UI + name));
        }
        for (Topic topic : Topic.values()) {
            addProto(topic.value().getFile());
        }
    }

    /** A message's .proto file and those that it imports, for consumers in other languages. */
    private void addProto(FileDescriptor file) {
        String path = "/proto/" + file.getName();
        if (PageFiles.class.getResource(path) != null && !files.containsKey(path)) {
            files.put(path, read(path));
            file.getDependencies().forEach(this::addProto);
        }
    }

    private static String webjar(String group, String artifact) {
        String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
        return "/META-INF/resources/webjars/" + artifact + "/" + properties.getProperty("version", "") + "/";
    }

    private static File read(String resource) {
        byte[] bytes = bytes(resource);
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return new File(
                TYPES.getOrDefault(ending, "text/plain; charset=utf-8"), Responses.tag(bytes), Buffer.buffer(bytes));
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
