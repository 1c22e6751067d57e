package dev.tillbridge.access;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.TextForms;

@Path("/api/v1/access/keys")
@Tag(name = "Access")
@RolesAllowed(Roles.ADMIN)
class ApiKeyResource {

    private final ApiKeyService keys;
    private final Caller caller;

    ApiKeyResource(ApiKeyService keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listKeys", summary = "List the API keys", description = "All keys, revoked ones too, oldest first. Their tokens are not stored and not shown.")
    public Uni<Page<KeyView>> list() {
        caller.requireWholeInstallation();
        return keys.list().map(all -> Page.of(all.stream().map(KeyView::of).toList()));
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createKey", summary = "Make an API key", description = "The answer holds the token; it is shown this once and stored as a hash only. A key limited to a store sees nothing of other stores.")
    public Uni<CreatedKeyView> create(@NotNull @Valid NewKey key) {
        caller.requireWholeInstallation();
        return keys.create(key.name().strip(), key.role(), key.storeId(), caller.name())
                .map(created -> new CreatedKeyView(KeyView.of(created.key()), created.token().reveal()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeKey", summary = "Revoke an API key", description = "It is refused from the next request on. The key stays in the list; revoking it again does nothing.")
    public Uni<Void> revoke(UUID id) {
        caller.requireWholeInstallation();
        return keys.revoke(id, caller.name());
    }

    /** @param storeId the one store the key may see; left out: all of them */
    record NewKey(
            @NotBlank @Size(max = 100) @Pattern(regexp = TextForms.READABLE, message = TextForms.READABLE_MESSAGE) String name,
            @NotNull Role role, UUID storeId) {}

    record KeyView(UUID id, String name, Role role, UUID storeId, Instant createdAt, String createdBy, Instant lastUsedAt,
            Instant revokedAt) {

        static KeyView of(ApiKey key) {
            return new KeyView(key.id(), key.name(), key.role(), key.storeId(), key.createdAt(), key.createdBy(),
                    key.lastUsedAt(), key.revokedAt());
        }
    }

    /** @param token the only time it is shown */
    record CreatedKeyView(KeyView key, String token) {}
}
