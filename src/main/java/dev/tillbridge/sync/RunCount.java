package dev.tillbridge.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many so far, and of how many where that is known. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunCount(long done, Long total) {}
