package dev.tillbridge.sandbox.control;

import java.util.Map;

import dev.tillbridge.sandbox.webhook.WebhookSender;
import dev.tillbridge.sandbox.webhook.WebhookSettings;

/** What became of the webhooks, and how they are delivered. */
final class WebhookCalls {

    private final WebhookSender webhooks;

    WebhookCalls(WebhookSender webhooks) {
        this.webhooks = webhooks;
    }

    void addTo(ControlRoutes routes) {
        routes.add("GET", "/webhooks",
                "Counts of each side's webhooks: told, attempts sent, delivered, failed; given up, lost, doubled, delayed,"
                        + " reordered, dropped for want of room, pending. ?last=n gives the last n attempts (at most 2,000)."
                        + " POST /_sandbox/faults has kinds WEBHOOK_LOST, _DOUBLED, _DELAYED, _REORDERED.",
                "?last=20", this::counts);
        routes.add("GET", "/webhooks/settings", "How webhooks are delivered.", "", unused -> shown());
        routes.add("PUT", "/webhooks/settings",
                "Whether http:// addresses on this machine are taken (\"local\"; the vendors take https:// alone), over how many"
                        + " milliseconds the retries of one webhook are spread (4 h), for how long Clover's events are"
                        + " gathered into one post, and how long a receiver may take to answer (5 s).",
                "{\"local\":true,\"retrySpanMs\":4000,\"groupMs\":100,\"answerMs\":5000}", this::set);
    }

    private Object counts(ControlRequest request) {
        Map<String, Object> answer = ControlApi.object();
        answer.putAll(webhooks.all());
        String last = request.query().get("last");
        if (last != null) {
            if (!last.matches("\\d{1,4}")) {
                throw new BadControlInput("\"last\" is how many attempts to show, such as 20.");
            }
            answer.put("last", webhooks.last(Integer.parseInt(last)));
        }
        return answer;
    }

    private Object set(ControlRequest request) {
        request.only("local", "retrySpanMs", "groupMs", "answerMs");
        WebhookSettings settings = webhooks.settings();
        int span = request.integer("retrySpanMs", (int) settings.retrySpanMs());
        int group = request.integer("groupMs", settings.groupMs());
        int answer = request.integer("answerMs", settings.answerMs());
        if (span < 0 || group < 1 || answer < 1) {
            throw new BadControlInput("\"retrySpanMs\" is 0 or more, \"groupMs\" and \"answerMs\" 1 or more.");
        }
        settings.local(request.flag("local", settings.local()));
        settings.retrySpanMs(span);
        settings.groupMs(group);
        settings.answerMs(answer);
        return shown();
    }

    private Object shown() {
        WebhookSettings settings = webhooks.settings();
        return ControlApi.object("local", settings.local(), "retrySpanMs", settings.retrySpanMs(), "groupMs",
                settings.groupMs(), "answerMs", settings.answerMs());
    }
}
