package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;

/** The fields of a selection set with its fragments unfolded. */
final class Selections {

    /**
     * @param definition null for {@code __typename}'s
     * @param only the type the field is selected for; null for every one
     */
    record Chosen(Field field, GraphQLFieldDefinition definition, String only) {

        /** The type of the field's objects. */
        GraphQLFieldsContainer container() {
            return (GraphQLFieldsContainer) GraphQLTypeUtil.unwrapAll(definition.getType());
        }
    }

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();

    Selections(GraphQLSchema schema, Document document) {
        this.schema = schema;
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(each -> fragments.put(each.getName(), each));
    }

    List<Chosen> of(SelectionSet set, GraphQLFieldsContainer type) {
        List<Chosen> chosen = new ArrayList<>();
        if (set != null) {
            collect(set, type, null, chosen);
        }
        return chosen;
    }

    private void collect(SelectionSet set, GraphQLFieldsContainer type, String only, List<Chosen> into) {
        for (Selection<?> each : set.getSelections()) {
            if (each instanceof Field field) {
                GraphQLFieldDefinition definition = field.getName().equals("__typename")
                        ? Introspection.TypeNameMetaFieldDef
                        : type.getFieldDefinition(field.getName());
                into.add(new Chosen(field, definition, only));
            } else if (each instanceof InlineFragment fragment) {
                narrow(fragment.getTypeCondition(), fragment.getSelectionSet(), type, only, into);
            } else if (each instanceof FragmentSpread spread) {
                FragmentDefinition fragment = fragments.get(spread.getName());
                narrow(fragment.getTypeCondition(), fragment.getSelectionSet(), type, only, into);
            }
        }
    }

    private void narrow(TypeName condition, SelectionSet set, GraphQLFieldsContainer type, String only, List<Chosen> into) {
        if (condition == null || condition.getName().equals(type.getName())) {
            collect(set, type, only, into);
            return;
        }
        GraphQLFieldsContainer narrower = (GraphQLFieldsContainer) schema.getType(condition.getName());
        collect(set, narrower, schema.getObjectType(condition.getName()) == null ? only : condition.getName(), into);
    }
}
