package dev.tillbridge.channel;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/channels/{id}/settings")
@Tag(name = "Settings")
class SettingsResource {

    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

    private final SettingsService settings;
    private final Caller caller;

    SettingsResource(SettingsService settings, Caller caller) {
        this.settings = settings;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getSettings", summary = "Show a channel's settings", description = "The header ETag holds their version, which a change must send back in If-Match. Where order types are mapped, till and store are asked whether they still have what is mapped; warnings name what they have no longer.")
    public Uni<RestResponse<SettingsAnswer>> get(UUID id) {
        return settings.get(id, caller).map(SettingsResource::answer);
    }

    @PUT
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "replaceSettings", summary = "Replace a channel's settings", description = """
                                                                                                        The whole document; a field left out gets its default. If-Match must hold the ETag that was read, so that nobody
                                                                                                        overwrites a change he has not seen. Every wrong field is named, and nothing is changed where one is. A change is
                                                                                                        journalled and works at once. Warnings say what works, but not as a merchant may expect. priceSync copies what a variant
                                                                                                        sells at (price, not its compare-at price), by the rule where there is one: the store's price, percent more, plus amount,
                                                                                                        rounded; both sides must count in one currency and with or without tax alike. With dryRun=true nothing is changed:
                                                                                                        preview in the answer says what these settings would do, with counts and the first rows, computed from what is known now.""")
    public Uni<RestResponse<SettingsAnswer>> replace(UUID id, @NotNull ChannelSettings replacement,
            @Parameter(description = "The ETag of the settings that are replaced", required = true, example = "\"0\"") @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @Parameter(description = "Only tell what these settings would do") @RestQuery Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            return settings.preview(id, replacement, version(ifMatch), caller).map(RestResponse::ok);
        }
        return settings.replace(id, replacement, version(ifMatch), caller).map(SettingsResource::answer);
    }

    @GET
    @Path("/choices")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listSettingChoices", summary = "List what settings can be picked from", description = "The store's active locations, read from the shop now where it answers, the identifiers to match by, the till's order types and the store's shipping methods. A list that could not be read is empty, and warnings say why.")
    public Uni<Choices> choices(UUID id) {
        return settings.choices(id, caller).map(Choices::of);
    }

    /** Null where any version is taken. */
    private static Integer version(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemCode.PRECONDITION_REQUIRED
                    .problem("GET the settings first and send their ETag in the header If-Match, so that"
                            + " nobody overwrites a change he has not seen.");
        }
        if (ifMatch.strip().equals("*")) {
            return null;
        }
        var matcher = ETAG.matcher(ifMatch.strip());
        // An ETag that was never given out is as stale as one can be.
        return matcher.matches() ? Integer.valueOf(matcher.group(1)) : Integer.valueOf(-1);
    }

    private static RestResponse<SettingsAnswer> answer(SettingsAnswer answer) {
        return RestResponse.ResponseBuilder.ok(answer).tag(new EntityTag(Integer.toString(answer.version()))).build();
    }

    record Choices(List<LocationChoice> locations, List<IdentifierChoice> identifiers, List<OrderTypeChoice> orderTypes,
            List<ShippingMethodChoice> shippingMethods, List<Warning> warnings) {

        private static final List<IdentifierChoice> IDENTIFIERS = List.of(
                new IdentifierChoice("SKU", "SKU in the shop, SKU at the till"),
                new IdentifierChoice("BARCODE", "Barcode in the shop, product code at the till"),
                new IdentifierChoice("SKU_TO_CODE", "SKU in the shop, product code at the till"),
                new IdentifierChoice("BARCODE_TO_SKU", "Barcode in the shop, SKU at the till"),
                new IdentifierChoice("METAFIELD:namespace.key",
                        "A metafield of the variant, SKU at the till; put in its namespace and key"));

        static Choices of(SettingsService.Choices read) {
            var types = read.mappings().orderTypes();
            var methods = read.mappings().methods();
            return new Choices(read.locations().stream()
                    .map(location -> new LocationChoice(location.id(), location.name(), location.primary())).toList(),
                    IDENTIFIERS,
                    types == null
                            ? List.of()
                            : types.stream().map(type -> new OrderTypeChoice(type.id(), type.label())).toList(),
                    methods == null ? List.of() : methods.names().stream().map(ShippingMethodChoice::new).toList(),
                    read.mappings().unread());
        }
    }

    record LocationChoice(String id, String name, boolean primary) {}

    record IdentifierChoice(String value, String label) {}

    /** @param id what {@code shipmentSync.mappings[].channelMethod} takes */
    record OrderTypeChoice(String id, String label) {}

    /** @param name what {@code shipmentSync.mappings[].storeMethod} takes */
    record ShippingMethodChoice(String name) {}
}
