package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cancellation under way; done some time after the answer. */
final class CancelJob {

    private final String id;
    private final OrderRow order;
    private String status = "STARTED";
    private List<Map<String, Object>> errors = List.of();

    CancelJob(String id, OrderRow order) {
        this.id = id;
        this.order = order;
    }

    String gid() {
        return "gid://shopify/Job/" + id;
    }

    void ended(UserErrors found) {
        errors = found.all();
        status = errors.isEmpty() ? "SUCCEEDED" : "FAILED";
    }

    Map<String, Object> job() {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("id", gid());
        job.put("done", !status.equals("STARTED"));
        return job;
    }

    Map<String, Object> result() {
        Map<String, Object> result = job();
        result.put("id", "gid://shopify/OrderCancelJobResult/" + id);
        result.put("status", status);
        result.put("errors", errors);
        result.put("order", order);
        return result;
    }
}
