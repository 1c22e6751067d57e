package dev.tillbridge.order;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import dev.tillbridge.platform.ProblemCode;

/**
 * Which of a channel's sales are meant; null leaves a field open.
 *
 * @param status one of {@link SaleStatus}; {@code PROBLEM}: imported, but with a problem, or with trouble about its stock or
 *        shipment;
 *        {@code ATTENTION}: all that wait for a person, {@code HELD} or {@code PROBLEM}
 * @param reason a reason's or problem's code, such as {@code unlinked-lines}
 * @param q part of the till's order id, the store order's name or a line's name
 */
record OrderFilter(String status, String reason, Instant from, Instant to, String q) {

    private static final Set<String> ACROSS = Set.of("PROBLEM", "ATTENTION");

    OrderFilter {
        status = status == null || status.isBlank() ? null : status.strip().toUpperCase(Locale.ROOT);
        if (status != null && !ACROSS.contains(status)
                && Arrays.stream(SaleStatus.values()).map(Enum::name).noneMatch(status::equals)) {
            throw ProblemCode.INVALID_REQUEST
                    .problem(
                            "status is one of SEEN, WAITING, READY, CREATING, IMPORTED, HELD, SKIPPED, FAILED, PROBLEM, ATTENTION");
        }
        reason = reason == null || reason.isBlank() ? null : reason.strip();
        q = q == null || q.isBlank() ? null : q.strip();
    }

    /** The condition on a sale {@code s}; its parameters begin at $2: status, reason, from, to, q. */
    static final String CONDITION = """
            s.channel_id = $1
              and ($2::text is null or case when $2 in ('PROBLEM', 'ATTENTION')
                  then s.problem_code is not null or s.stock_problem is not null or s.shipment_problem is not null
                    or $2 = 'ATTENTION' and s.status = 'HELD'
                  else s.status = $2 end)
              and ($3::text is null or s.reason_code = $3 or s.problem_code = $3)
              and ($4::timestamptz is null or s.pos_created_at >= $4) and ($5::timestamptz is null or s.pos_created_at < $5)
              and ($6::text is null or strpos(lower(s.pos_order_id), lower($6)) > 0 or strpos(lower(coalesce(s.store_order_name, '')), lower($6)) > 0
                or exists (select from sale_unit n where n.sale_id = s.id and strpos(lower(n.name), lower($6)) > 0))
            """;
}
