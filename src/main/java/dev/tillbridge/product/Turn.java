package dev.tillbridge.product;

import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.TillCatalogue;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.TillPart;
import dev.tillbridge.platform.Pass;

/**
 * Where a turn of product sync works.
 *
 * @param groups the till's groups as they were when first asked for in this turn
 */
record Turn(Pass pass, ConnectedChannel channel, TillCatalogue pos, TillConnection till, Terms terms,
        Uni<List<TillPart>> groups) {

    static Turn of(Pass pass, ConnectedChannel channel, TillCatalogue pos, TillConnection till, Terms terms) {
        return new Turn(pass, channel, pos, till, terms, Uni.createFrom()
                .deferred(() -> pos.parts(till, TillPart.Kind.GROUP, null)).memoize().indefinitely());
    }
}
