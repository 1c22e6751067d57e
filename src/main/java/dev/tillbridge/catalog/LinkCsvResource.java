package dev.tillbridge.catalog;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Page;

@Path("/api/v1/channels/{id}/links")
@Tag(name = "Links")
class LinkCsvResource {

    private static final int PAGE = 1_000;

    private final LinkList list;
    private final LinkService links;
    private final ChannelDirectory channels;
    private final Caller caller;

    LinkCsvResource(LinkList list, LinkService links, ChannelDirectory channels, Caller caller) {
        this.list = list;
        this.links = links;
        this.channels = channels;
        this.caller = caller;
    }

    @GET
    @Path("/export")
    @Produces(LinkCsv.MEDIA_TYPE)
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "exportLinks", summary = "Download the list of links as CSV", description = "The same rows as the list, all of them. A cell a spreadsheet would take for a formula has an apostrophe before it.")
    public Multi<String> export(UUID id, @Parameter(description = "As in the list") @RestQuery String status,
            @Parameter(description = "As in the list") @RestQuery @DefaultValue("false") boolean outOfStep,
            @Parameter(description = "As in the list") @RestQuery @Size(max = 100) String q) {
        LinkList.Filter filter = LinkList.Filter.of(status, outOfStep, q);
        return RestMulti.fromUniResponse(channel(id),
                channel -> Multi.createBy().concatenating().streams(Multi.createFrom().item(LinkCsv.header()),
                        rows(LinkList.Query.of(channel, filter))));
    }

    @POST
    @Path("/import")
    @Consumes(LinkCsv.MEDIA_TYPE)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "importLinks", summary = "Make links from CSV", description = "Columns variantId and itemId, others are ignored; lines without an item are left out. Lines that cannot be done are refused with their reason, the others are done.")
    public Uni<LinkImportReport> importLinks(UUID id,
            @Parameter(description = "Only tell what it would do") @RestQuery @DefaultValue("false") boolean dryRun,
            String file) {
        return channel(id).flatMap(channel -> links.importLinks(channel, LinkCsv.read(file), caller.name(), dryRun));
    }

    /** Page by page, the next asked for when the one before was taken: memory is flat and no transaction stays open. */
    private Multi<String> rows(LinkList.Query query) {
        return Multi.createBy().repeating()
                .uni(() -> new LinkPosition[]{ LinkPosition.START},
                        at -> list.page(query, at[0], 0, PAGE).invoke(page -> at[0] = LinkPosition.of(page.nextCursor())))
                .whilst(page -> page.nextCursor() != null)
                .map(Page::items).filter(rows -> !rows.isEmpty()).map(LinkCsv::lines);
    }

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }
}
