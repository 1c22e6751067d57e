package dev.tillbridge.webhook;

import java.util.function.Supplier;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.WebhookRefused;
import dev.tillbridge.platform.ProblemCode;

/** Where vendors send webhooks. A signature or a code takes the place of a key. */
@Path("/webhooks")
@PermitAll
@Tag(name = "Webhooks")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private final ChannelDirectory directory;
    private final StoreReceiver store;
    private final TillReceiver till;
    private final WebhookMetrics metrics;

    WebhookResource(ChannelDirectory directory, StoreReceiver store, TillReceiver till, WebhookMetrics metrics) {
        this.directory = directory;
        this.store = store;
        this.till = till;
        this.metrics = metrics;
    }

    @POST
    @Path("/{integration}")
    @Operation(operationId = "receiveWebhook", summary = "Receive a webhook", description = """
            For vendors, not for people. `shopify`: the raw body's HMAC-SHA256 under the app's client secret is compared with
            `X-Shopify-Hmac-Sha256`; the store is the one of `X-Shopify-Shop-Domain`; `X-Shopify-Topic` and `X-Shopify-Event-Id`
            (or `X-Shopify-Webhook-Id`) are needed. `clover`: `X-Clover-Auth` is compared with the code of the developer dashboard;
            a post of a `verificationCode` needs none. Answered once what it hints at is stored; it is then read by its id.""")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "Stored, or of no use here")
    @APIResponse(responseCode = "400", description = "A header is missing (webhook-header-missing), or the body is no JSON (malformed-body)")
    @APIResponse(responseCode = "401", description = "The signature or code is wrong or missing, or a demand is about another shop; nothing was stored (webhook-not-verified)")
    @APIResponse(responseCode = "404", description = "No such shop is connected (webhook-store-unknown), or there is no such integration (not-found)")
    @APIResponse(responseCode = "413", description = "More than 1 MB (body-too-large)")
    @APIResponse(responseCode = "503", description = "It could not be stored; send it again (busy)")
    public Uni<RestResponse<Void>> receive(@Parameter(example = "shopify") String integration, byte[] body,
            @Context HttpHeaders headers) {
        boolean ofStore = directory.storefront().integration().key().equals(integration);
        if (!ofStore && directory.integrations().stream().noneMatch(each -> each.key().equals(integration))) {
            throw ProblemCode.NOT_FOUND.problem("No integration '" + integration + "' sends webhooks.");
        }
        var bytes = body == null ? new byte[0] : body;
        return answered(integration, () -> ofStore
                ? store.receive(headers::getHeaderString, bytes)
                : till.receive(integration, headers::getHeaderString, bytes));
    }

    private Uni<RestResponse<Void>> answered(String source, Supplier<Uni<Void>> receiver) {
        return Uni.createFrom().deferred(receiver::get)
                .invoke(() -> metrics.received(source))
                .replaceWith(() -> RestResponse.<Void>ok())
                .onFailure().transform(failure -> refused(source, failure));
    }

    private Throwable refused(String source, Throwable failure) {
        if (failure instanceof WebhookRefused malformed) {
            var refusal = switch (malformed.reason()) {
                case HEADER_MISSING -> Refusal.HEADER_MISSING;
                case MALFORMED -> Refusal.MALFORMED;
                case ANOTHER_SHOP -> Refusal.ANOTHER_SHOP;
            };
            metrics.refused(source, refusal.name());
            return refusal.problem(malformed.getMessage());
        }
        var refusal = failure instanceof RefusedException refused ? refused.refusal() : Refusal.NOT_STORED;
        metrics.refused(source, refusal.name());
        if (refusal == Refusal.NOT_STORED) {
            LOG.warnf("A webhook of %s could not be stored: %s", source, failure.getMessage());
        }
        return refusal.problem();
    }
}
