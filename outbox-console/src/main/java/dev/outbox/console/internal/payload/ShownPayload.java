package dev.outbox.console.internal.payload;

/**
 * A payload, as it is shown.
 *
 * @param contentType of the payload
 * @param text the payload as text, with what is masked replaced; in Base64 if it is not text
 * @param base64 whether it is
 * @param masked whether something in it is hidden, so that what is shown must not be taken for the payload
 */
public record ShownPayload(String contentType, String text, boolean base64, boolean masked) {}
