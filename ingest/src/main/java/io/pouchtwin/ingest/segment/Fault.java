package io.pouchtwin.ingest.segment;

/**
 * What is wrong with something that came in.
 *
 * @param code stable
 * @param reason for a person: what was wrong, and what to do
 * @param field name of the field in the message
 * @param value what it held
 * @param expected what it should have held
 */
public record Fault(RejectCode code, String reason, String field, String value, String expected) {}
