package dev.tillbridge.channel;

import java.util.Map;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import org.jboss.logging.Logger;

import io.quarkiverse.resteasy.problem.HttpProblem;

import dev.tillbridge.platform.ProblemCode;

/** A vendor's failure, where a service has nothing better to say about it. */
@Provider
class ConnectorExceptionMapper implements ExceptionMapper<ConnectorException> {

    private static final Logger LOG = Logger.getLogger(ConnectorExceptionMapper.class);

    @Override
    public Response toResponse(ConnectorException failure) {
        LOG.warnf("A vendor failed a request: %s: %s", failure.code(), failure.getMessage());
        return problem(failure).toResponse();
    }

    private static HttpProblem problem(ConnectorException failure) {
        var members = Map.of("vendorCode", failure.code());
        if (failure instanceof ConnectorException.Rejected || failure instanceof ConnectorException.Unauthorized) {
            return ProblemCode.VENDOR_REFUSED.problem(failure.getMessage(), members);
        }
        if (failure instanceof ConnectorException.Throttled throttled) {
            return HttpProblem
                    .builder(ProblemCode.VENDOR_UNAVAILABLE.problem(failure.getMessage() + " Safe to try again.", members))
                    .withHeader("Retry-After", Math.max(1, throttled.retryAfter().toSeconds())).build();
        }
        return ProblemCode.VENDOR_UNAVAILABLE.problem(failure.getMessage()
                + (failure.outcomeUnknown()
                        ? " Whether it had an effect is not known: look before trying again."
                        : " Safe to try again."),
                members);
    }
}
