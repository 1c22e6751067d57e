package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;

/** What persons do with links. After it the engine is woken: a new link may have stock to write. */
@ApplicationScoped
class LinkService {

    /** A file's lines are judged and written so many at once. */
    private static final int CHUNK = 2_000;

    private final FencedTransactions transactions;
    private final LinkEditor editor;
    private final Event<ChannelChanged> changed;

    LinkService(FencedTransactions transactions, LinkEditor editor, Event<ChannelChanged> changed) {
        this.transactions = transactions;
        this.editor = editor;
        this.changed = changed;
    }

    /** Links by hand; the same link again confirms it as it is. */
    Uni<LinkEdit> link(ConnectedChannel channel, String variantId, String itemId, String actor) {
        var author = new LinkEditor.Author(actor, "MANUAL", edit -> "linked by hand");
        var wanted = List.of(LinkEdit.wanted(0, variantId, itemId));
        return transactions.alone(channel.storeId(), connection -> editor.edit(connection, channel, wanted, author, true))
                .map(edits -> edits.get(0))
                .invoke(edit -> {
                    if (edit.verdict() == LinkEdit.Verdict.UNKNOWN) {
                        throw ProblemCode.NOT_FOUND.problem(edit.reason() + ", or it is gone. Nothing was changed.");
                    }
                    if (edit.verdict() == LinkEdit.Verdict.CONFLICT) {
                        throw ProblemCode.LINK_CONFLICT.problem(edit.reason() + ". Remove that link first.");
                    }
                    wake(channel);
                });
    }

    Uni<Void> unlink(ConnectedChannel channel, String variantId, String actor) {
        return transactions.alone(channel.storeId(), connection -> editor.remove(connection, channel, variantId, actor))
                .invoke(itemId -> {
                    if (itemId == null) {
                        throw ProblemCode.NOT_FOUND.problem("The variant " + variantId + " has no link on this channel.");
                    }
                    wake(channel);
                }).replaceWithVoid();
    }

    /** Makes those links of a file that can be made, in one transaction; a dry run only tells. */
    Uni<LinkImportReport> importLinks(ConnectedChannel channel, List<LinkEdit> wanted, String actor, boolean dryRun) {
        var author = new LinkEditor.Author(actor, "IMPORTED", edit -> "imported from line " + edit.line() + " of a CSV file");
        var report = new LinkImportReport.Builder(dryRun);
        List<LinkEdit> once = withoutRepeated(wanted, report);
        return transactions.alone(channel.storeId(), connection -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (int from = 0; from < once.size(); from += CHUNK) {
                var chunk = once.subList(from, Math.min(once.size(), from + CHUNK));
                all = all.chain(() -> editor.edit(connection, channel, chunk, author, !dryRun).invoke(report::add))
                        .replaceWithVoid();
            }
            return all;
        }).map(done -> report.build()).invoke(done -> {
            if (!dryRun && done.added() > 0) {
                wake(channel);
            }
        });
    }

    private static List<LinkEdit> withoutRepeated(List<LinkEdit> wanted, LinkImportReport.Builder report) {
        Set<String> variants = new HashSet<>();
        Set<String> items = new HashSet<>();
        List<LinkEdit> once = new ArrayList<>();
        for (LinkEdit edit : wanted) {
            boolean newVariant = variants.add(edit.variantId());
            if (items.add(edit.itemId()) && newVariant) {
                once.add(edit);
            } else {
                report.add(List.of(edit.with(LinkEdit.Verdict.CONFLICT, "An earlier line names the same variant or item")));
            }
        }
        return once;
    }

    private void wake(ConnectedChannel channel) {
        changed.fire(new ChannelChanged(channel.storeId()));
    }
}
