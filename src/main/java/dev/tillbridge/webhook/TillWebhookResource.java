package dev.tillbridge.webhook;

import java.net.URI;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.Warning;

@Path("/api/v1/integrations/{integration}/webhook")
@Tag(name = "Webhooks")
class TillWebhookResource {

    private static final Warning UNPROVEN = new Warning("verification-codes-unproven",
            "Nothing proves that the vendor sent these: anybody can. Enter the one that came in the moment in which you had the"
                    + " vendor send it.");

    private final ChannelDirectory directory;
    private final Verifications verifications;
    private final WebhookAddress address;
    private final Caller caller;

    TillWebhookResource(ChannelDirectory directory, Verifications verifications, WebhookAddress address, Caller caller) {
        this.directory = directory;
        this.verifications = verifications;
        this.address = address;
        this.caller = caller;
    }

    /**
     * @param url what to enter in the vendor's dashboard; null where {@code tillbridge.webhook.public-url} is not set
     * @param authCodeSet whether posts can be recognised
     * @param verificationCodes what to enter there next; the latest first
     * @param warnings what to mind about them
     */
    record TillWebhookView(String integration, URI url, boolean authCodeSet, List<Verifications.Code> verificationCodes,
            List<Warning> warnings) {}

    @GET
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "getTillWebhook", summary = "Show how a till's webhook is set up", description = "For tills whose webhooks are entered in the vendor's dashboard (Clover): the address to enter there, whether the code that posts are recognised by is configured, and the verification codes that were posted to the address in the last day, at most 20, one of which a person enters there. Anybody can post one: take the one that came when you asked for it.")
    public Uni<TillWebhookView> get(String integration) {
        caller.requireWholeInstallation();
        var till = directory.pointOfSale(integration);
        return verifications.latest(integration).map(codes -> new TillWebhookView(integration,
                address.of(integration).orElse(null), till.knowsItsVendor(), codes,
                codes.isEmpty() ? List.of() : List.of(UNPROVEN)));
    }
}
