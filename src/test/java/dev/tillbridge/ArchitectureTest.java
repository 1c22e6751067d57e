package dev.tillbridge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniAwait;

/** The arrows between packages, and the habits that Hibernate Reactive and Mutiny do not forgive. */
@AnalyzeClasses(packages = "dev.tillbridge", importOptions = { ArchitectureTest.MainOnly.class})
class ArchitectureTest {

    /** Main code alone: neither tests nor the sandbox, which stands among the tests' classes. */
    static final class MainOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("/dev/tillbridge/sandbox/");
        }
    }

    /** Rules: they take values and give values. */
    private static final List<String> RULES = List.of("dev.tillbridge.catalog.Matching",
            "dev.tillbridge.catalog.UniqueIdentifier",
            "dev.tillbridge.catalog.IdentifierKey", "dev.tillbridge.stock.TargetQuantity",
            "dev.tillbridge.stock.UnitsSold", "dev.tillbridge.stock.SoldSince", "dev.tillbridge.stock.StockDecision",
            "dev.tillbridge.stock.KnownStock",
            "dev.tillbridge.price.PriceRule", "dev.tillbridge.price.PriceRounding", "dev.tillbridge.price.PriceTerms",
            "dev.tillbridge.price.LeftAlone", "dev.tillbridge.price.CurrencyDigits",
            "dev.tillbridge.order.PaidRule", "dev.tillbridge.order.CashRounding", "dev.tillbridge.order.MinorUnits",
            "dev.tillbridge.order.SaleArithmetic", "dev.tillbridge.order.SaleTaxes", "dev.tillbridge.order.LargestRemainder",
            "dev.tillbridge.order.OrderMapping", "dev.tillbridge.order.DraftLines", "dev.tillbridge.order.LineProperties",
            "dev.tillbridge.order.OrderTexts", "dev.tillbridge.order.OrderPayments", "dev.tillbridge.order.SaleUnits",
            "dev.tillbridge.order.RefundMapping", "dev.tillbridge.order.RefundedLines",
            "dev.tillbridge.order.RefundableMoney", "dev.tillbridge.order.SaleDifference", "dev.tillbridge.order.SaleHash",
            "dev.tillbridge.order.CanonicalText", "dev.tillbridge.order.SaleJudge", "dev.tillbridge.platform.DoublingGap",
            "dev.tillbridge.order.TillNote", "dev.tillbridge.shipment.ShipmentWords",
            "dev.tillbridge.product.ProductPlanning", "dev.tillbridge.product.NextStep", "dev.tillbridge.product.GroupChanges",
            "dev.tillbridge.product.LookVerdict",
            "dev.tillbridge.product.ItemDifference", "dev.tillbridge.product.TillText", "dev.tillbridge.product.Gaps",
            "dev.tillbridge.sync.reconcile.ReadingRule", "dev.tillbridge.sync.reconcile.SaleRule",
            "dev.tillbridge.sync.reconcile.TillStockRule", "dev.tillbridge.sync.reconcile.Verdict");

    private static final DescribedPredicate<JavaClass> A_RULE = DescribedPredicate
            .describe("are rules", type -> RULES.contains(outermost(type.getBaseComponentType()).getName()));

    @ArchTest
    static final ArchRule rules_know_nobody = classes().that(A_RULE).should()
            .onlyDependOnClassesThat(resideInAPackage("java..").or(A_RULE)
                    .or(valuesOf("dev.tillbridge.catalog")).or(valuesOf("dev.tillbridge.order"))
                    .or(valuesOf("dev.tillbridge.shipment"))
                    .or(valuesOf("dev.tillbridge.product")).or(valuesOf("dev.tillbridge.channel")));

    /** A rule that is renamed must not slip out of the list unseen. */
    @ArchTest
    static void all_rules_are_there(JavaClasses classes) {
        assertThat(RULES).allMatch(classes::contain);
    }

    @ArchTest
    static final ArchRule vendors_do_not_see_each_other_1 = noClasses().that().resideInAPackage("..clover..").should()
            .dependOnClassesThat().resideInAPackage("..shopify..");

    @ArchTest
    static final ArchRule vendors_do_not_see_each_other_2 = noClasses().that().resideInAPackage("..shopify..").should()
            .dependOnClassesThat().resideInAPackage("..clover..");

    @ArchTest
    static final ArchRule nobody_sees_a_vendor = noClasses().that().resideOutsideOfPackages("..clover..", "..shopify..")
            .should()
            .dependOnClassesThat().resideInAnyPackage("..clover..", "..shopify..");

    @ArchTest
    static final ArchRule vendors_see_ports_and_records_only = classes().that().resideInAnyPackage("..clover..", "..shopify..")
            .should().onlyDependOnClassesThat().resideOutsideOfPackages("dev.tillbridge.sync..", "dev.tillbridge.stock..",
                    "dev.tillbridge.price..", "dev.tillbridge.access..", "dev.tillbridge.journal..");

    /** Of a sale's life they know what is said, never how it is decided or stored. */
    @ArchTest
    static final ArchRule vendors_see_values_of_orders_only = classes().that()
            .resideInAnyPackage("..clover..", "..shopify..").should()
            .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("dev.tillbridge.order.."))
                    .or(valuesOf("dev.tillbridge.order")));

    /** What prices mean and are made by is known to whoever keeps settings and shows links; how they are written is not. */
    @ArchTest
    static final ArchRule only_the_engine_writes_prices = classes()
            .that().resideOutsideOfPackages("dev.tillbridge.price..", "dev.tillbridge.sync..").should()
            .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("dev.tillbridge.price..")).or(A_RULE));

    /** The same of what is sent. */
    @ArchTest
    static final ArchRule vendors_see_values_of_shipments_only = classes().that()
            .resideInAnyPackage("..clover..", "..shopify..").should()
            .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("dev.tillbridge.shipment.."))
                    .or(valuesOf("dev.tillbridge.shipment")));

    /** Shipments know sales; the rest of the stages they do not know, nor do these know them. */
    @ArchTest
    static final ArchRule shipments_stand_alone = noClasses().that().resideInAPackage("dev.tillbridge.shipment..").should()
            .dependOnClassesThat().resideInAnyPackage("dev.tillbridge.stock..", "dev.tillbridge.price..",
                    "dev.tillbridge.product..", "dev.tillbridge.catalog..");

    @ArchTest
    static final ArchRule no_other_stage_knows_shipments = noClasses().that()
            .resideInAnyPackage("dev.tillbridge.order..", "dev.tillbridge.stock..", "dev.tillbridge.price..",
                    "dev.tillbridge.product..", "dev.tillbridge.catalog..")
            .should().dependOnClassesThat().resideInAPackage("dev.tillbridge.shipment..");

    /** What is connected knows of webhooks what its own ports say. */
    @ArchTest
    static final ArchRule channels_know_no_webhooks = noClasses().that().resideInAPackage("dev.tillbridge.channel..").should()
            .dependOnClassesThat().resideInAPackage("dev.tillbridge.webhook..");

    @ArchTest
    static final ArchRule nobody_calls_the_engine = noClasses().that().resideOutsideOfPackage("..sync..").should()
            .dependOnClassesThat().resideInAPackage("..sync..");

    @ArchTest
    static final ArchRule stages_and_the_engine_alone_raise_notices = noClasses()
            .that().resideOutsideOfPackages("..notification..", "dev.tillbridge.order..", "dev.tillbridge.stock..",
                    "dev.tillbridge.price..", "dev.tillbridge.product..", "dev.tillbridge.shipment..", "dev.tillbridge.sync..")
            .should().dependOnClassesThat().resideInAPackage("..notification..");

    @ArchTest
    static final ArchRule mail_knows_channels_at_most = classes().that().resideInAPackage("..notification..").should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.tillbridge.notification..", "dev.tillbridge.channel..",
                    "dev.tillbridge.platform..").or(resideOutsideOfPackage("dev.tillbridge..")));

    @ArchTest
    static final ArchRule platform_knows_no_feature = noClasses().that().resideInAPackage("..platform..").should()
            .dependOnClassesThat().resideInAnyPackage("dev.tillbridge.catalog..", "dev.tillbridge.channel..",
                    "dev.tillbridge.stock..", "dev.tillbridge.price..", "dev.tillbridge.sync..", "dev.tillbridge.clover..",
                    "dev.tillbridge.shopify..", "dev.tillbridge.journal..", "dev.tillbridge.notification..");

    /** A resource's own nested types stand for the resource. */
    @ArchTest
    static final ArchRule resources_are_seen_by_nobody = noClasses()
            .that(DescribedPredicate.describe("are no resources", type -> !aResource(type)))
            .should().dependOnClassesThat(DescribedPredicate.describe("are resources", ArchitectureTest::aResource));

    @ArchTest
    static final ArchRule the_product_knows_no_sandbox = noClasses().should().dependOnClassesThat()
            .resideInAPackage("dev.tillbridge.sandbox..");

    @ArchTest
    static final ArchRule wire_clients_stay_behind_their_connector = classes().that().haveSimpleNameEndingWith("RestClient")
            .should().bePackagePrivate();

    /** But for shutdown, which waits for its observers and for nothing else. */
    @ArchTest
    static final ArchRule nobody_waits = classes().that().doNotHaveSimpleName("LeaseKeeper")
            .should(not(callMethodWhere(target(name("await")).and(target(owner(
                    JavaClass.Predicates.assignableTo(Uni.class)))))))
            .andShould(not(callMethodWhere(target(nameMatching("indefinitely|atMost"))
                    .and(target(owner(JavaClass.Predicates.assignableTo(UniAwait.class)))))));

    /** Replicas' clocks differ. Only the database's tells when, and what tells how long cannot be set. */
    @ArchTest
    static final ArchRule no_replica_asks_its_own_clock_when = noClasses().that().resideInAnyPackage(
            "dev.tillbridge.catalog..", "dev.tillbridge.channel..", "dev.tillbridge.stock..", "dev.tillbridge.price..",
            "dev.tillbridge.product..", "dev.tillbridge.order..", "dev.tillbridge.shipment..", "dev.tillbridge.clover..",
            "dev.tillbridge.shopify..", "dev.tillbridge.journal..", "dev.tillbridge.notification..", "dev.tillbridge.sync")
            .should(callMethodWhere(
                    target(nameMatching("now|currentTimeMillis|system|systemUTC|systemDefaultZone")).and(target(owner(
                            resideInAPackage("java.time..").or(JavaClass.Predicates.type(System.class)))))));

    @ArchTest
    static final ArchRule no_blocking_transactions_on_classes = noClasses().should().beAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule no_blocking_transactions = noMethods().should().beAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule no_field_injection = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper)");

    @ArchTest
    static final ArchRule jdbc_is_for_migrations_alone = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    /** Records and enums of a package, alone or nested in a record. */
    private static DescribedPredicate<JavaClass> valuesOf(String packageName) {
        return DescribedPredicate.describe("are records and enums of " + packageName, type -> {
            JavaClass whole = outermost(type.getBaseComponentType());
            return whole.getPackageName().equals(packageName) && (whole.isAssignableTo(Record.class) || whole.isEnum());
        });
    }

    private static boolean aResource(JavaClass type) {
        JavaClass outermost = outermost(type);
        return outermost.getSimpleName().endsWith("Resource") && outermost.getPackageName().startsWith("dev.tillbridge");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
