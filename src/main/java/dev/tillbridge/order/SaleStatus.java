package dev.tillbridge.order;

/** How far a sale has come on its way to an order of the store. What became of its stock is told apart: {@link SaleStock}. */
enum SaleStatus {
    /** A list told of it; it was not read yet. */
    SEEN,
    /** Not paid yet, or not left alone long enough. */
    WAITING,
    /** To be made an order. */
    READY,
    /** An order was asked for, and whether it was made is not known. */
    CREATING,
    /** Stands in the store. */
    IMPORTED,
    /** A person must act. */
    HELD,
    /** Left out by a named rule, or by a person. */
    SKIPPED,
    /** Tried, and to be tried again. */
    FAILED;
}
