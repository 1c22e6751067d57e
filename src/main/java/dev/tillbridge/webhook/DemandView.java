package dev.tillbridge.webhook;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.tillbridge.channel.StoreDemand;

/**
 * A demand as the API shows it.
 *
 * @param open whether Tillbridge still has to act upon it
 * @param waitingSince since when a person has to; null where nobody has to
 */
record DemandView(UUID id, String shopDomain, StoreDemand.Kind kind, String customerId, List<String> orderIds,
        Instant receivedAt, boolean open, Instant waitingSince, List<Step> steps) {

    /** What was done, or why it could not be. */
    record Step(Instant at, Demands.Outcome outcome, String detail) {}

    static DemandView of(Demands.Demand demand, JsonArray steps) {
        return new DemandView(demand.id(), demand.shopDomain(), demand.what().kind(), demand.what().customerId(),
                demand.what().orderIds(), demand.receivedAt(), demand.open(), demand.waitsSince(),
                steps.stream().map(JsonObject.class::cast).map(DemandView::step).toList());
    }

    private static Step step(JsonObject step) {
        return new Step(OffsetDateTime.parse(step.getString("at")).toInstant(),
                Demands.Outcome.valueOf(step.getString("outcome")), step.getString("detail"));
    }
}
