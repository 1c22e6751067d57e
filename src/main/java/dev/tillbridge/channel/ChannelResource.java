package dev.tillbridge.channel;

import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.TextForms;

@Path("/api/v1/channels")
@Tag(name = "Channels")
class ChannelResource {

    private final ChannelService channels;
    private final ChannelConnector connector;
    private final ChannelDirectory directory;
    private final Caller caller;

    ChannelResource(ChannelService channels, ChannelConnector connector, ChannelDirectory directory, Caller caller) {
        this.channels = channels;
        this.connector = connector;
        this.directory = directory;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listChannels", summary = "List the channels", description = "By name; of one store where storeId is given.")
    public Uni<Page<ChannelView>> list(@Parameter(description = "Only this store's channels") @RestQuery UUID storeId) {
        return channels.list(storeId, caller).map(all -> Page.of(all.stream().map(this::view).toList()));
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "connectChannel", summary = "Connect a till", description = """
                                                                                         Tries the token against the merchant and each permission with calls that change nothing. What is missing is named
                                                                                         in permissions.missing and in a warning, and the status is PERMISSIONS_MISSING; what cannot be told is unverified,
                                                                                         never granted. A token the till does not accept at all connects nothing. Everything is off until the settings turn
                                                                                         it on.""")
    public Uni<RestResponse<ChannelView>> connect(@NotNull @Valid ConnectChannel channel) {
        return connector.connect(channel.toNewChannel(), caller).map(record -> RestResponse.ResponseBuilder
                .create(RestResponse.Status.CREATED, view(record))
                .location(URI.create("/api/v1/channels/" + record.channel().id())).build());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getChannel", summary = "Show a channel", description = "With its merchant, permissions, status and warnings; never its token.")
    public Uni<ChannelView> get(UUID id) {
        return channels.get(id, caller).map(this::view);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({ MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "renameChannel", summary = "Rename a channel", description = "The name is what can be changed; settings have an address of their own.")
    public Uni<ChannelView> rename(UUID id, @NotNull @Valid Rename rename) {
        return channels.rename(id, rename.name().strip(), caller).map(this::view);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "deleteChannel", summary = "Disconnect a till", description = "Deletes its token and all that was read of it at once; its journal stays. The till's stock stays as it is.")
    public Uni<Void> delete(UUID id) {
        return channels.delete(id, caller);
    }

    @PUT
    @Path("/{id}/token")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "replaceChannelToken", summary = "Give a channel a new token", description = "It is tried first; if the till refuses it, the old one stays. It resumes a channel whose token was no longer accepted.")
    public Uni<ChannelView> replaceToken(UUID id, @NotNull @Valid Token token) {
        return connector.replaceToken(id, token.stripped(), caller).map(this::view);
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "pauseChannel", summary = "Pause a channel", description = "Nothing is read from or written to the till until it is resumed. Does nothing where it is paused.")
    public Uni<ChannelView> pause(UUID id) {
        return channels.pause(id, caller).map(this::view);
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "resumeChannel", summary = "Resume a channel", description = "Does nothing where it is active. One whose token was refused needs a new token instead.")
    public Uni<ChannelView> resume(UUID id) {
        return channels.resume(id, caller).map(this::view);
    }

    @POST
    @Path("/{id}/check")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "checkChannel", summary = "Try a channel's token", description = "Tries each permission again and reads the merchant. A token that is refused makes the status UNAUTHORIZED; one that works again resumes the channel. A channel that a person paused stays paused, and statusReason says what is wrong.")
    public Uni<ChannelView> check(UUID id) {
        return connector.check(id, caller).map(this::view);
    }

    private ChannelView view(ChannelRecord record) {
        return ChannelView.of(record, directory.pointOfSale(record.channel().integration()).integration());
    }

    record ConnectChannel(@NotNull UUID storeId,
            @NotBlank @Size(max = 100) @Pattern(regexp = TextForms.READABLE, message = TextForms.READABLE_MESSAGE) String name,
            @NotBlank @Size(max = 50) String integration, @NotBlank @Size(max = 50) String region,
            @NotBlank @Size(max = 50) String merchantId,
            @NotBlank @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String token) {

        NewChannel toNewChannel() {
            return new NewChannel(storeId, name.strip(), integration, region, merchantId.strip(), Secret.of(token.strip()));
        }

        @Override
        public String toString() {
            return "ConnectChannel[" + name + "]";
        }
    }

    record Rename(
            @NotBlank @Size(max = 100) @Pattern(regexp = TextForms.READABLE, message = TextForms.READABLE_MESSAGE) String name) {}

    record Token(
            @NotBlank @Size(max = 1000) @Pattern(regexp = TextForms.CREDENTIAL, message = TextForms.CREDENTIAL_MESSAGE) String token) {

        Secret stripped() {
            return Secret.of(token.strip());
        }

        @Override
        public String toString() {
            return "Token[*****]";
        }
    }
}
