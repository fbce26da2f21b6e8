package io.pouchtwin.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a page asks of its main thread while something goes on, from the browser's own trace. Counted is processor time, not time on the clock: a thread that has to wait for a core
 * because others use it is not at fault. A frame at 60 Hz has 16.7 ms for script, style, layout and painting together.
 *
 * @param frameMs processor time of the main thread in each 16.7 ms of the trace, sorted
 * @param longestTaskMs processor time of the longest task
 * @param longestWhat what that task did most
 */
record MainThread(List<Double> frameMs, double longestTaskMs, String longestWhat) {
    static final double FRAME_MS = 1000.0 / 60;
    private static final String CATEGORY = "disabled-by-default-devtools.timeline";
    private static final int US_PER_MS = 1000;

    /** Something that a thread did: when, for how long on the clock and on a processor, all in microseconds. */
    private record Event(String name, String thread, long ts, long dur, long tdur, String says) {}

    /** Does something and sees what it asks of a page. */
    static MainThread during(Page page, Runnable work) {
        Browser browser = page.context().browser();
        browser.startTracing(page, new Browser.StartTracingOptions().setCategories(List.of(CATEGORY)));
        work.run();
        try {
            return of(read(browser.stopTracing()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A trace is long: it is read piece by piece, and what took next to nothing is left out. */
    private static List<Event> read(byte[] trace) throws IOException {
        List<Event> events = new ArrayList<>();
        try (JsonParser json = new ObjectMapper().createParser(trace)) {
            while (json.nextToken() != JsonToken.START_ARRAY) {
                // the head of the trace
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                JsonNode event = json.readValueAsTree();
                String name = event.path("name").asText();
                long tdur = event.path("tdur").asLong(-1);
                boolean named = name.equals("thread_name");
                if (named || tdur >= US_PER_MS || (name.equals("RunTask") && tdur >= 0)) {
                    events.add(new Event(
                            name,
                            event.path("pid").asText() + "/" + event.path("tid").asText(),
                            event.path("ts").asLong(),
                            event.path("dur").asLong(),
                            tdur,
                            event.path("args").path("name").asText()));
                }
            }
        }
        return events;
    }

    private static MainThread of(List<Event> events) {
        Map<String, List<Event>> tasks = events.stream()
                .filter(event -> event.name().equals("RunTask"))
                .collect(Collectors.groupingBy(Event::thread));
        // there may be other renderers, of pages that wait to be used: the one that worked is ours
        String ours = events.stream()
                .filter(event ->
                        event.name().equals("thread_name") && event.says().equals("CrRendererMain"))
                .map(Event::thread)
                .max(Comparator.comparingLong(thread -> tasks.getOrDefault(thread, List.of()).stream()
                        .mapToLong(Event::tdur)
                        .sum()))
                .orElseThrow(() -> new AssertionError("the trace has no renderer"));
        List<Event> mine = tasks.getOrDefault(ours, List.of());
        long begin = mine.stream().mapToLong(Event::ts).min().orElseThrow();
        long end = mine.stream().mapToLong(Event::ts).max().orElseThrow();
        double[] frames = new double[(int) ((double) (end - begin) / (FRAME_MS * US_PER_MS)) + 1];
        for (Event task : mine) {
            frames[(int) ((double) (task.ts() - begin) / (FRAME_MS * US_PER_MS))] += (double) task.tdur() / US_PER_MS;
        }
        List<Double> sorted = Arrays.stream(frames).sorted().boxed().toList();
        Event longest = mine.stream().max(Comparator.comparingLong(Event::tdur)).orElseThrow();
        return new MainThread(sorted, (double) longest.tdur() / US_PER_MS, within(longest, events));
    }

    private static String within(Event task, List<Event> events) {
        Map<String, Long> parts = new TreeMap<>();
        events.stream()
                .filter(event -> event.thread().equals(task.thread())
                        && event.ts() >= task.ts()
                        && event.ts() < task.ts() + task.dur()
                        && !event.name().endsWith("RunTask"))
                .forEach(event -> parts.merge(event.name(), event.tdur(), Long::sum));
        return parts.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .limit(4)
                .map(part -> part.getKey() + " " + part.getValue() / US_PER_MS + " ms")
                .collect(Collectors.joining(", "));
    }

    /** The processor time that so many of the frames do not exceed, ms. */
    double quantileMs(double share) {
        return frameMs.get((int) Math.floor(share * (frameMs.size() - 1)));
    }

    /** How many frames would have come late on a core of their own. */
    long late() {
        return frameMs.stream().filter(ms -> ms > FRAME_MS).count();
    }
}
