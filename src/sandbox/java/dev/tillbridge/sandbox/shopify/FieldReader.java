package dev.tillbridge.sandbox.shopify;

/**
 * Reads one field of one type, in its serialised form; connections are read as a {@link Listing}.
 *
 * @param <T> the objects that stand for the type
 */
@FunctionalInterface
interface FieldReader<T> {

    Object read(T source, Arguments arguments, Call call);

    /** A field that needs nothing but its object. */
    @FunctionalInterface
    interface Plain<T> {
        Object read(T source);
    }
}
