package dev.tillbridge.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.smallrye.mutiny.Uni;

/** A till whose catalogue nobody makes or changes: no test of connecting does. */
class NoCatalogue extends NoSales implements TillCatalogue {

    @Override
    public TillLimits limits() {
        return new TillLimits(127, 100);
    }

    @Override
    public Uni<String> makePart(TillConnection till, TillPart.Kind kind, String parentId, String name) {
        return none();
    }

    @Override
    public Uni<List<TillPart>> parts(TillConnection till, TillPart.Kind kind, String parentId) {
        return none();
    }

    @Override
    public Uni<Void> renamePart(TillConnection till, TillPart part) {
        return none();
    }

    @Override
    public Uni<TillItem> makeItem(TillConnection till, NewItem item) {
        return none();
    }

    @Override
    public Uni<List<TillItem>> itemsOfGroup(TillConnection till, String groupId) {
        return none();
    }

    @Override
    public Uni<List<TillItem>> itemsLike(TillConnection till, NewItem item, Instant since) {
        return none();
    }

    @Override
    public Uni<Void> joinOptions(TillConnection till, Collection<ItemOption> pairs) {
        return none();
    }

    @Override
    public Uni<Void> leaveOptions(TillConnection till, Collection<ItemOption> pairs) {
        return none();
    }

    @Override
    public Uni<Void> joinCategory(TillConnection till, String categoryId, Set<String> itemIds) {
        return none();
    }

    @Override
    public Uni<TillItem> changeItem(TillConnection till, String itemId, ItemChange change) {
        return none();
    }

    private static <T> Uni<T> none() {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting changes a catalogue"));
    }
}
