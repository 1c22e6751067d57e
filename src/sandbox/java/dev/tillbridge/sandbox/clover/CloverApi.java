package dev.tillbridge.sandbox.clover;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.Operation;
import dev.tillbridge.sandbox.http.VendorAnswer;
import dev.tillbridge.sandbox.http.VendorRequest;

/**
 * Finds what a request calls, and checks in order: User-Agent, token, merchant and region, permission, existence (or the last
 * two the other way round).
 */
final class CloverApi {

    private static final Pattern PATH = Pattern
            .compile("(?:/(us|eu|la|sandbox))?/v3/merchants/([^/]+)(?:/([a-z_]+)((?:/[^/]+)*))?/?");

    private final SandboxContext context;
    private final CloverBook book;
    private final Map<String, Resource> resources = new HashMap<>();
    private final Resource merchant = new MerchantResource(false);

    CloverApi(SandboxContext context, CloverBook book) {
        this.context = context;
        this.book = book;
        resources.put("properties", new MerchantResource(true));
        resources.put("items", new ItemResource(context.behaviour()));
        resources.put("bulk_items", new BulkItemResource(context.behaviour()));
        resources.put("item_stocks", new StockResource(context.behaviour()));
        Set<String> read = Set.of("GET");
        Set<String> write = Set.of("GET", "POST");
        Set<String> all = Set.of("GET", "POST", "DELETE");
        resources.put("customers", new StoreResource("customers", "CUSTOMERS", all, "Customer not found", "id", "firstName",
                "lastName", "customerSince", "marketingAllowed", "deletedTime")
                .expanding("emailAddresses", "phoneNumbers", "addresses", "cards"));
        store("employees", "EMPLOYEES", write, "Employee not found", "id", "name", "role", "email");
        Till till = new Till(context.behaviour());
        resources.put("orders", new OrderResource(context.behaviour(), till));
        resources.put("payments", MoneyResource.payments(context.behaviour()));
        resources.put("refunds", MoneyResource.refunds(context.behaviour()));
        resources.put("credits", MoneyResource.credits(context.behaviour()));
        store("tenders", "MERCHANT", write, "Tender not found", "id", "labelKey", "enabled");
        // The reference lists order types among the merchant's own calls.
        store("order_types", "MERCHANT", read, "Order type not found", "id", "label", "isDeleted");
        store("tax_rates", "INVENTORY", all, "Tax rate not found", "id", "name", "modifiedTime");
        store("tags", "INVENTORY", all, "Tag not found", "id", "name", "modifiedTime");
        store("categories", "INVENTORY", all, "Category not found", "id", "name", "modifiedTime");
        store("modifier_groups", "INVENTORY", all, "Modifier group not found", "id", "name", "modifiedTime");
        resources.put("item_groups", new GroupResource());
        resources.put("attributes", new AttributeResource());
        resources.put("option_items", new OptionItemResource());
        resources.put("tag_items", new JoinResource("tags", "tag"));
        resources.put("category_items", new JoinResource("categories", "category"));
        resources.put("tax_rate_items", new JoinResource("tax_rates", "taxRate"));
        resources.put("item_modifier_groups", new JoinResource("modifier_groups", "modifierGroup"));
    }

    private void store(String name, String permission, Set<String> methods, String notFound, String... filters) {
        resources.put(name, new StoreResource(name, permission, methods, notFound, filters));
    }

    Operation route(VendorRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return refused("unknown." + request.method().name().toLowerCase(java.util.Locale.ROOT), request,
                    CloverError.notFound("The requested resource could not be found."));
        }
        String name = path.group(3) == null ? "merchant" : path.group(3);
        Resource resource = path.group(3) == null ? merchant : resources.get(name);
        List<String> rest = path.group(4) == null || path.group(4).isEmpty()
                ? List.of()
                : List.of(path.group(4).substring(1).split("/", -1));
        String method = request.method().name().toLowerCase(java.util.Locale.ROOT);
        if (resource == null) {
            return refused(name + "." + method, request, CloverError.notFound("The requested resource could not be found."));
        }
        Call call = new Call(request, book.merchant(path.group(2)), rest, context.url("clover") + request.path(),
                context.json());
        String operation = resource.operation(call);
        if (operation == null) {
            return refused(name + "." + method, request, CloverError.methodNotAllowed());
        }
        return Operation.of(name + "." + operation, () -> answer(resource, call, path.group(1)));
    }

    private Operation refused(String name, VendorRequest request, CloverError error) {
        return Operation.of(name, () -> {
            try {
                identify(request);
            } catch (CloverError unidentified) {
                return unidentified.answer();
            }
            return error.answer();
        });
    }

    private VendorAnswer answer(Resource resource, Call call, String prefix) {
        try {
            Token token = identify(call.request());
            String region = prefix == null || prefix.equals("sandbox") ? "us" : prefix;
            if (call.merchant() == null || !call.merchant().id.equals(token.merchantId())
                    || !call.merchant().region.equals(region)) {
                throw CloverError.unauthorized();
            }
            call.merchant().sales.settle();
            if (context.behaviour().is(Switch.RIGHTS_CHECKED, "afterExistence")) {
                resource.mustExist(call);
            }
            if (!token.permissions().contains(resource.permission() + (call.reads() ? "_R" : "_W"))) {
                throw CloverError.unauthorized();
            }
            resource.mustExist(call);
            return resource.answer(call);
        } catch (CloverError error) {
            return error.answer();
        }
    }

    /** User-Agent is mandatory since April 2026; what happens without it is not stated, hence the switch. */
    private Token identify(VendorRequest request) {
        if (request.headers().get("User-Agent") == null
                && context.behaviour().is(Switch.MISSING_USER_AGENT, "refused")) {
            throw CloverError.badRequest("User-Agent header is required: <product>/<version> <comment>");
        }
        Token token = book.token(request.bearerToken());
        if (token == null) {
            throw CloverError.unauthorized();
        }
        return token;
    }
}
