package io.pouchtwin.api.contract;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;

/** JSON Schemas of the document. */
public final class Schemas {
    private Schemas() {}

    static Validator validator(JsonObject schema) {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri("https://pouchtwin.invalid/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return Validator.create(JsonSchema.of(schema), options);
    }

    /** Checks values against a schema of a document, whose components it may name. */
    public static Validator validator(JsonObject document, JsonObject schema) {
        return validator(schema.copy().put("components", document.getJsonObject("components")));
    }
}
