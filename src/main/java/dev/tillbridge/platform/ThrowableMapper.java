package dev.tillbridge.platform;

import jakarta.ws.rs.ext.Provider;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** For what is thrown and no exception, as Vert.x does: the extension's own mappers would leave it to an HTML page. */
@Provider
public class ThrowableMapper extends ExceptionMapperBase<Throwable> {

    @Override
    protected HttpProblem toProblem(Throwable failure) {
        return HttpProblem.builder().withStatus(ProblemCode.INTERNAL_ERROR.status()).build();
    }
}
