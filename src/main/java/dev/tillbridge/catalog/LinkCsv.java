package dev.tillbridge.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

import dev.tillbridge.platform.ProblemCode;

/**
 * Links as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it, and reading
 * takes it off again (OWASP, CSV injection).
 */
final class LinkCsv {

    static final String MEDIA_TYPE = "text/csv";

    private static final String[] HEADER = { "variantId", "variantSku", "variantBarcode", "variantTitle", "itemId", "itemSku",
            "itemCode", "itemName", "status", "reason", "target", "channelStock"};
    private static final String FORMULA_STARTS = "=+-@\t\r'";

    private static final CsvMapper MAPPER = new CsvMapper();
    private static final ObjectWriter WRITER = MAPPER.writer(CsvSchema.emptySchema())
            .with(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING);
    private static final ObjectReader READER = MAPPER.readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private LinkCsv() {}

    static String header() {
        return line(HEADER);
    }

    static String lines(List<LinkView> views) {
        return views.stream().map(LinkCsv::line).collect(Collectors.joining());
    }

    private static String line(LinkView view) {
        var variant = view.variant();
        var item = view.item();
        return line(variant == null ? null : variant.id(), variant == null ? null : variant.sku(),
                variant == null ? null : variant.barcode(), variant == null ? null : variant.title(),
                item == null ? null : item.id(), item == null ? null : item.sku(), item == null ? null : item.code(),
                item == null ? null : item.name(), view.status().text(), view.reason(),
                view.target() == null ? null : view.target().toPlainString(),
                view.channelStock() == null ? null : view.channelStock().toPlainString());
    }

    static String line(String... cells) {
        try {
            return WRITER.writeValueAsString(Arrays.stream(cells).map(LinkCsv::guarded).toArray(String[]::new));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A CSV line cannot be written", e);
        }
    }

    /**
     * Reads the links a file wants: columns {@code variantId} and {@code itemId}, whatever else stands beside them; lines
     * without an item want nothing. Separated by commas or, as some spreadsheets do, by semicolons.
     */
    static List<LinkEdit> read(String file) {
        String text = file == null ? "" : file.startsWith("\uFEFF") ? file.substring(1) : file;
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        var schema = CsvSchema.emptySchema().withColumnSeparator(first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',');
        List<LinkEdit> edits = new ArrayList<>();
        int line = 0;
        try (var rows = READER.with(schema).<String[]>readValues(text)) {
            int variant = -1;
            int item = -1;
            while (rows.hasNextValue()) {
                String[] cells = rows.nextValue();
                if (++line == 1) {
                    variant = Arrays.asList(cells).indexOf("variantId");
                    item = Arrays.asList(cells).indexOf("itemId");
                    if (variant < 0 || item < 0) {
                        break;
                    }
                } else if (!cell(cells, item).isEmpty() && !cell(cells, variant).isEmpty()) {
                    edits.add(LinkEdit.wanted(line, cell(cells, variant), cell(cells, item)));
                }
            }
            if (variant < 0 || item < 0) {
                throw ProblemCode.MALFORMED_BODY
                        .problem("The first line must name the columns, among them variantId and itemId.");
            }
        } catch (IOException e) {
            throw ProblemCode.MALFORMED_BODY.problem("Line " + (line + 1) + " is no CSV; nothing was changed.");
        }
        return edits;
    }

    private static String cell(String[] cells, int at) {
        String cell = at < cells.length && cells[at] != null ? cells[at].strip() : "";
        return cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA_STARTS.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }

    private static String guarded(String cell) {
        // An absent cell is an empty one: without a schema the writer would leave it out, and what follows would move up.
        String text = cell == null ? "" : cell;
        return text.isEmpty() || FORMULA_STARTS.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
