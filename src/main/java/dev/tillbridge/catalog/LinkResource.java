package dev.tillbridge.catalog;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.JournalReader;
import dev.tillbridge.journal.JournalView;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/channels/{id}/links")
@Tag(name = "Links")
class LinkResource {

    private final LinkList list;
    private final LinkFacts facts;
    private final LinkService links;
    private final ChannelDirectory channels;
    private final JournalReader journal;
    private final Caller caller;

    LinkResource(LinkList list, LinkFacts facts, LinkService links, ChannelDirectory channels, JournalReader journal,
            Caller caller) {
        this.list = list;
        this.facts = facts;
        this.links = links;
        this.channels = channels;
        this.journal = journal;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listLinks", summary = "List links, and what has none", description = "Variants first, by id, then the items that have no variant. Each row says what the store has, what the till should show and what it shows; the reason says why there is no link. price says by which rule the till's price is made, what it should be, and why it is left alone or not there yet.")
    public Uni<Page<LinkView>> list(UUID id,
            @Parameter(description = "Only rows of this status", schema = @Schema(type = SchemaType.STRING, enumeration = {
                    "linked", "unlinked", "ambiguous", "drifted", "blocked", "till-only"})) @RestQuery String status,
            @Parameter(description = "Only links whose item shows another quantity at the till than it should") @RestQuery @DefaultValue("false") boolean outOfStep,
            @Parameter(description = "Only rows with this text in SKU, barcode or title, or in the item's SKU, code or name") @RestQuery @Size(max = 100) String q,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @Parameter(description = "Leaves so many rows out first, to look into the midst of a long list; not with q. Who wants all of it goes on by cursor, which misses nothing while the list changes.") @RestQuery @DefaultValue("0") @Min(0) @Max(10_000_000) int offset,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        LinkList.Filter filter = LinkList.Filter.of(status, outOfStep, q);
        LinkPosition from = LinkPosition.of(cursor);
        if (filter.search() != null && offset > 0) {
            throw ProblemCode.INVALID_REQUEST.problem("offset does not go with q: go on from nextCursor instead");
        }
        return channel(id).flatMap(
                channel -> list.page(LinkList.Query.of(channel, filter), from, offset, limit));
    }

    @GET
    @Path("/{variantId}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getLink", summary = "Show a variant's row, and why its item is at its quantity", description = "The row as the list has it, and what its target is made of: the store's stock by location, sales that this stock does not show yet, what the till was last seen to hold and when, the last quantity that was written to it and by which run, and an open recount.")
    public Uni<LinkDetails> get(UUID id, String variantId) {
        return channel(id).flatMap(channel -> list.one(LinkList.Query.of(channel, LinkList.Filter.NONE), variantId)
                .onItem().ifNull().failWith(() -> ProblemCode.NOT_FOUND
                        .problem("This channel knows no variant " + variantId + ", or it was not matched yet."))
                .flatMap(row -> facts.of(channel, row)));
    }

    @GET
    @Path("/counts")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "countLinks", summary = "Count links by status", description = "How many rows the list of links has of each status.")
    public Uni<LinkCounts> counts(UUID id) {
        return channel(id).flatMap(channel -> list.counts(id));
    }

    @PUT
    @Path("/{variantId}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "link", summary = "Link a variant to an item by hand", description = "Identifiers need not agree. It lifts a block of this pair; putting a drifted link again accepts it as it is. Refused where variant or item is linked to another.")
    public Uni<Linked> link(UUID id, String variantId, @NotNull @Valid Target target) {
        return channel(id).flatMap(channel -> links.link(channel, variantId, target.itemId(), caller.name()))
                .map(edit -> new Linked(edit.variantId(), edit.itemId(), LinkStatus.LINKED));
    }

    @DELETE
    @Path("/{variantId}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "unlink", summary = "Remove a link", description = "It leaves a block: matching does not make this link again until a person does. The till's stock stays as it is.")
    public Uni<Void> unlink(UUID id, String variantId) {
        return channel(id).flatMap(channel -> links.unlink(channel, variantId, caller.name()));
    }

    @GET
    @Path("/{variantId}/journal")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "readLinkJournal", summary = "Read what was changed on a variant's link", description = "Newest first.")
    public Uni<Page<JournalView>> journal(UUID id, String variantId,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        return channel(id)
                .flatMap(channel -> journal.page(new JournalReader.Query(id, "link:" + variantId, null, null), cursor, limit));
    }

    /** @param itemId the till's id of the item */
    record Target(@NotBlank @Size(max = 100) String itemId) {}

    record Linked(String variantId, String itemId, LinkStatus status) {}

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }
}
