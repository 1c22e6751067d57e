package dev.tillbridge.shopify;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;

/**
 * The two addresses of a shop. One client serves all shops, each call naming its base, so that a thousand shops share
 * one connection pool. Bodies go out as text: {@code changeFromQuantity: null} must be sent, whatever the service's own
 * JSON settings leave out.
 */
@Path("/admin")
interface ShopifyRestClient {

    @POST
    @Path("/api/{version}/graphql.json")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Response> graphql(@Url String base, @PathParam("version") String version,
            @HeaderParam("X-Shopify-Access-Token") String token, String body);

    @POST
    @Path("/oauth/access_token")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Response> accessToken(@Url String base, String body);
}
