package dev.tillbridge.sandbox.clover;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** The developer dashboard's page of webhooks: an app's address, its verification, its code. */
final class HookControls {

    static final String DEMO_APP = "DRKVJT2ZRRRSC";

    private final CloverBook book;
    private final CloverEvents events;
    private final SandboxContext context;

    HookControls(CloverBook book, CloverEvents events, SandboxContext context) {
        this.book = book;
        this.events = events;
        this.context = context;
    }

    void addTo(ControlRoutes routes) {
        routes.add("PUT", "/clover/webhooks",
                "Sets an app's webhook address, as in the developer dashboard: {\"verificationCode\": …} is posted there, and"
                        + " nothing else before that code is pasted back (…/verify), unless \"verified\". Without \"authCode\" one"
                        + " is drawn, or stays; with another one it is changed. \"merchants\" that have the app installed: all"
                        + " unless told. \"events\": O, P, I, IS, IA; whether stock and availability come as I or as IS and IA is"
                        + " the switch itemWebhooks. What a sale takes from stock is told as O and P alone.",
                "{\"appId\":\"DRKVJT2ZRRRSC\",\"url\":\"http://localhost:8080/webhooks/clover\",\"authCode\":\"code\","
                        + "\"events\":[\"O\",\"P\",\"I\",\"IS\",\"IA\"],\"merchants\":[\"3D19QN31ANYR5\"],\"verified\":false}",
                this::set);
        routes.add("POST", "/clover/webhooks/verify",
                "The operator pastes the verification code back: events come from now on.",
                "{\"appId\":\"DRKVJT2ZRRRSC\",\"verificationCode\":\"ce7643c1-83ea-4218-abe6-da876c9c7a0a\"}", this::verify);
        routes.add("GET", "/clover/webhooks", "The apps with a webhook.", "",
                unused -> Map.of("apps", events.apps().stream().map(HookControls::shown).toList()));
        routes.add("DELETE", "/clover/webhooks", "An app has no webhook any more.", "appId=DRKVJT2ZRRRSC",
                request -> Map.of("deleted", events.remove(String.valueOf(request.query().get("appId")))));
        routes.add("POST", "/clover/webhooks/events",
                "Tells any event at all, such as one of a key that nobody knows, or of an object that is not there.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"objectId\":\"C:7Q3VNSXJ1K2MR\",\"type\":\"UPDATE\"}", this::tell);
    }

    private Object set(ControlRequest request) {
        request.only("appId", "url", "authCode", "events", "merchants", "verified");
        String appId = request.text("appId", DEMO_APP);
        CloverApp before = events.app(appId);
        URI url = URI.create(before == null ? request.text("url") : request.text("url", before.url()));
        if (!context.webhooks().settings().allows(url)) {
            throw new BadControlInput(
                    "\"url\" must be https://…, or http:// on this machine where webhooks/settings allow it.");
        }
        Set<String> keys = request.body().has("events")
                ? texts(request, "events")
                : before == null ? CloverApp.KEYS : before.keys();
        if (!CloverApp.KEYS.containsAll(keys)) {
            throw new BadControlInput("\"events\" are some of O, P, I, IS, IA.");
        }
        Set<String> merchants = request.body().has("merchants")
                ? texts(request, "merchants")
                : before == null ? Set.of() : before.merchants();
        merchants.forEach(book::known);
        String code = request.text("authCode", before == null ? UUID.randomUUID().toString() : before.authCode());
        boolean stays = before != null && before.verified() && before.url().equals(url.toString());
        boolean verified = request.flag("verified", stays);
        CloverApp app = new CloverApp(appId, url.toString(), code, keys, merchants,
                verified ? null : UUID.randomUUID().toString());
        events.put(app);
        if (!verified) {
            events.verify(app);
        }
        return shown(app);
    }

    private static Set<String> texts(ControlRequest request, String field) {
        Set<String> texts = new LinkedHashSet<>();
        request.body().path(field).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private Object verify(ControlRequest request) {
        request.only("appId", "verificationCode");
        CloverApp app = events.app(request.text("appId", DEMO_APP));
        if (app == null) {
            throw new BadControlInput(404, "There is no such app.");
        }
        if (!app.verified() && !app.verificationCode().equals(request.text("verificationCode"))) {
            throw new BadControlInput("That is not the code that was sent last.");
        }
        events.put(app.pastedBack());
        return shown(app.pastedBack());
    }

    private Object tell(ControlRequest request) {
        request.only("merchantId", "objectId", "type");
        String type = request.text("type", "UPDATE");
        if (!List.of("CREATE", "UPDATE", "DELETE").contains(type)) {
            throw new BadControlInput("\"type\" is CREATE, UPDATE or DELETE.");
        }
        String merchantId = request.text("merchantId", CloverBook.DEMO_MERCHANT);
        events.tell(merchantId, request.text("objectId"), type);
        return Map.of("merchantId", merchantId, "objectId", request.text("objectId"), "type", type);
    }

    /** The dashboard shows the code that is sent with each post, and never the one that has to be pasted back. */
    private static Map<String, Object> shown(CloverApp app) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("appId", app.appId());
        shown.put("url", app.url());
        shown.put("authCode", app.authCode());
        shown.put("events", new ArrayList<>(app.keys()));
        shown.put("merchants", new ArrayList<>(app.merchants()));
        shown.put("verified", app.verified());
        return shown;
    }
}
