package dev.tillbridge.product;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/channels/{id}/products")
@Tag(name = "Products")
class ProductResource {

    private static final Set<String> STATUSES = Set.of("OPEN", "DONE", "FAILED", "HELD", "ATTENTION");

    private final ProductList products;
    private final ChannelDirectory channels;
    private final Caller caller;
    private final Event<ChannelChanged> changed;

    ProductResource(ProductList products, ChannelDirectory channels, Caller caller, Event<ChannelChanged> changed) {
        this.products = products;
        this.channels = channels;
        this.caller = caller;
        this.changed = changed;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listProducts", summary = "List the products that product sync publishes", description = "By id: how far each is, and which of its variants have no item, or none in its group, and why. Products whose variants all had items before are not among them.")
    public Uni<Page<ProductView>> list(UUID id,
            @Parameter(description = "Only these", schema = @Schema(type = SchemaType.STRING, enumeration = {
                    "OPEN", "DONE", "FAILED", "HELD", "ATTENTION"})) @RestQuery String status,
            @Parameter(description = "Only those of which something was left out") @RestQuery @DefaultValue("false") boolean leftOut,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        String wanted = status == null ? null : status.toUpperCase(Locale.ROOT);
        if (wanted != null && !STATUSES.contains(wanted)) {
            throw ProblemCode.INVALID_REQUEST
                    .problem("status is one of OPEN, DONE, FAILED, HELD, or ATTENTION for the last two");
        }
        return channel(id).chain(channel -> products.page(id, cursor == null ? "" : cursor, wanted, leftOut, limit));
    }

    @POST
    @Path("/{productId}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "retryProduct", summary = "Have a product tried again", description = "For one that is held or has failed. The till is looked at first: what is there already is not made again. It is done in the next turn of the products stream.")
    public Uni<RestResponse<Void>> retry(UUID id, String productId) {
        return channel(id).chain(channel -> products.retry(channel, productId, caller.name()).invoke(found -> {
            if (!found) {
                throw ProblemCode.NOT_FOUND.problem("Product sync knows no product " + productId + " on this channel.");
            }
            changed.fire(new ChannelChanged(channel.storeId()));
        })).replaceWith(RestResponse.accepted());
    }

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }
}
