package dev.tillbridge.sandbox.clover;

import dev.tillbridge.sandbox.http.VendorAnswer;

/** What answers under one name behind {@code /v3/merchants/{mId}/}. */
interface Resource {

    /** The permission it takes, without _R or _W. */
    String permission();

    /** The method's name for the request log ({@code list}, {@code get}, {@code create}, {@code post} …); null if not allowed. */
    String operation(Call call);

    /** @throws CloverError 404 if the path names what does not exist */
    void mustExist(Call call);

    /** Does it. @throws CloverError for any answer but 200 */
    VendorAnswer answer(Call call);
}
