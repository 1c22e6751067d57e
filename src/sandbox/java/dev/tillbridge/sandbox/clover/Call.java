package dev.tillbridge.sandbox.clover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tillbridge.sandbox.http.VendorRequest;

/**
 * A request to a resource of a merchant, its rights not yet checked.
 *
 * @param merchant null until the token has been seen to be his
 * @param rest the path's segments behind the resource's name
 * @param href the address that was called, without its query
 */
record Call(VendorRequest request, Merchant merchant, List<String> rest, String href, ObjectMapper json) {

    static final int LARGEST_PAGE = 1_000;
    private static final int DEFAULT_PAGE = 100;

    String method() {
        return request.method().name();
    }

    boolean reads() {
        return method().equals("GET");
    }

    String id() {
        return rest.get(0);
    }

    /** The body, an object. */
    JsonNode body() {
        try {
            JsonNode node = json.readTree(request.body().getBytes());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw CloverError.badRequest("Invalid JSON format");
        }
        throw CloverError.badRequest("Invalid JSON format");
    }

    List<String> filters() {
        return request.query().getAll("filter");
    }

    String orderBy() {
        return request.query().get("orderBy");
    }

    /** What is to be expanded; what Clover does not know it ignores. */
    Set<String> expand() {
        String value = request.query().get("expand");
        return value == null ? Set.of() : Set.copyOf(new java.util.HashSet<>(List.of(value.split(",", -1))));
    }

    /** Default 100, more than 1,000 is cut to 1,000. Clover: docs.clover.com/docs/paginating-elements. */
    int limit() {
        int limit = number("limit", DEFAULT_PAGE);
        if (limit < 1) {
            throw CloverError.badRequest("Invalid limit: " + limit);
        }
        return Math.min(limit, LARGEST_PAGE);
    }

    int offset() {
        return number("offset", 0);
    }

    private int number(String parameter, int fallback) {
        String value = request.query().get(parameter);
        if (value == null) {
            return fallback;
        }
        if (!value.matches("\\d{1,9}")) {
            throw CloverError.badRequest("Invalid " + parameter + ": " + value);
        }
        return Integer.parseInt(value);
    }

    /** The page of a list that is asked for. */
    <T> List<T> page(List<T> all) {
        int from = Math.min(offset(), all.size());
        return all.subList(from, Math.min(all.size(), from + limit()));
    }

    /** The envelope's {@code href}: the address with its limit, and the offset where one was sent. */
    String listHref() {
        List<String> query = new ArrayList<>();
        query.add("limit=" + limit());
        if (offset() > 0) {
            query.add("offset=" + offset());
        }
        return href + "?" + String.join("&", query);
    }
}
