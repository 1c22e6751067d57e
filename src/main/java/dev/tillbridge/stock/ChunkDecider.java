package dev.tillbridge.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.StockReading;

/** Decides on a chunk's readings by the sales found; where these do not explain them all, sales are read again first. */
@ApplicationScoped
class ChunkDecider {

    private final StockRepository stock;
    private final SoldUnitsRepository sold;
    private final StockConfig config;

    ChunkDecider(StockRepository stock, SoldUnitsRepository sold, StockConfig config) {
        this.stock = stock;
        this.sold = sold;
        this.config = config;
    }

    Uni<ChunkPlan> decide(ConnectedChannel channel, List<DueItem> due, List<StockReading> readings, FreshSales sales) {
        return plan(channel, due, readings).chain(plan -> plan.doubts() && sales != FreshSales.NONE
                // What was found changes what the items should show, too.
                ? sales.within(Duration.ZERO).chain(() -> stock.retargeted(channel.id(), due))
                        .chain(now -> plan(channel, now, readings))
                : Uni.createFrom().item(plan));
    }

    /** Stores what the readings show of the till itself. */
    Uni<Void> learn(SqlClient connection, ConnectedChannel channel, ChunkPlan plan) {
        return plan.lowers() == null ? Uni.createFrom().voidItem() : sold.learned(connection, channel.id(), plan.lowers());
    }

    private Uni<ChunkPlan> plan(ConnectedChannel channel, List<DueItem> due, List<StockReading> readings) {
        Map<String, Instant> readAt = readings.stream()
                .collect(Collectors.toMap(StockReading::itemId, StockReading::asOf, (first, second) -> second));
        return sold.sold(channel.id(), due, readAt, config.clockSkew()).map(found -> ChunkPlan.of(due, readings, found,
                channel.updateStock() && Boolean.TRUE.equals(found.lowers()), config));
    }
}
