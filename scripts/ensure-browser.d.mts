// Types of ensure-browser.mjs, for the tests that import it.

/** Path of an installed Chromium-family browser, if there is one. */
export declare const findBrowser: () => string | undefined;

/** Path of an installed Firefox, if there is one. */
export declare const findFirefox: () => string | undefined;
