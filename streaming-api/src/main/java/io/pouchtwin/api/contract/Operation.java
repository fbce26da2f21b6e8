package io.pouchtwin.api.contract;

import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.security.Role;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One operation of the document: who may ask for it, and what the request may hold. */
public final class Operation {
    private static final String QUERY = "query";

    private final String id;
    private final Optional<Role> role;
    private final boolean change;
    private final boolean endless;
    private final List<Parameter> parameters;
    private final Set<String> queryNames;
    private final Optional<RequestBody> body;

    Operation(JsonObject document, JsonObject operation, List<Parameter> parameters) {
        this.id = operation.getString("operationId");
        boolean open =
                operation.getJsonArray("security", new JsonArray().add("any")).isEmpty();
        Role least = Role.of(operation.getString("x-role", Role.VIEWER.word())).orElseThrow();
        this.role = open ? Optional.empty() : Optional.of(least);
        this.change = operation.getBoolean("x-change", false);
        this.endless = operation.getBoolean("x-endless", false);
        this.parameters = parameters;
        this.queryNames = parameters.stream()
                .filter(parameter -> parameter.place().equals(QUERY))
                .map(Parameter::name)
                .collect(Collectors.toCollection(TreeSet::new));
        this.body = operation.containsKey("requestBody")
                ? Optional.of(new RequestBody(document, operation.getJsonObject("requestBody")))
                : Optional.empty();
    }

    /** Its {@code operationId}. */
    public String id() {
        return id;
    }

    /** The least role that it needs; empty: none, not even a login. */
    public Optional<Role> role() {
        return role;
    }

    /** Whether it changes something, and so is put on record. */
    public boolean change() {
        return change;
    }

    /** Whether its answer may take as long as it likes. */
    public boolean endless() {
        return endless;
    }

    /** What its body must be; empty: it has none. */
    public Optional<RequestBody> body() {
        return body;
    }

    /** Refuses parameters that are unknown, given twice, missing, or do not fit. */
    public void checkParameters(RoutingContext context) {
        MultiMap query = query(context);
        for (String given : query.names()) {
            if (!queryNames.contains(given)) {
                throw Problem.unknownParameter(given, queryNames);
            }
            if (query.getAll(given).size() > 1) {
                throw Problem.badParameter(given, String.join("\", \"", query.getAll(given)), "one value");
            }
        }
        for (Parameter parameter : parameters) {
            parameter.check(
                    switch (parameter.place()) {
                        case QUERY -> query.get(parameter.name());
                        case "path" -> context.pathParam(parameter.name());
                        default -> context.request().getHeader(parameter.name());
                    });
        }
    }

    private static MultiMap query(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    400, "bad-query", "The query is not right", "The query string is not valid percent-encoding");
        }
    }
}
