package dev.tillbridge.channel;

import jakarta.ws.rs.ext.Provider;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;

import dev.tillbridge.platform.ProblemCode;

/**
 * What is missing is told to nobody: the message, which names it, is for the engine and its log. It takes the same way as a
 * problem that is thrown, so that not even a member of the body tells what is not there from what may not be seen.
 */
@Provider
public class NotConnectedExceptionMapper extends ExceptionMapperBase<NotConnectedException> {

    @Override
    protected HttpProblem toProblem(NotConnectedException failure) {
        return ProblemCode.NOT_FOUND.problem(ProblemCode.NOTHING_TO_SEE);
    }
}
