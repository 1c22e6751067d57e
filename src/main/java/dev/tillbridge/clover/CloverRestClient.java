package dev.tillbridge.clover;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

/**
 * Clover REST API v3 of one region. Every answer, also a refusal, arrives with status, headers and the bytes of its body:
 * they are judged in one place, {@link CloverAnswers}.
 */
@Path("/v3/merchants/{merchantId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface CloverRestClient {

    @GET
    Uni<RestResponse<byte[]>> merchant(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId);

    /** Also takes single objects such as {@code properties}; null parameters are left out. */
    @GET
    @Path("/{collection}")
    Uni<RestResponse<byte[]>> list(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestQuery List<String> filter, @RestQuery String expand,
            @RestQuery String orderBy, @RestQuery Integer limit, @RestQuery Integer offset);

    @GET
    @Path("/{collection}/{id}")
    Uni<RestResponse<byte[]>> get(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestPath String id, @RestQuery String expand);

    /** A list that belongs to an object, such as an order's lines. */
    @GET
    @Path("/{collection}/{id}/{part}")
    Uni<RestResponse<byte[]>> part(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestPath String id, @RestPath String part, @RestQuery List<String> filter,
            @RestQuery String expand, @RestQuery String orderBy, @RestQuery Integer limit, @RestQuery Integer offset);

    /** Adds to a collection. */
    @POST
    @Path("/{collection}")
    Uni<RestResponse<byte[]>> create(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, Map<String, Object> body);

    /** Adds to a list that belongs to an object, such as an attribute's options. */
    @POST
    @Path("/{collection}/{id}/{part}")
    Uni<RestResponse<byte[]>> createPart(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestPath String id, @RestPath String part, Map<String, Object> body);

    /** A partial update, at Clover. */
    @POST
    @Path("/{collection}/{id}")
    Uni<RestResponse<byte[]>> post(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestPath String id, Map<String, Object> body);

    /** The same for an object in a list that belongs to another one, such as an attribute's option. */
    @POST
    @Path("/{collection}/{id}/{part}/{partId}")
    Uni<RestResponse<byte[]>> postPart(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestPath String id, @RestPath String part, @RestPath String partId,
            Map<String, Object> body);

    /** Takes pairs out of a collection, such as items' options: {@code ?delete=true}. */
    @POST
    @Path("/{collection}")
    Uni<RestResponse<byte[]>> delete(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, @RestQuery boolean delete, Map<String, Object> body);

    /** A change of many objects at once: of each, the fields sent. */
    @PUT
    @Path("/{collection}")
    Uni<RestResponse<byte[]>> put(@RestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RestPath String merchantId,
            @RestPath String collection, Map<String, Object> body);
}
