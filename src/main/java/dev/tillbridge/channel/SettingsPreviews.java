package dev.tillbridge.channel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.catalog.LinkMatcher;
import dev.tillbridge.catalog.MatchCounts;

/** Computes what settings would do, in the transaction that holds them. */
@ApplicationScoped
class SettingsPreviews {

    private final Instance<StreamPreview> streams;
    private final LinkMatcher matcher;

    SettingsPreviews(@Any Instance<StreamPreview> streams, LinkMatcher matcher) {
        this.streams = streams;
        this.matcher = matcher;
    }

    Uni<SettingsPreview> of(SqlConnection connection, ConnectedChannel before, ConnectedChannel after) {
        boolean sameIdentifier = before.settings().uniqueIdentifier().equals(after.settings().uniqueIdentifier());
        Uni<MatchCounts> links = sameIdentifier
                ? Uni.createFrom().nullItem()
                : matcher.preview(connection, after.storeId(), after.id(), after.settings().identifier());
        return links.chain(counts -> Multi.createFrom().iterable(streams)
                .onItem().transformToMultiAndConcatenate(stream -> stream.rows(connection, after))
                .collect().in(SettingsPreview.Tally::new, SettingsPreview.Tally::add)
                .map(tally -> new SettingsPreview(SettingsPreview.Links.of(counts), tally.changes(), tally.skips())));
    }
}
