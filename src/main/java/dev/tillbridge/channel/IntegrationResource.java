package dev.tillbridge.channel;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.common.util.RestMediaType;

import io.smallrye.mutiny.Multi;

import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.TextForms;

@Path("/api/v1/integrations")
@Tag(name = "Channels")
class IntegrationResource {

    private final ChannelDirectory directory;
    private final ChannelConnector connector;

    IntegrationResource(ChannelDirectory directory, ChannelConnector connector) {
        this.directory = directory;
        this.connector = connector;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listIntegrations", summary = "List what can be connected", description = "Storefronts and tills: the fields of the form that connects each, and the scopes or permissions its credential needs.")
    public Page<Integration> list() {
        return Page.of(directory.integrations());
    }

    @POST
    @Path("/{key}/check")
    @Produces(RestMediaType.APPLICATION_NDJSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "tryTill", summary = "Try a till's token before it is connected", description = "Tries each permission that the integration lists with calls that change nothing, and tells of each as soon as it is known: one JSON object a line, finding GRANTED, MISSING, or UNVERIFIED where it could not be told. Nothing is stored. A token the till does not accept at all is a problem.")
    @APIResponse(responseCode = "200", description = "OK", content = @Content(mediaType = RestMediaType.APPLICATION_NDJSON, schema = @Schema(implementation = TillFinding.class)))
    public Multi<TillFinding> check(String key, @NotNull @Valid Trial trial) {
        if (directory.integrations().stream().noneMatch(known -> known.kind().equals("till") && known.key().equals(key))) {
            throw ProblemCode.NOT_FOUND.problem("There is no such till. GET /api/v1/integrations lists what can be connected.");
        }
        return connector.tryOut(key, trial.connection());
    }

    record Trial(@NotBlank @Size(max = 50) String region, @NotBlank @Size(max = 50) String merchantId,
            @NotBlank @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String token) {

        TillConnection connection() {
            return new TillConnection(region, merchantId.strip(), Secret.of(token.strip()));
        }

        @Override
        public String toString() {
            return "Trial[" + merchantId + "]";
        }
    }
}
