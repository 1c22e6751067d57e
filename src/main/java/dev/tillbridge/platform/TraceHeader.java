package dev.tillbridge.platform;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Tells a vendor which trace a request belongs to. For REST clients whose requests are sent by {@link Traces#request}. */
public final class TraceHeader implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
        Traces.headers(request.getHeaders()::putSingle);
    }
}
