/** A refusal by Graph; handlers throw it, the door turns it into the error envelope. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: { headers?: Record<string, string>; annotations?: Record<string, string> } = {},
  ) {
    super(message);
  }
}

export function badRequest(code: string, message: string): GraphRefusal {
  return new GraphRefusal(400, code, message);
}

export function invalidProperty(message: string): GraphRefusal {
  return badRequest(
    "ErrorPropertyValidationFailure",
    `At least one property failed validation. ${message}`.trim(),
  );
}

export function itemNotFound(): GraphRefusal {
  return new GraphRefusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}

export function malformedId(): GraphRefusal {
  return badRequest("ErrorInvalidIdMalformed", "Id is malformed.");
}

export function accessDenied(): GraphRefusal {
  return new GraphRefusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
}

export function noMailbox(): GraphRefusal {
  return new GraphRefusal(
    404,
    "MailboxNotEnabledForRESTAPI",
    "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
  );
}

export function mailboxMoves({ status, code }: { status: number; code: string }): GraphRefusal {
  return new GraphRefusal(status, code, "Resource could not be discovered.");
}

export function errorBody(refusal: GraphRefusal, requestId: string, clientRequestId: string | null) {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...refusal.extra.annotations,
      innerError: {
        date: new Date().toISOString().slice(0, 19),
        "request-id": requestId,
        "client-request-id": clientRequestId ?? requestId,
      },
    },
  };
}
