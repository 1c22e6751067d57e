package dev.tillbridge.journal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/channels/{id}/journal")
@Tag(name = "Journal")
class JournalResource {

    private final JournalReader journal;
    private final Caller caller;

    JournalResource(JournalReader journal, Caller caller) {
        this.journal = journal;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "readJournal", summary = "Read what was changed on a channel", description = "From what to what, why, by which run or person; newest first. The journal of a channel that was disconnected stays.")
    public Uni<Page<JournalView>> read(UUID id,
            @Parameter(description = "stock:<item id>, link:<variant id> or order:<till order id> for one, stock, link or order for all of them, or settings, channel") @RestQuery @Size(max = 200) String subject,
            @Parameter(description = "ISO-8601, inclusive") @RestQuery String from,
            @Parameter(description = "ISO-8601, exclusive") @RestQuery String to,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        var query = new JournalReader.Query(id, subject == null || subject.isBlank() ? null : subject, time("from", from),
                time("to", to));
        return journal.store(id).invoke(store -> caller.requireStore(store.orElseThrow(
                () -> ProblemCode.NOT_FOUND.problem(ProblemCode.NOTHING_TO_SEE))))
                .flatMap(store -> journal.page(query, cursor, limit));
    }

    private static Instant time(String name, String text) {
        try {
            return text == null || text.isBlank() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemCode.INVALID_REQUEST.problem(name + " is a time such as 2026-11-23T08:00:00Z");
        }
    }
}
