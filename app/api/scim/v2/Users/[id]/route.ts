import { methods } from "@/lib/api/methods";
import { answerScim, scimError, scimJson, scimResult } from "@/lib/scim/answer";
import { readPatch, readUser } from "@/lib/scim/attributes";
import { toScimUser } from "@/lib/scim/represent";
import {
  changeScimUser,
  getScimUser,
  removeScimUser,
  replaceScimUser,
  type ScimAccount,
} from "@/lib/scim/users";

export const dynamic = "force-dynamic";

const path = "/api/scim/v2/Users/{id}";

type Context = { params: Promise<{ id: string }> };

const represent = (account: ScimAccount) => scimJson(toScimUser(account));

function read(request: Request, { params }: Context): Promise<Response> {
  return answerScim(request, path, async () => {
    const account = await getScimUser((await params).id);
    return account ? represent(account) : scimError(404, "There's no such user.");
  });
}

function replace(request: Request, { params }: Context): Promise<Response> {
  return answerScim(request, path, async (body) =>
    scimResult(await replaceScimUser((await params).id, readUser(body)), represent),
  );
}

function patch(request: Request, { params }: Context): Promise<Response> {
  return answerScim(request, path, async (body) => {
    const change = readPatch(body);
    if (!change) return scimError(400, "The body isn't a PatchOp with operations.", "invalidSyntax");
    return scimResult(await changeScimUser((await params).id, change), represent);
  });
}

function remove(request: Request, { params }: Context): Promise<Response> {
  return answerScim(request, path, async () =>
    scimResult(await removeScimUser((await params).id), () => new Response(null, { status: 204 })),
  );
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: read,
  PUT: replace,
  PATCH: patch,
  DELETE: remove,
});
