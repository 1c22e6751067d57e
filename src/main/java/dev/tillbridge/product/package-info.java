/**
 * Publishing the store's products as the till's items, and keeping title, identifiers and visibility in step afterwards. The
 * rules (what a product becomes, what is made next, what a look after an unknown outcome means) are pure and know nobody; the
 * stage and the repositories put them to work and see the till only through {@link dev.tillbridge.channel.PointOfSale}.
 *
 * <p>What is there already is never taken over or moved. Of a product that has items for some of its variants only, those
 * without one are published: alone where the product has one variant, else in a group of the product's name, beside which the
 * earlier items stay, with the reason. An item that was there before product sync keeps its name and codes until the store
 * changes them; one made here is kept as the store has it.
 */
package dev.tillbridge.product;
