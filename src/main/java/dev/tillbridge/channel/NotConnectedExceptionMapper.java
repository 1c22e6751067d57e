package dev.tillbridge.channel;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import dev.tillbridge.platform.ProblemCode;

@Provider
class NotConnectedExceptionMapper implements ExceptionMapper<NotConnectedException> {

    @Override
    public Response toResponse(NotConnectedException failure) {
        return ProblemCode.NOT_FOUND.problem(failure.getMessage() + ".").toResponse();
    }
}
