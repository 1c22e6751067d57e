package dev.tillbridge.platform;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** JSON of another form than the operation takes; Quarkus's own mapper of this would answer without a word. */
@Provider
@Priority(1)
public class MismatchedInputMapper extends ExceptionMapperBase<MismatchedInputException> {

    @Override
    protected HttpProblem toProblem(MismatchedInputException failure) {
        return JsonProblems.of(failure);
    }
}
