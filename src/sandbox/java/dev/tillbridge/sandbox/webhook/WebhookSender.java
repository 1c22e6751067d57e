package dev.tillbridge.sandbox.webhook;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import dev.tillbridge.sandbox.http.FaultRules;

/**
 * Sends webhooks without making anybody wait: queued per receiver, a bounded number at once, each at most 5 s. What a receiver
 * does not answer 2xx is sent again later. Order is kept as far as the first attempts of one receiver begin in it. Belongs to the
 * sandbox's event loop.
 */
public final class WebhookSender {

    /** More than this many are not kept: a receiver that is down for long must not fill the memory. */
    static final int MOST_PENDING = 200_000;
    /** To one receiver; a slow one holds up nobody else. */
    static final int AT_ONCE = 64;
    private static final long HELD_MS = 2_000;
    /** By which a held one follows the later one, so that it does not overtake it on the way. */
    private static final long BEHIND_MS = 50;

    private final Vertx vertx;
    private final Context loop;
    private final FaultRules faults;
    private final WebhookSettings settings;
    private final WebhookClient client;
    private final WebhookLog log = new WebhookLog();
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, Lane> lanes = new HashMap<>();
    /** By address: those that wait for a later one. */
    private final Map<String, Deque<Delivery>> held = new HashMap<>();
    private long pending;
    /** Of what was sent before the last reset nothing is counted or sent again. */
    private long era;

    public WebhookSender(Vertx vertx, Clock clock, WebhookOptions options, FaultRules faults) {
        this.vertx = vertx;
        this.faults = faults;
        this.settings = new WebhookSettings(options);
        this.client = new WebhookClient(clock);
        this.loop = vertx.getOrCreateContext();
    }

    public WebhookSettings settings() {
        return settings;
    }

    /** Sends it as soon as may be; fault rules may lose, double, delay or hold it back. */
    public void post(WebhookPost post) {
        Tally tally = tally(post.side());
        tally.told++;
        FaultRules.WebhookVerdict verdict = faults.webhook(post.side(), post.topic());
        if (verdict.lost()) {
            tally.lost++;
            return;
        }
        int copies = verdict.doubled() ? 2 : 1;
        tally.doubled += copies - 1;
        tally.delayed += verdict.delayMs() > 0 ? 1 : 0;
        tally.reordered += verdict.reordered() ? 1 : 0;
        for (int copy = 0; copy < copies; copy++) {
            if (pending >= MOST_PENDING) {
                tally.dropped++;
                return;
            }
            Delivery delivery = new Delivery(post, tally);
            delivery.begun();
            if (verdict.delayMs() > 0) {
                after(verdict.delayMs(), () -> enqueue(delivery));
            } else if (verdict.reordered()) {
                hold(delivery);
            } else {
                enqueue(delivery);
                if (held.containsKey(post.uri())) {
                    after(BEHIND_MS, () -> letGo(post.uri()));
                }
            }
        }
    }

    private void hold(Delivery delivery) {
        held.computeIfAbsent(delivery.post.uri(), unused -> new ArrayDeque<>()).addLast(delivery);
        after(HELD_MS, () -> letGo(delivery.post.uri()));
    }

    private void letGo(String uri) {
        Deque<Delivery> waiting = held.remove(uri);
        if (waiting != null) {
            waiting.forEach(this::enqueue);
        }
    }

    private void enqueue(Delivery delivery) {
        Lane lane = lanes.computeIfAbsent(receiver(delivery.post.uri()), unused -> new Lane());
        lane.queue.addLast(delivery);
        lane.pump();
    }

    private static String receiver(String uri) {
        URI parsed = URI.create(uri);
        return parsed.getScheme() + "://" + parsed.getAuthority();
    }

    /** Runs it later, unless everything is reset before. */
    private void after(long milliseconds, Runnable work) {
        long begunIn = era;
        vertx.setTimer(Math.max(1, milliseconds), unused -> {
            if (era == begunIn) {
                work.run();
            }
        });
    }

    public WebhookCounts counts(String side) {
        return tally(side).view();
    }

    /** Counts of each side that has told anything. */
    public Map<String, WebhookCounts> all() {
        Map<String, WebhookCounts> all = new TreeMap<>();
        tallies.forEach((side, tally) -> all.put(side, tally.view()));
        return all;
    }

    /** The last attempts, the newest last. */
    public List<?> last(int count) {
        return log.last(count);
    }

    /** Ends what is under way, with the sandbox. */
    public Future<Void> close() {
        return client.close();
    }

    /** Forgets what is pending and counted; settings as at the start. */
    public void reset() {
        era++;
        lanes.clear();
        held.clear();
        tallies.clear();
        log.clear();
        pending = 0;
        settings.reset();
    }

    private Tally tally(String side) {
        return tallies.computeIfAbsent(side, unused -> new Tally());
    }

    /** What is on its way to one receiver. */
    private final class Lane {

        private final Deque<Delivery> queue = new ArrayDeque<>();
        private int atOnce;

        void pump() {
            while (atOnce < AT_ONCE && !queue.isEmpty()) {
                Delivery next = queue.pollFirst();
                if (!next.post.receipt().wanted()) {
                    next.ended(false);
                    continue;
                }
                atOnce++;
                next.attempt++;
                next.tally.sent++;
                long begunIn = era;
                client.send(next.post, next.attempt, settings.answerMs())
                        .onSuccess(entry -> loop.runOnContext(unused -> ended(next, entry, begunIn)));
            }
        }

        private void ended(Delivery delivery, WebhookLog.Entry entry, long begunIn) {
            atOnce--;
            if (era == begunIn) {
                log.add(entry);
                delivery.attempted(entry.status() / 100 == 2);
                pump();
            }
        }
    }

    /** One webhook on its way, or one of its doubles. */
    private final class Delivery {

        private final WebhookPost post;
        private final Tally tally;
        private int attempt;

        Delivery(WebhookPost post, Tally tally) {
            this.post = post;
            this.tally = tally;
        }

        void begun() {
            pending++;
            tally.pending++;
        }

        void ended(boolean delivered) {
            pending--;
            tally.pending--;
            tally.givenUp += delivered ? 0 : 1;
        }

        void attempted(boolean delivered) {
            if (delivered) {
                tally.delivered++;
            } else {
                tally.failed++;
            }
            boolean last = delivered || attempt > post.gaps().size();
            post.receipt().attempted(delivered, last);
            if (last || !post.receipt().wanted()) {
                ended(delivered);
            } else {
                after((long) (post.gaps().get(attempt - 1) * settings.retrySpanMs()), () -> enqueue(this));
            }
        }
    }
}
