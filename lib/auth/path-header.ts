/** Set by our own HTTP server to the path and query that were asked for; one sent from outside is overwritten there. */
export const pathHeader = "x-bellhop-path";
