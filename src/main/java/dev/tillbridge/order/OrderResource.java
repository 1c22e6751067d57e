package dev.tillbridge.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.order.Decision.StockChoice;
import dev.tillbridge.order.OrderDecisions.Outcome;
import dev.tillbridge.order.UnknownOutcomes.Answer;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.TextForms;

@Path("/api/v1/channels/{id}/orders")
@Tag(name = "Orders")
class OrderResource {

    private final OrderList list;
    private final OrderDecisions decisions;
    private final ChannelDirectory channels;
    private final Caller caller;

    OrderResource(OrderList list, OrderDecisions decisions, ChannelDirectory channels, Caller caller) {
        this.list = list;
        this.decisions = decisions;
        this.channels = channels;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listOrders", summary = "List the till's sales", description = "Newest first, each with what became of it and why. status PROBLEM finds those that stand in the store but need a look, ATTENTION all that wait for a person.")
    public Uni<Page<OrderView>> list(UUID id,
            @Parameter(description = "SEEN, WAITING, READY, CREATING, IMPORTED, HELD, SKIPPED, FAILED, PROBLEM or ATTENTION") @RestQuery String status,
            @Parameter(description = "Code of a reason or problem, such as unlinked-lines") @RestQuery @Size(max = 100) String reason,
            @Parameter(description = "Sold from then on, ISO-8601, inclusive") @RestQuery String from,
            @Parameter(description = "Sold until then, ISO-8601, exclusive") @RestQuery String to,
            @Parameter(description = "Part of the till's order id, the store's order name or an item's name") @RestQuery @Size(max = 100) String q,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        OrderFilter filter = new OrderFilter(status, reason, time("from", from), time("to", to), q);
        return channel(id).chain(channel -> list.page(id, filter, cursor, limit));
    }

    @GET
    @Path("/counts")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "countOrders", summary = "Count the till's sales by status", description = "Each sale has one status; PROBLEM counts those among them that stand in the store but need a look, ATTENTION those that wait for a person: HELD, or with a problem.")
    public Uni<Map<String, Long>> counts(UUID id) {
        return channel(id).chain(channel -> list.counts(id));
    }

    @GET
    @Path("/{posOrderId}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getOrder", summary = "Show a sale with its whole story", description = "Each step with its time, both totals, the vendor's request id, and why.")
    public Uni<OrderView> get(UUID id, String posOrderId) {
        return channel(id).chain(channel -> found(id, posOrderId));
    }

    @POST
    @Path("/{posOrderId}/replay")
    // Named, it is what a request without a body and without a media type is taken to be.
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "replayOrder", summary = "Try a sale again", description = "After what held it was mended. It is read from the till anew and judged by the rules as they are now. A sale whose order stands in the store never makes another one. Where the store never said whether it changed its stock or refunded the order, and can no longer be asked, the call is refused (409) unless unknownOutcome says what a look into the store showed: DONE, it was done and stands; NOT_DONE, it was not, and is done now. Elsewhere the field does nothing.")
    public Uni<OrderView> replay(UUID id, String posOrderId, @RequestBody(required = false) Replay replay) {
        Answer answer = replay == null ? null : replay.unknownOutcome();
        return channel(id)
                .call(channel -> decisions.decide(channel, posOrderId, Decision.replay(answer, caller.name())))
                .chain(channel -> found(id, posOrderId));
    }

    @POST
    @Path("/{posOrderId}/dismiss")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "dismissOrder", summary = "Leave a sale", description = "It is not imported, or its problem is seen to, for the reason given. stock KEEP: the goods are gone, the store's stock stays, or is made, without them; RETURN: what was taken off the store's stock goes back. Both need to know what was taken off: where the store never said whether it changed its stock, the call is refused (409) unless unknownOutcome says it, DONE or NOT_DONE. With DONE and KEEP the stock stays as it is; with NOT_DONE and KEEP the units are still taken off. A refund of unknown outcome is left alone and never sent again.")
    public Uni<OrderView> dismiss(UUID id, String posOrderId, @NotNull @Valid Dismissal dismissal) {
        return channel(id).call(channel -> decisions.decide(channel, posOrderId, new Decision(dismissal.reason().strip(),
                dismissal.stock(), dismissal.unknownOutcome(), caller.name())))
                .chain(channel -> found(id, posOrderId));
    }

    @POST
    @Path("/replay")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "replayOrders", summary = "Try all sales of a filter again", description = "At most 500 at once; more says whether there are others. Those it cannot be done with are named with the reason, among them those where the store's answer was never known: each of them needs an answer of its own.")
    public Uni<Outcome> replayAll(UUID id, @NotNull @Valid BulkReplay bulk) {
        return channel(id).chain(channel -> decisions.decide(channel, bulk.filter().toFilter(),
                Decision.replay(null, caller.name())));
    }

    @POST
    @Path("/dismiss")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "dismissOrders", summary = "Leave all sales of a filter", description = "At most 500 at once; more says whether there are others. Those it cannot be done with are named with the reason, among them those where the store's answer was never known: each of them needs an answer of its own.")
    public Uni<Outcome> dismissAll(UUID id, @NotNull @Valid BulkDismissal bulk) {
        return channel(id).chain(channel -> decisions.decide(channel, bulk.filter().toFilter(),
                new Decision(bulk.reason().strip(), bulk.stock(), null, caller.name())));
    }

    /** @param unknownOutcome null where nothing is of unknown outcome */
    record Replay(Answer unknownOutcome) {}

    /** @param unknownOutcome null where no change of the stock is of unknown outcome */
    record Dismissal(
            @NotBlank @Size(max = 500) @Pattern(regexp = TextForms.READABLE, message = TextForms.READABLE_MESSAGE) String reason,
            @NotNull StockChoice stock, Answer unknownOutcome) {}

    /** What a bulk call is about; a status is needed, so that nothing is done with all by mistake. */
    record Filter(@NotBlank String status, @Size(max = 100) String reason, Instant from, Instant to,
            @Size(max = 100) String q) {

        OrderFilter toFilter() {
            return new OrderFilter(status, reason, from, to, q);
        }
    }

    record BulkReplay(@NotNull @Valid Filter filter) {}

    record BulkDismissal(@NotNull @Valid Filter filter,
            @NotBlank @Size(max = 500) @Pattern(regexp = TextForms.READABLE, message = TextForms.READABLE_MESSAGE) String reason,
            @NotNull StockChoice stock) {}

    private Uni<OrderView> found(UUID id, String posOrderId) {
        return list.one(id, posOrderId).onItem().ifNull()
                .failWith(() -> ProblemCode.NOT_FOUND.problem("This channel has no such sale."));
    }

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }

    private static Instant time(String name, String text) {
        try {
            return text == null || text.isBlank() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemCode.INVALID_REQUEST.problem(name + " is a time such as 2026-11-23T08:00:00Z");
        }
    }
}
