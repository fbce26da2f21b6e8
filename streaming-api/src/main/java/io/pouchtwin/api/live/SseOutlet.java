package io.pouchtwin.api.live;

import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.OutlookJson;
import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Server-sent events on an HTTP response (WHATWG HTML, section "Server-sent events"). */
final class SseOutlet implements Outlet {
    private static final int RETRY_MS = 1000;
    /** Unsent bytes after which a reader counts as slow. */
    private static final int WRITE_QUEUE_BYTES = 256 * 1024;

    private final HttpServerResponse response;
    private Buffer gathered = Buffer.buffer();

    SseOutlet(HttpServerResponse response) {
        this.response = response;
        response.setChunked(true)
                .setWriteQueueMaxSize(WRITE_QUEUE_BYTES)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                // a proxy would hold events back until it has enough of them
                .putHeader("X-Accel-Buffering", "no");
        gathered.appendString("retry: " + RETRY_MS + "\n\n");
    }

    @Override
    public boolean full() {
        return gathered.length() > WRITE_QUEUE_BYTES || response.writeQueueFull();
    }

    @Override
    public void state(LiveEvent event, StateFields fields, String resumeId) {
        if (!resumeId.isEmpty()) {
            gathered.appendString("id: ").appendString(resumeId).appendString("\n");
        }
        event("state", event.json(fields));
    }

    @Override
    public void conflated(Conflated conflated) {
        event("conflated", Json.object(conflated::writeFields));
    }

    @Override
    public void reading(LiveReading reading) {
        event("live", Json.object(reading::writeFields));
    }

    @Override
    public void alert(AlertLine line) {
        event("alert", Json.object(json -> AlertJson.writeFields(json, line)));
    }

    @Override
    public void outlook(Forecast forecast) {
        event("outlook", Json.object(json -> OutlookJson.writeEvent(json, forecast)));
    }

    @Override
    public void reset(Reset reset) {
        event("reset", Json.object(reset::writeFields));
    }

    @Override
    public void heartbeat(long nowUnixUs) {
        // the comment keeps proxies awake; the event lets a page notice a connection that died without a word
        gathered.appendString(": heartbeat\n");
        event("heartbeat", Json.object(json -> Json.writeTime(json, "time", nowUnixUs)));
    }

    private void event(String name, Buffer json) {
        gathered.appendString("event: ").appendString(name).appendString("\ndata: ");
        gathered.appendBuffer(json).appendString("\n\n");
    }

    @Override
    public void flush() {
        if (gathered.length() > 0 && !response.ended() && !response.closed()) {
            response.write(gathered);
            gathered = Buffer.buffer();
        }
    }

    @Override
    public void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
