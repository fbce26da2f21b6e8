package io.pouchtwin.gateway.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that were asked for. Any thread. */
final class Faults {
    private final List<Fault.OfReply> ofReplies = new ArrayList<>();
    private final List<Fault.OfRow> ofRows = new ArrayList<>();
    private final Map<Fault.DropRows, Integer> drops = new HashMap<>();

    synchronized void add(Fault fault) {
        if (fault instanceof Fault.OfReply reply) {
            ofReplies.add(reply);
        } else if (fault instanceof Fault.DropRows drop) {
            drops.merge(drop, drop.replies(), Integer::sum);
        } else {
            ofRows.add((Fault.OfRow) fault);
        }
    }

    synchronized Fault.@Nullable OfReply nextOfReply() {
        return ofReplies.isEmpty() ? null : ofReplies.remove(0);
    }

    synchronized List<Fault.OfRow> of(String channel, long sequence) {
        if (ofRows.isEmpty()) {
            return List.of();
        }
        return ofRows.stream()
                .filter(f -> f.channel().equals(channel) && f.from() <= sequence && sequence <= f.to())
                .toList();
    }

    /** The drops that a reply with these points is subject to; each is counted down. */
    synchronized List<Fault.DropRows> dropsFor(String channel, long from, long to) {
        List<Fault.DropRows> hit = drops.keySet().stream()
                .filter(d -> d.channel().equals(channel) && d.from() <= to && from <= d.to())
                .toList();
        hit.forEach(d -> drops.computeIfPresent(d, (k, left) -> left > 1 ? left - 1 : null));
        return hit;
    }
}
