package dev.tillbridge.sandbox.shopify;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FieldDefinition;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.LightDataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;

/** Makes the executable schema: the SDL with a fetcher for each entry of the {@link FieldTable}. */
final class SchemaFactory {

    private SchemaFactory() {}

    static GraphQLSchema make(FieldTable table) {
        TypeDefinitionRegistry sdl = parse();
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        sdl.scalars().values().stream().map(ScalarTypeDefinition::getName)
                .filter(name -> !ScalarInfo.isGraphqlSpecifiedScalar(name)).forEach(name -> wiring.scalar(scalar(name)));
        for (ObjectTypeDefinition type : sdl.getTypes(ObjectTypeDefinition.class)) {
            for (FieldDefinition field : type.getFieldDefinitions()) {
                wiring.type(type.getName(), builder -> builder.dataFetcher(field.getName(),
                        fetcher(type.getName(), field.getName(), table)));
            }
        }
        for (String type : List.of("Node", "LegacyInteroperability", "DisplayableError")) {
            wiring.type(type, builder -> builder.typeResolver(env -> {
                String name = table.typeOf(env.getObject());
                return name == null ? null : env.getSchema().getObjectType(name);
            }));
        }
        return new SchemaGenerator().makeExecutableSchema(sdl, wiring.build());
    }

    static TypeDefinitionRegistry parse() {
        try (InputStream in = SchemaFactory.class.getResourceAsStream("/shopify/schema.graphqls")) {
            return new SchemaParser().parse(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataFetcher<?> fetcher(String type, String field, FieldTable table) {
        FieldTable.Entry entry = table.entry(type, field);
        if (entry == null) {
            return new Light((source, env) -> source instanceof Map<?, ?> map ? map.get(field) : null);
        }
        if (entry.plain()) {
            return new Light((source, env) -> window(entry.reader().read(source, Arguments.NONE, null), env, field));
        }
        boolean query = type.equals("QueryRoot");
        boolean mutation = type.equals("Mutation");
        FieldTable.Root root = mutation ? FieldTable.Root.MUTATION : query ? FieldTable.Root.QUERY : null;
        return new Light((source, supplier) -> {
            DataFetchingEnvironment env = supplier.get();
            Map<String, Object> given = env.getArguments();
            if (root != null) {
                given.values().forEach(SchemaFactory::checkSize);
            }
            if (mutation) {
                given = withKey(given, env);
            }
            Object read = entry.reader().read(root != null ? root : source, new Arguments(given),
                    env.getGraphQlContext().get(Call.class));
            return window(read, supplier, field);
        });
    }

    private static Object window(Object read, Supplier<DataFetchingEnvironment> env, String field) {
        return read instanceof Listing<?> listing ? Page.of(listing, new Arguments(env.get().getArguments()), field) : read;
    }

    private static Map<String, Object> withKey(Map<String, Object> arguments, DataFetchingEnvironment env) {
        // Read from the document: the engine's own way turns every variable of the request back into a literal first.
        return env.getField().getDirectives("idempotent").stream().findFirst().map(directive -> {
            Value<?> given = directive.getArgument("key").getValue();
            Map<String, Object> more = new HashMap<>(arguments);
            more.put(InventoryMutations.KEY, given instanceof VariableReference variable
                    ? env.getVariables().get(variable.getName())
                    : ((StringValue) given).getValue());
            return more;
        }).orElse(arguments);
    }

    /** Arrays hold at most 250 entries (doc: api/usage/limits). */
    private static void checkSize(Object value) {
        if (value instanceof List<?> list) {
            if (list.size() > Page.LARGEST) {
                throw new ShopifyError("MAX_INPUT_SIZE_EXCEEDED", "The input array size of " + list.size()
                        + " is greater than the maximum allowed of " + Page.LARGEST + ".");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(SchemaFactory::checkSize);
        }
    }

    private interface Read {
        Object read(Object source, Supplier<DataFetchingEnvironment> env);
    }

    /** A fetcher that builds no environment unless the field needs it. */
    private record Light(Read read) implements LightDataFetcher<Object> {

        @Override
        public Object get(GraphQLFieldDefinition field, Object source, Supplier<DataFetchingEnvironment> env) {
            return read.read(source, env);
        }

        @Override
        public Object get(DataFetchingEnvironment env) {
            return read.read(env.getSource(), () -> env);
        }
    }

    /** Values are held serialised; what comes in is kept as text. */
    private static GraphQLScalarType scalar(String name) {
        return GraphQLScalarType.newScalar().name(name).coercing(new Coercing<Object, Object>() {
            @Override
            public Object serialize(Object value, GraphQLContext context, Locale locale) {
                return value;
            }

            @Override
            public Object parseValue(Object input, GraphQLContext context, Locale locale) {
                return input.toString();
            }

            @Override
            public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
                if (input instanceof StringValue text) {
                    return text.getValue();
                }
                if (input instanceof IntValue number) {
                    return number.getValue().toString();
                }
                if (input instanceof FloatValue number) {
                    return number.getValue().toPlainString();
                }
                throw new CoercingParseLiteralException("Invalid " + name);
            }
        }).build();
    }
}
