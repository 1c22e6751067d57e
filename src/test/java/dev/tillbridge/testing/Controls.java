package dev.tillbridge.testing;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The control API of a sandbox, wherever it runs; paths are below {@code /_sandbox}. */
public interface Controls {

    /** A call that must succeed. */
    JsonNode send(String method, String path, String body);

    /** The answer to a POST that may be refused; empty if it was. */
    Optional<JsonNode> tried(String path, String body);
}
