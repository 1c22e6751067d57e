package dev.tillbridge.sandbox.shopify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

import graphql.execution.preparsed.PreparsedDocumentEntry;

import dev.tillbridge.sandbox.SandboxContext;

/**
 * The bulk query operations of a shop: at most five at once per app and shop (rec: the sixth is refused with
 * OPERATION_IN_PROGRESS naming the others). Each takes at least {@link ShopifySettings#bulkMs()}: CREATED for a quarter of it,
 * then RUNNING, written in short slices so that other requests are answered meanwhile.
 */
final class BulkOperations {

    /** Where results are fetched; like the real signed links it needs no token. */
    static final String PATH = "/bulk-operation-outputs/";
    private static final Logger LOG = Logger.getLogger(BulkOperations.class.getName());
    private static final int AT_ONCE = 5;
    private static final long FIRST_ID = 7_933_223_797_042L;
    private static final long STEP = 32_768;
    private static final long SLICE_NANOS = 8_000_000;
    private static final int SLICE_ROOTS = 1_000;

    private final Shop shop;
    private final SandboxContext context;
    private final ShopifySettings settings;
    private final GraphqlApi api;
    private final Map<String, BulkOperationRow> rows = new LinkedHashMap<>();

    BulkOperations(Shop shop, SandboxContext context, ShopifySettings settings, GraphqlApi api) {
        this.shop = shop;
        this.context = context;
        this.settings = settings;
        this.api = api;
    }

    Optional<BulkOperationRow> find(String gid) {
        return Optional.ofNullable(rows.get(gid));
    }

    List<BulkOperationRow> all() {
        return new ArrayList<>(rows.values());
    }

    String url(BulkOperationRow row) {
        return context.url("shopify") + PATH + shop.domain() + "/" + Gid.number("BulkOperation", row.id())
                + ".jsonl?response-content-type=application%2Fjsonl";
    }

    /** The payload of bulkOperationRunQuery. */
    Map<String, Object> run(String query, Call call) {
        UserErrors errors = new UserErrors();
        PreparsedDocumentEntry document = api.documents().get(query);
        BulkRules.broken(api.schema(), document, query).forEach(message -> errors.add("INVALID", message, "query"));
        List<String> running = rows.values().stream().filter(BulkOperationRow::underWay).map(BulkOperationRow::id).toList();
        if (errors.none() && running.size() >= AT_ONCE) {
            errors.add("OPERATION_IN_PROGRESS", "A bulk query operation for this app and shop is already in progress: "
                    + String.join(", ", running) + ".");
        }
        if (!errors.none()) {
            return errors.payload("bulkOperation", null);
        }
        BulkOperationRow row = new BulkOperationRow(Gid.of("BulkOperation", FIRST_ID + rows.size() * STEP), query,
                context.clock().millis(), temporaryFile());
        rows.put(row.id(), row);
        List<BulkPlan> plans = BulkPlan.of(api.schema(), api.table(), document.getDocument());
        String failure = settings.takeBulkFailure();
        long seed = context.options().seed() + rows.size();
        after(settings.bulkMs() / 4, () -> begin(row, plans, new Call(shop, call.grant(), api.table()), seed, failure));
        return errors.payload("bulkOperation", row);
    }

    /** Forgets all operations and their files. */
    void clear() {
        for (BulkOperationRow row : rows.values()) {
            row.canceling();
            delete(row.file());
        }
        rows.clear();
    }

    private void begin(BulkOperationRow row, List<BulkPlan> plans, Call call, long seed, String failure) {
        if (!rows.containsKey(row.id())) {
            return;
        }
        if (row.status().equals("CANCELING")) {
            ended(row, "CANCELED", null, context.clock().millis());
            return;
        }
        row.running();
        try {
            write(row, new BulkRun(row, plans, call, context.json(), seed), failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(BulkOperationRow row, BulkRun run, String failure) {
        try {
            if (row.status().equals("CANCELING")) {
                run.breakOff();
                ended(row, "CANCELED", null, context.clock().millis());
                return;
            }
            boolean done = run.slice(SLICE_NANOS, failure == null ? SLICE_ROOTS : 1);
            if (failure != null && (done || run.progress() >= 0.5)) {
                run.breakOff();
                ended(row, "FAILED", failure, context.clock().millis());
            } else if (done) {
                run.close();
                after(Math.max(1, row.createdAt() + settings.bulkMs() - context.clock().millis()), () -> finish(row));
            } else {
                after(1, () -> write(row, run, failure));
            }
        } catch (ShopifyError missing) {
            ended(row, "FAILED", "ACCESS_DENIED".equals(missing.extensions().get("code"))
                    ? "ACCESS_DENIED"
                    : "INTERNAL_SERVER_ERROR", context.clock().millis());
            LOG.log(Level.FINE, "A bulk operation failed.", missing);
        } catch (IOException e) {
            ended(row, "FAILED", "INTERNAL_SERVER_ERROR", context.clock().millis());
            LOG.log(Level.SEVERE, "The sandbox cannot write a bulk operation's result.", e);
        }
    }

    private void finish(BulkOperationRow row) {
        ended(row, row.status().equals("CANCELING") ? "CANCELED" : "COMPLETED", null, context.clock().millis());
    }

    private void ended(BulkOperationRow row, String how, String code, long now) {
        row.ended(how, code, now);
        shop.events().bulk(row);
    }

    private void after(long milliseconds, Runnable work) {
        context.vertx().setTimer(Math.max(1, milliseconds), unused -> work.run());
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("tillbridge-bulk-", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A bulk operation's result stays behind: " + file, e);
        }
    }
}
