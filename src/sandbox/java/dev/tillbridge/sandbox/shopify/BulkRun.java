package dev.tillbridge.sandbox.shopify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes the result of one bulk operation, slice by slice: each value as it is when its line is written, one object a line,
 * children with the id of their parent node in {@code __parentId} and not necessarily right behind it (doc:
 * api/usage/bulk-operations/queries). The result is a file, so that memory stays flat whatever the size of the catalogue.
 */
final class BulkRun {

    private static final int DEFERRED = 32;

    private final BulkOperationRow row;
    private final List<BulkPlan> plans;
    private final Call call;
    private final ObjectMapper json;
    private final Random random;
    private final Deque<byte[]> deferred = new ArrayDeque<>();
    private final OutputStream out;
    private Listing<?> listing;
    private int plan;
    private int place;

    BulkRun(BulkOperationRow row, List<BulkPlan> plans, Call call, ObjectMapper json, long seed) throws IOException {
        this.row = row;
        this.plans = plans;
        this.call = call;
        this.json = json;
        this.random = new Random(seed);
        this.out = new BufferedOutputStream(Files.newOutputStream(row.file()), 1 << 16);
    }

    /** How much of the present root connection is written, 0 to 1. */
    double progress() {
        return listing == null || listing.size() == 0 ? 1 : (double) place / listing.size();
    }

    /**
     * Writes for a while.
     *
     * @return whether everything is written
     * @throws ShopifyError if a scope is missing
     */
    boolean slice(long nanos, int mostRoots) throws IOException {
        long until = System.nanoTime() + nanos;
        int roots = 0;
        while (plan < plans.size()) {
            BulkPlan root = plans.get(plan);
            if (listing == null) {
                Object read = root.read(FieldTable.Root.QUERY, call);
                if (!(read instanceof Listing<?> list)) {
                    if (read != null && root.kind() == BulkPlan.Kind.OBJECT) {
                        object(root, read);
                    }
                    plan++;
                    continue;
                }
                listing = list;
                place = 0;
            }
            while (place < listing.size()) {
                if (roots >= mostRoots || System.nanoTime() >= until) {
                    return false;
                }
                Object source = listing.at(place++);
                if (source != null) {
                    object(root, source);
                    roots++;
                }
            }
            listing = null;
            plan++;
        }
        return true;
    }

    /** Writes what was held back and closes the file. */
    void close() throws IOException {
        while (!deferred.isEmpty()) {
            write(deferred.removeFirst(), false);
        }
        out.close();
    }

    /** Closes the file as it is. */
    void breakOff() throws IOException {
        out.close();
    }

    private void object(BulkPlan root, Object source) throws IOException {
        List<byte[]> children = new ArrayList<>();
        byte[] line = line(root, source, null, children);
        write(line, true);
        // Some children come later, between other parents; which ones is decided by the seed.
        for (byte[] child : children) {
            if (random.nextInt(4) == 0 && deferred.size() < DEFERRED) {
                deferred.addLast(child);
            } else {
                write(child, false);
            }
        }
        while (!deferred.isEmpty() && random.nextInt(3) == 0) {
            write(deferred.removeFirst(), false);
        }
    }

    private void write(byte[] line, boolean root) throws IOException {
        out.write(line);
        out.write('\n');
        row.wrote(line.length + 1, root);
    }

    private byte[] line(BulkPlan node, Object source, String parent, List<byte[]> children) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        Object id = identity(node, source);
        fill(node, source, values, id == null ? parent : id.toString(), children);
        if (parent != null) {
            values.put("__parentId", parent);
        }
        return json.writeValueAsBytes(values);
    }

    private Object identity(BulkPlan node, Object source) {
        for (BulkPlan each : node.children()) {
            if (each.key().equals("id")) {
                return each.read(source, call);
            }
        }
        return null;
    }

    private void fill(BulkPlan node, Object source, Map<String, Object> values, String id, List<byte[]> children)
            throws IOException {
        for (BulkPlan each : node.children()) {
            if (each.only() != null && !each.only().equals(call.typeOf(source, node.typeName()))) {
                continue;
            }
            switch (each.kind()) {
                case TYPE_NAME -> values.put(each.key(), call.typeOf(source, node.typeName()));
                case SCALAR -> values.put(each.key(), each.read(source, call));
                case OBJECT -> values.put(each.key(), nested(each, each.read(source, call), id, children));
                case CONNECTION -> connection(each, (Listing<?>) each.read(source, call), id, children);
            }
        }
    }

    private Object nested(BulkPlan plan, Object value, String id, List<byte[]> children) throws IOException {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>(list.size());
            for (Object each : list) {
                all.add(nested(plan, each, id, children));
            }
            return all;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        fill(plan, value, values, id, children);
        return values;
    }

    private void connection(BulkPlan plan, Listing<?> rows, String parent, List<byte[]> children) throws IOException {
        for (int i = 0; rows != null && i < rows.size(); i++) {
            Object source = rows.at(i);
            if (source != null) {
                List<byte[]> grandchildren = new ArrayList<>(0);
                children.add(line(plan, source, parent, grandchildren));
                children.addAll(grandchildren);
            }
        }
    }
}
