package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.VendorUsage;

@Path("/api/v1/channels/{id}/requests")
@Tag(name = "Runs")
class UsageResource {

    private final ChannelDirectory channels;
    private final VendorUsage usage;
    private final Caller caller;

    UsageResource(ChannelDirectory channels, VendorUsage usage, Caller caller) {
        this.channels = channels;
        this.usage = usage;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listRequests", summary = "Show how much is asked of both vendors, against their limits", description = "By minute, of the till and of its store (whose other tills share the store's limit), over all replicas; minutes in which nothing was asked are left out. Clover limits requests, Shopify points of cost, of which it gives so many back in a minute. Kept for six hours, to within fifteen seconds.")
    public Uni<Requests> list(UUID id,
            @Parameter(description = "The last so many minutes") @RestQuery @DefaultValue("60") @Min(1) @Max(360) int minutes) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()))
                .chain(channel -> channels.store(channel.storeId()).chain(store -> {
                    String storefront = channels.storefront().integration().key();
                    return Uni.combine().all()
                            .unis(side("requests", new VendorUsage.Account(channel.integration(), channel.merchantId()),
                                    minutes),
                                    side("points", new VendorUsage.Account(storefront, store.shopDomain()), minutes))
                            .asTuple().map(sides -> new Requests(sides.getItem1(), sides.getItem2()));
                }));
    }

    record Requests(Side till, Side store) {}

    /**
     * @param unit what the vendor limits: requests or points
     * @param perMinute how many of them it allows in a minute; null while it has not said
     */
    @RegisterForReflection
    record Side(String unit, BigDecimal perMinute, List<Minute> minutes) {}

    /** @param throttled how many of the requests were refused for the limit */
    @RegisterForReflection
    record Minute(Instant at, int requests, int throttled, BigDecimal used) {}

    private Uni<Side> side(String unit, VendorUsage.Account account, int minutes) {
        return usage.last(account, minutes).map(found -> new Side(unit,
                found.stream().map(VendorUsage.Minute::perMinute).filter(limit -> limit != null).reduce((one, later) -> later)
                        .orElse(null),
                found.stream().map(minute -> new Minute(minute.at(), minute.requests(), minute.throttled(), minute.used()))
                        .toList()));
    }
}
