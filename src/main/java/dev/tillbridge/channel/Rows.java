package dev.tillbridge.channel;

import java.time.OffsetDateTime;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

import dev.tillbridge.catalog.Location;

/** Turns rows into stores, channels and settings. */
@ApplicationScoped
class Rows {

    private final ObjectMapper json;

    Rows(ObjectMapper json) {
        this.json = json;
    }

    ConnectedStore store(Row row) {
        return new ConnectedStore(row.getUUID("id"), row.getString("shop_domain"), row.getString("name"),
                row.getString("currency"), row.getBoolean("taxes_included"), row.getString("timezone"),
                StoreStatus.valueOf(row.getString("status")));
    }

    ConnectedChannel channel(Row row) {
        return new ConnectedChannel(row.getUUID("id"), row.getUUID("store_id"), row.getString("name"),
                row.getString("integration"), row.getString("region"), row.getString("merchant_id"),
                ChannelStatus.valueOf(row.getString("status")), settings(row.get(JsonObject.class, "settings")),
                row.getInteger("settings_version"), row.getBoolean("track_stock"), row.getBoolean("update_stock"),
                row.get(OffsetDateTime.class, "merchant_read_at").toInstant());
    }

    Location location(Row row) {
        return new Location(row.getString("id"), row.getString("name"), row.getBoolean("active"), row.getBoolean("is_primary"));
    }

    ChannelSettings settings(JsonObject stored) {
        try {
            return json.readValue(stored.encode(), ChannelSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored settings do not read as settings", e);
        }
    }

    JsonObject stored(ChannelSettings settings) {
        try {
            return new JsonObject(json.writeValueAsString(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings cannot be written as JSON", e);
        }
    }
}
