import { methods } from "@/lib/api/methods";
import { answerScim, scimJson } from "@/lib/scim/answer";
import { toScimList, userResourceType } from "@/lib/scim/represent";

export const dynamic = "force-dynamic";

function read(request: Request): Promise<Response> {
  return answerScim(request, "/api/scim/v2/ResourceTypes", async () =>
    scimJson(toScimList([userResourceType()], 1)),
  );
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
