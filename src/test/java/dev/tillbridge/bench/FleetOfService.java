package dev.tillbridge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;

/** Many shops with a till each, connected to a service. */
final class FleetOfService {

    /** A shop, its merchant and the channel that was made of them. */
    record Connected(String shop, String merchantId, String channel) {}

    private FleetOfService() {}

    static List<Connected> connect(SandboxProcess sandbox, ServiceApi api, int stores, int variants)
            throws IOException, InterruptedException {
        JsonNode shops = sandbox
                .control("POST", "/fleet", "{\"shops\":" + stores + ",\"merchants\":" + stores + ",\"variants\":"
                        + variants + ",\"seed\":7}")
                .path("shops");
        List<Connected> connected = new ArrayList<>();
        for (JsonNode shop : shops) {
            String domain = shop.path("shop").asText();
            JsonNode merchant = shop.path("merchants").path(0);
            String store = made(api, "/api/v1/stores", "{\"shopDomain\":\"" + domain + "\",\"accessToken\":\""
                    + shop.path("token").asText() + "\",\"clientSecret\":\"" + shop.path("clientSecret").asText() + "\"}");
            String channel = made(api, "/api/v1/channels", "{\"storeId\":\"" + store + "\",\"name\":\"Till\",\"integration\":"
                    + "\"clover\",\"region\":\"us\",\"merchantId\":\"" + merchant.path("merchantId").asText()
                    + "\",\"token\":\""
                    + merchant.path("token").asText() + "\"}");
            api.turnOnOrderSync(channel);
            api.turnOnInventorySync(channel, 0);
            connected.add(new Connected(domain, merchant.path("merchantId").asText(), channel));
        }
        return connected;
    }

    private static String made(ServiceApi api, String path, String body) {
        JsonNode answer = api.http().call("POST", path, body);
        if (!answer.hasNonNull("id")) {
            throw new IllegalStateException(path + " answered " + answer);
        }
        return answer.path("id").asText();
    }
}
