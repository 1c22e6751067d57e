package dev.tillbridge.testing;

import java.io.IOException;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What its users do with a service, through its REST API. */
public final class ServiceApi {

    private static final String BASE = "/api/v1";

    private final JsonClient http;

    public ServiceApi(JsonClient http) {
        this.http = http;
    }

    public JsonClient http() {
        return http;
    }

    /** Connects the sandbox's demo shop; answers the store's id. */
    public String connectDemoStore() {
        return http.call("POST", BASE + "/stores",
                "{\"shopDomain\":\"" + SandboxResource.SHOP + "\",\"accessToken\":\"shpat_demo\"}").path("id").asText();
    }

    /** Connects the sandbox's demo merchant; answers the channel's id. */
    public String connectDemoChannel(String storeId) {
        return http.call("POST", BASE + "/channels", channel(storeId, SandboxResource.CLOVER_TOKEN)).path("id").asText();
    }

    /** What connects the demo merchant with this token. */
    public static String channel(String storeId, String token) {
        return "{\"storeId\":\"" + storeId + "\",\"name\":\"Main Street till\",\"integration\":\"clover\",\"region\":\"us\","
                + "\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"token\":\"" + token + "\"}";
    }

    public void turnOnInventorySync(String channelId, int safetyStock) throws IOException, InterruptedException {
        changeSettings(channelId,
                settings -> settings.withObject("/inventorySync").put("enabled", true).put("safetyStock", safetyStock));
    }

    public void turnOnOrderSync(String channelId) throws IOException, InterruptedException {
        changeSettings(channelId, settings -> settings.withObject("/orderSync").put("enabled", true));
    }

    public void turnOnProductSync(String channelId) throws IOException, InterruptedException {
        changeSettings(channelId, settings -> settings.withObject("/productSync").put("enabled", true));
    }

    private void changeSettings(String channelId, Consumer<ObjectNode> change) throws IOException, InterruptedException {
        String path = path(channelId) + "/settings";
        JsonClient.Answer present = http.send("GET", path, null);
        ObjectNode settings = (ObjectNode) present.json();
        change.accept(settings);
        JsonNode saved = http.call("PUT", path, settings.toString(), "If-Match",
                present.headers().firstValue("ETag").orElseThrow());
        if (!saved.isObject()) {
            throw new IOException("The settings were answered with " + saved);
        }
    }

    public static String path(String channelId) {
        return BASE + "/channels/" + channelId;
    }
}
