package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an import did, or in a dry run would do.
 *
 * @param added links made
 * @param unchanged links that were there already
 * @param refused lines that could not be done, with their reason; the others are done all the same
 */
public record LinkImportReport(boolean dryRun, int added, int unchanged, List<Refused> refused) {

    /** @param line as a spreadsheet counts: the header is line 1 */
    public record Refused(int line, String variantId, String itemId, String reason) {}

    static final class Builder {

        private final boolean dryRun;
        private final List<Refused> refused = new ArrayList<>();
        private int added;
        private int unchanged;

        Builder(boolean dryRun) {
            this.dryRun = dryRun;
        }

        void add(List<LinkEdit> edits) {
            for (LinkEdit edit : edits) {
                if (edit.verdict() == LinkEdit.Verdict.UNCHANGED) {
                    unchanged++;
                } else if (edit.verdict() == LinkEdit.Verdict.ADDED) {
                    added++;
                } else {
                    refused.add(new Refused(edit.line(), edit.variantId(), edit.itemId(), edit.reason()));
                }
            }
        }

        LinkImportReport build() {
            refused.sort(Comparator.comparingInt(Refused::line));
            return new LinkImportReport(dryRun, added, unchanged, List.copyOf(refused));
        }
    }
}
