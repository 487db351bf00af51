import { methods } from "@/lib/api/methods";
import { answerScim, scimError, scimJson, scimResult } from "@/lib/scim/answer";
import { readUser } from "@/lib/scim/attributes";
import { readFilter } from "@/lib/scim/filter";
import { filterMax, locationOf, toScimList, toScimUser } from "@/lib/scim/represent";
import { createScimUser, listScimUsers } from "@/lib/scim/users";

export const dynamic = "force-dynamic";

const path = "/api/scim/v2/Users";

function list(request: Request): Promise<Response> {
  return answerScim(request, path, async () => {
    const query = new URL(request.url).searchParams;
    const asked = query.get("filter");
    const filter = asked ? readFilter(asked) : null;
    if (asked && !filter) {
      return scimError(
        400,
        'Filter by userName, externalId, id, or emails.value, with "eq".',
        "invalidFilter",
      );
    }
    const startIndex = Math.max(1, wholeNumber(query.get("startIndex"), 1));
    const count = Math.min(filterMax, Math.max(0, wholeNumber(query.get("count"), filterMax)));
    const { total, accounts } = await listScimUsers(filter, { startIndex, count });
    return scimJson(toScimList(accounts.map(toScimUser), total, startIndex));
  });
}

function create(request: Request): Promise<Response> {
  return answerScim(request, path, async (body) =>
    scimResult(await createScimUser(readUser(body)), (account) =>
      scimJson(toScimUser(account), 201, { Location: locationOf(account.id) }),
    ),
  );
}

function wholeNumber(text: string | null, fallback: number): number {
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : fallback;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: list, POST: create });
