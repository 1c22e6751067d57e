package dev.tillbridge.channel;

import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.TextForms;

@Path("/api/v1/stores")
@Tag(name = "Stores")
class StoreResource {

    private final StoreService stores;
    private final Caller caller;

    StoreResource(StoreService stores, Caller caller) {
        this.stores = stores;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listStores", summary = "List the stores", description = "By name; a key limited to a store sees that one.")
    public Uni<Page<StoreView>> list() {
        return stores.list(caller).map(all -> Page.of(all.stream().map(StoreView::of).toList()));
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "connectStore", summary = "Connect a Shopify store", description = """
                                                                                                Tries the credentials, reads shop, locations and scopes, and makes the metafield definition that later identifies
                                                                                                imported orders. Send an accessToken, or the clientId and clientSecret of an app. Beside an accessToken the
                                                                                                clientSecret serves to verify webhooks; without it changes are found by polling. Credentials are stored encrypted
                                                                                                and never shown again. Scopes that are missing are named in the answer; they do not stop the connecting.""")
    public Uni<RestResponse<StoreView>> connect(@NotNull @Valid NewStore store) {
        return stores.connect(store.shopDomain(), store.credentials(), caller).map(record -> RestResponse.ResponseBuilder
                .create(RestResponse.Status.CREATED, StoreView.of(record))
                .location(URI.create("/api/v1/stores/" + record.store().id())).build());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getStore", summary = "Show a store", description = "With its locations, scopes and warnings; never its credentials.")
    public Uni<StoreView> get(UUID id) {
        return stores.get(id, caller).map(StoreView::of);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "deleteStore", summary = "Disconnect a store", description = "Deletes its credentials and all that was read of it at once; the journal stays, and for 60 days the client secret, encrypted, to verify what Shopify demands after the app was uninstalled. Its channels must be deleted first.")
    public Uni<Void> delete(UUID id) {
        return stores.delete(id, caller);
    }

    @PUT
    @Path("/{id}/credentials")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "replaceStoreCredentials", summary = "Give a store new credentials", description = "They are tried first; if the shop refuses them, the old ones stay. They resume a store whose credentials were no longer accepted, or whose app was uninstalled. The client secret before is accepted in webhooks for another three days, until webhooks.previousSecretUntil.")
    public Uni<StoreView> replaceCredentials(UUID id, @NotNull @Valid NewCredentials credentials) {
        return stores.replaceCredentials(id, credentials.credentials(), caller).map(StoreView::of);
    }

    record NewStore(@NotBlank @Size(max = 255) String shopDomain,
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String accessToken,
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String clientId,
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String clientSecret) {

        @JsonIgnore
        @AssertTrue(message = "needs either an accessToken, or a clientId and a clientSecret")
        boolean isCredentials() {
            return StoreCredentials.complete(accessToken, clientId, clientSecret);
        }

        StoreCredentials credentials() {
            return StoreCredentials.of(accessToken, clientId, clientSecret);
        }

        @Override
        public String toString() {
            return "NewStore[" + shopDomain + "]";
        }
    }

    record NewCredentials(
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String accessToken,
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String clientId,
            @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String clientSecret) {

        @JsonIgnore
        @AssertTrue(message = "needs either an accessToken, or a clientId and a clientSecret")
        boolean isCredentials() {
            return StoreCredentials.complete(accessToken, clientId, clientSecret);
        }

        StoreCredentials credentials() {
            return StoreCredentials.of(accessToken, clientId, clientSecret);
        }

        @Override
        public String toString() {
            return "NewCredentials[*****]";
        }
    }
}
