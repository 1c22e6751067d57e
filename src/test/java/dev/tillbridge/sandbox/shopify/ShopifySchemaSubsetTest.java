package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import graphql.GraphQLError;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;

/**
 * The simulated shop's schema and the service's documents against Shopify's real schema, {@code schema/admin-2026-10.graphql} in
 * the directory of the system property {@code tillbridge.shared}, {@code ../shared} or {@code ../../shared}.
 */
class ShopifySchemaSubsetTest {

    private static final Path DOCUMENTS = Path.of("src/main/resources/graphql");
    private static GraphQLSchema ours;
    private static Optional<GraphQLSchema> theirs = Optional.empty();

    @BeforeAll
    static void readSchemas() throws IOException {
        ours = UnExecutableSchemaGenerator.makeUnExecutableSchema(SchemaFactory.parse());
        for (String place : List.of(System.getProperty("tillbridge.shared", ""), "../shared", "../../shared")) {
            Path file = Path.of(place, "schema", "admin-2026-10.graphql");
            if (!place.isEmpty() && Files.exists(file)) {
                theirs = Optional.of(readReal(Files.readString(file)));
                return;
            }
        }
    }

    @Test
    void everyTypeFieldArgumentAndNullabilityIsTheRealOne() {
        GraphQLSchema real = realSchema();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (GraphQLNamedType type : ours.getAllTypesAsList()) {
            if (type.getName().startsWith("__")) {
                continue;
            }
            compared++;
            GraphQLType counterpart = real.getType(type.getName());
            if (counterpart == null || counterpart.getClass() != type.getClass()) {
                differences.add(type.getName() + " is not there or of another kind");
            } else {
                compare(type, counterpart, differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(80);
    }

    @Test
    void theIdempotentDirectiveIsTheRealOne() {
        GraphQLDirective mine = ours.getDirective("idempotent");
        GraphQLDirective real = realSchema().getDirective("idempotent");
        assertThat(mine.validLocations()).isEqualTo(real.validLocations());
        assertThat(arguments(mine.getArguments())).isEqualTo(arguments(real.getArguments()));
    }

    @Test
    void aChangedFieldWouldBeFound() {
        GraphQLSchema changed = UnExecutableSchemaGenerator.makeUnExecutableSchema(
                new SchemaParser().parse("""
                                         type Query { shop: Shop, gone(first: Int): String, argument(first: Int!): String }
                                         type Shop { name: String! }
                                         """));
        GraphQLSchema real = UnExecutableSchemaGenerator
                .makeUnExecutableSchema(new SchemaParser().parse("""
                                                                 type Query { shop: Shop, argument(first: Int): String }
                                                                 type Shop { name: String }
                                                                 """));
        List<String> differences = new ArrayList<>();
        compare(changed.getType("Query"), real.getType("Query"), differences);
        compare(changed.getType("Shop"), real.getType("Shop"), differences);
        assertThat(differences).hasSize(3);
    }

    @Test
    void everyDocumentOfTheServiceIsValidInBothSchemas() throws IOException {
        assumeThat(Files.isDirectory(DOCUMENTS)).as("there are no documents in " + DOCUMENTS).isTrue();
        List<String> errors = new ArrayList<>();
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".graphql")).toList()) {
                Document document = Parser.parse(Files.readString(file));
                validate(ours, document).forEach(error -> errors.add(file.getFileName() + " (sandbox): " + error.getMessage()));
                theirs.ifPresent(real -> validate(real, document)
                        .forEach(error -> errors.add(file.getFileName() + " (Shopify): " + error.getMessage())));
            }
        }
        assertThat(errors).isEmpty();
    }

    private static List<? extends GraphQLError> validate(GraphQLSchema schema, Document document) {
        return new Validator().validateDocument(schema, document, Locale.ROOT);
    }

    private static GraphQLSchema realSchema() {
        assumeThat(theirs).as("Shopify's real schema is not beside this checkout: nothing to compare with").isPresent();
        return theirs.orElseThrow();
    }

    private static GraphQLSchema readReal(String sdl) {
        ParserOptions large = ParserOptions.newParserOptions().maxTokens(Integer.MAX_VALUE)
                .maxCharacters(Integer.MAX_VALUE).maxWhitespaceTokens(Integer.MAX_VALUE).build();
        return UnExecutableSchemaGenerator
                .makeUnExecutableSchema(new SchemaParser().parse(new java.io.StringReader(sdl), large));
    }

    private static void compare(GraphQLType mine, GraphQLType real, List<String> differences) {
        if (mine instanceof GraphQLFieldsContainer container) {
            GraphQLFieldsContainer other = (GraphQLFieldsContainer) real;
            for (GraphQLFieldDefinition field : container.getFieldDefinitions()) {
                compare(container.getName() + "." + field.getName(), field, other.getFieldDefinition(field.getName()),
                        differences);
            }
        }
        if (mine instanceof GraphQLObjectType object) {
            List<String> interfaces = ((GraphQLObjectType) real).getInterfaces().stream().map(GraphQLNamedType::getName)
                    .toList();
            object.getInterfaces().stream().map(GraphQLNamedType::getName).filter(each -> !interfaces.contains(each))
                    .forEach(each -> differences.add(object.getName() + " does not implement " + each));
        }
        if (mine instanceof GraphQLInputObjectType input) {
            for (GraphQLInputObjectField field : input.getFieldDefinitions()) {
                GraphQLInputObjectField other = ((GraphQLInputObjectType) real).getFieldDefinition(field.getName());
                if (other == null || !text(field.getType()).equals(text(other.getType()))) {
                    differences.add(input.getName() + "." + field.getName() + " is not there or of another type");
                }
            }
            ((GraphQLInputObjectType) real).getFieldDefinitions().stream()
                    .filter(each -> GraphQLTypeUtil.isNonNull(each.getType()) && !each.hasSetDefaultValue())
                    .filter(each -> input.getFieldDefinition(each.getName()) == null)
                    .forEach(each -> differences.add(input.getName() + " lacks the required field " + each.getName()));
        }
        if (mine instanceof GraphQLEnumType values) {
            if (!names(values).equals(names((GraphQLEnumType) real))) {
                differences.add(values.getName() + " has other values");
            }
        }
    }

    private static void compare(String place, GraphQLFieldDefinition mine, GraphQLFieldDefinition real,
            List<String> differences) {
        if (real == null || !text(mine.getType()).equals(text(real.getType()))) {
            differences.add(place + " is not there or of another type");
            return;
        }
        List<String> known = arguments(real.getArguments());
        arguments(mine.getArguments()).stream().filter(each -> !known.contains(each))
                .forEach(each -> differences.add(place + " has no argument " + each));
        real.getArguments().stream().filter(each -> GraphQLTypeUtil.isNonNull(each.getType()) && !each.hasSetDefaultValue())
                .filter(each -> mine.getArgument(each.getName()) == null)
                .forEach(each -> differences.add(place + " lacks the required argument " + each.getName()));
    }

    /** Each as "name: Type = default". */
    private static List<String> arguments(List<GraphQLArgument> arguments) {
        return arguments.stream().map(each -> each.getName() + ": " + text(each.getType()) + " = "
                + (each.getDefinition().getDefaultValue() == null
                        ? ""
                        : AstPrinter.printAst(each.getDefinition().getDefaultValue())))
                .toList();
    }

    private static List<String> names(GraphQLEnumType type) {
        return type.getValues().stream().map(GraphQLEnumValueDefinition::getName).sorted().toList();
    }

    private static String text(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }
}
