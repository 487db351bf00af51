/** The header that names a request, in its answer and in the log. Made by the server: what a client sends is replaced. */
export const requestIdHeader = "x-request-id";
