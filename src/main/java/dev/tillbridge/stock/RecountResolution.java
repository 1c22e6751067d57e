package dev.tillbridge.stock;

/** What a person may decide on a recount. */
enum RecountResolution {

    OVERWRITE("The till gets the store's figure again"),
    ADOPT("The store's stock takes over the difference counted at the till");

    private final String words;

    RecountResolution(String words) {
        this.words = words;
    }

    String inWords() {
        return words;
    }
}
