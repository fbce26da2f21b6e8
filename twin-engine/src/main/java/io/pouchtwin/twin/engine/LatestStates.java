package io.pouchtwin.twin.engine;

import com.google.protobuf.ByteString;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The live view: the latest committed state of each cell in a Hazelcast map that every node of the cluster can read.
 * Kafka holds the truth; a view that is lost is filled again by the engines when they next take over or commit.
 */
public final class LatestStates {
    /** Name of the map. */
    public static final String MAP = "twin.latest";

    private static final int BACKUPS = 1;

    private final IMap<String, byte[]> map;

    /** The view of this cluster. */
    public LatestStates(HazelcastInstance hazelcast) {
        this.map = hazelcast.getMap(MAP);
    }

    /** How the map has to be set up on every node before it joins. */
    public static MapConfig mapConfig() {
        return new MapConfig(MAP).setBackupCount(BACKUPS).setInMemoryFormat(InMemoryFormat.BINARY);
    }

    /** The latest state of a cell as bytes of a {@code TwinState}, if the view has one. */
    public Optional<ByteString> get(String cell) {
        return Optional.ofNullable(map.get(cell))
                .map(entry -> KeepNewer.stateOf(entry).state());
    }

    /** The latest states of all cells, as bytes of a {@code TwinState} each. */
    public Map<String, ByteString> all() {
        Map<String, ByteString> states = new HashMap<>();
        map.forEach((cell, entry) -> states.put(cell, KeepNewer.stateOf(entry).state()));
        return states;
    }

    /** Puts states in, each unless the view has a newer one of its cell. */
    void put(Map<String, LiveState> states) {
        Map<String, byte[]> entries = new HashMap<>();
        states.forEach((cell, state) -> entries.put(cell, KeepNewer.entryOf(state)));
        var unused = map.executeOnKeys(Set.copyOf(entries.keySet()), new KeepNewer(entries));
    }
}
